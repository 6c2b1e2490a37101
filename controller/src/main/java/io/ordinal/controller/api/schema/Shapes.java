package io.ordinal.controller.api.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.Quantity;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Reads shapes from model classes. Every class is read once per process. */
public final class Shapes {
  private static final Map<Class<?>, Shape.Structure> KNOWN = new ConcurrentHashMap<>();

  private static final Map<Class<?>, ScalarType> SCALARS =
      Map.ofEntries(
          Map.entry(String.class, ScalarType.STRING),
          Map.entry(Boolean.class, ScalarType.BOOLEAN),
          Map.entry(boolean.class, ScalarType.BOOLEAN),
          Map.entry(Integer.class, ScalarType.INT32),
          Map.entry(int.class, ScalarType.INT32),
          Map.entry(Long.class, ScalarType.INT64),
          Map.entry(long.class, ScalarType.INT64),
          Map.entry(Double.class, ScalarType.DOUBLE),
          Map.entry(Quantity.class, ScalarType.QUANTITY),
          Map.entry(IntOrString.class, ScalarType.INT_OR_STRING),
          Map.entry(MicroTime.class, ScalarType.MICRO_TIME),
          Map.entry(Instant.class, ScalarType.MICRO_TIME),
          Map.entry(ZonedDateTime.class, ScalarType.MICRO_TIME),
          Map.entry(FieldsV1.class, ScalarType.ANY),
          Map.entry(Object.class, ScalarType.ANY));

  /** Times are plain strings in the model; these are their names. */
  private static final Set<String> TIMES =
      Set.of(
          "creationTimestamp",
          "deletionTimestamp",
          "firstTimestamp",
          "deprecatedFirstTimestamp",
          "deprecatedLastTimestamp",
          "lastTimestamp",
          "lastTransitionTime",
          "lastProbeTime",
          "lastHeartbeatTime",
          "lastUpdateTime",
          "lastPhaseTransitionTime",
          "startTime",
          "startedAt",
          "finishedAt",
          "timeAdded",
          "time");

  private Shapes() {}

  /** The shape of a kind or of a part of one. */
  public static Shape.Structure of(Class<?> type) {
    return KNOWN.computeIfAbsent(type, each -> new Shape.Structure(each, () -> fields(each)));
  }

  private static Map<String, Shape> fields(Class<?> type) {
    Map<String, Shape> found = new LinkedHashMap<>();
    for (Field field : type.getDeclaredFields()) {
      JsonProperty property = field.getAnnotation(JsonProperty.class);
      if (property == null) continue;
      String name = property.value().isEmpty() ? field.getName() : property.value();
      boolean time = field.getType() == String.class && TIMES.contains(name);
      found.put(name, time ? new Shape.Scalar(ScalarType.TIME) : shape(field.getGenericType()));
    }
    return Collections.unmodifiableMap(found);
  }

  private static Shape shape(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) return new Shape.ListOf(shape(arguments[0]));
      if (generic.getRawType() == Map.class) return new Shape.MapOf(shape(arguments[1]));
    }
    if (type instanceof Class<?> plain) {
      ScalarType scalar = SCALARS.get(plain);
      if (scalar != null) return new Shape.Scalar(scalar);
      if (plain.isEnum()) return new Shape.Scalar(ScalarType.STRING);
      if (!plain.isInterface()) return of(plain);
    }
    return new Shape.Scalar(ScalarType.ANY);
  }
}
