package io.ordinal.controller.api.kind;

import io.ordinal.controller.api.schema.ScalarType;
import io.ordinal.controller.api.schema.Shape;
import io.ordinal.controller.api.schema.Shapes;
import io.ordinal.controller.document.Quantities;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Compares an object with the shape of its kind, worded as Go's decoder words what it finds. */
public final class FieldCheck {
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant BEYOND = Instant.parse("+10000-01-01T00:00:00Z");

  /** Longer lists of unknown fields are cut; the manifest is wrong from end to end anyway. */
  private static final int MOST_UNKNOWN = 100;

  /**
   * What is wrong with an object.
   *
   * @param mismatch a value of the wrong type, which refuses the object whatever the client asked
   *     for; such as {@code json: cannot unmarshal string into Go struct field
   *     StatefulSetSpec.spec.replicas of type int32}
   * @param unknown fields that the kind does not have, each as {@code unknown field "spec.foo"}
   * @param strange whether {@link #normalize} would change the object
   */
  public record Findings(Optional<String> mismatch, List<String> unknown, boolean strange) {}

  private final List<String> unknown = new ArrayList<>();
  private final List<Runnable> strange = new ArrayList<>();
  private String mismatch;

  private FieldCheck() {}

  /**
   * Takes out of the object what the kind does not have, as if it had never been there, and makes
   * empty elements of structures and texts that are null in lists, as Go's decoder does: nothing
   * behind it needs to expect them.
   *
   * @param kind as {@code ResourceKind.schema()} names it
   */
  public static void normalize(Class<?> kind, ObjectNode object) {
    FieldCheck check = new FieldCheck();
    Shape.Structure structure = Shapes.of(kind);
    check.value(object, structure, FieldPlace.top(structure.name()));
    check.strange.forEach(Runnable::run);
  }

  /**
   * @param kind as {@code ResourceKind.schema()} names it
   */
  public static Findings of(Class<?> kind, ObjectNode object) {
    FieldCheck check = new FieldCheck();
    Shape.Structure structure = Shapes.of(kind);
    check.value(object, structure, FieldPlace.top(structure.name()));
    return new Findings(
        Optional.ofNullable(check.mismatch), List.copyOf(check.unknown), !check.strange.isEmpty());
  }

  private void value(JsonNode value, Shape shape, FieldPlace place) {
    if (value.isNull() || mismatch != null) return;
    shape.match(
        new Shape.Cases<Void>() {
          @Override
          public Void scalar(Shape.Scalar scalar) {
            checkScalar(value, scalar, place);
            return null;
          }

          @Override
          public Void list(Shape.ListOf list) {
            checkList(value, list, place);
            return null;
          }

          @Override
          public Void map(Shape.MapOf map) {
            checkMap(value, map, place);
            return null;
          }

          @Override
          public Void structure(Shape.Structure structure) {
            checkStructure(value, structure, place);
            return null;
          }
        });
  }

  private void checkList(JsonNode value, Shape.ListOf list, FieldPlace place) {
    if (!(value instanceof ArrayNode elements)) {
      mismatch(value, list.goName(), place);
      return;
    }
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i).isNull()) fillLater(elements, i, list.element());
      else value(elements.get(i), list.element(), place.element(i));
    }
  }

  private void fillLater(ArrayNode elements, int index, Shape element) {
    boolean text = element instanceof Shape.Scalar scalar && scalar.type() == ScalarType.STRING;
    if (element instanceof Shape.Structure)
      strange.add(() -> elements.set(index, elements.objectNode()));
    else if (text) strange.add(() -> elements.set(index, ""));
  }

  private void checkMap(JsonNode value, Shape.MapOf map, FieldPlace place) {
    if (!(value instanceof ObjectNode entries)) {
      mismatch(value, map.goName(), place);
      return;
    }
    for (Map.Entry<String, JsonNode> each : entries.properties()) {
      value(each.getValue(), map.value(), place.entry(each.getKey()));
    }
  }

  private void checkStructure(JsonNode value, Shape.Structure structure, FieldPlace place) {
    if (!(value instanceof ObjectNode fields)) {
      mismatch(value, structure.goName(), place);
      return;
    }
    for (Map.Entry<String, JsonNode> each : fields.properties()) {
      FieldPlace below = place.field(structure.name(), each.getKey());
      Shape shape = structure.fields().get(each.getKey());
      if (shape != null) {
        value(each.getValue(), shape, below);
      } else {
        strange.add(() -> fields.remove(each.getKey()));
        if (unknown.size() < MOST_UNKNOWN) unknown.add("unknown field \"" + below.path() + "\"");
      }
    }
  }

  private void checkScalar(JsonNode value, Shape.Scalar scalar, FieldPlace place) {
    boolean fits =
        switch (scalar.type()) {
          case ANY -> true;
          case STRING -> value.isString();
          case BOOLEAN -> value.isBoolean();
          case DOUBLE -> isNumber(value);
          case INT32 -> isInteger(value, 31);
          case INT64 -> isInteger(value, 63);
          case INT_OR_STRING -> value.isString() || isInteger(value, 31);
          case QUANTITY -> value.isString() || isNumber(value);
          case TIME, MICRO_TIME -> value.isString();
        };
    if (!fits) {
      mismatch(value, scalar.goName(), place);
      return;
    }
    switch (scalar.type()) {
      case QUANTITY -> {
        if (value.isString() && Quantities.parse(value.asString()).isEmpty()) {
          mismatch = Quantities.EXPECTED + " (" + place.path() + ": " + value + ")";
        }
      }
      case TIME, MICRO_TIME -> checkTime(value.asString());
      default -> {} // The type is all there is to know.
    }
  }

  private void checkTime(String text) {
    if (!isTime(text)) {
      mismatch =
          "parsing time \""
              + text
              + "\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \""
              + text
              + "\" as \"2006\"";
    }
  }

  /** Whether Go's clients can read it: years have four digits there. */
  private static boolean isTime(String text) {
    try {
      Instant moment = Instant.parse(text);
      return !moment.isBefore(FIRST) && moment.isBefore(BEYOND);
    } catch (DateTimeException notTime) {
      return false;
    }
  }

  /** Whether it is a number that a double can hold, too. */
  private static boolean isNumber(JsonNode value) {
    if (!value.isNumber()) return false;
    double number =
        value.isIntegralNumber()
            ? value.bigIntegerValue().doubleValue()
            : value.numberValue().doubleValue();
    return Double.isFinite(number);
  }

  private static boolean isInteger(JsonNode value, int bits) {
    if (!isNumber(value)) return false;
    BigDecimal number = value.decimalValue();
    if (number.stripTrailingZeros().scale() > 0) return false;
    return number.toBigInteger().bitLength() <= bits;
  }

  private void mismatch(JsonNode value, String goType, FieldPlace place) {
    String found =
        switch (value.getNodeType()) {
          case STRING -> "string";
          case NUMBER -> goType.startsWith("int") ? "number " + value : "number";
          case BOOLEAN -> "bool";
          case ARRAY -> "array";
          case OBJECT, BINARY, MISSING, NULL, POJO -> "object";
        };
    String fields = place.fields();
    String where = fields.isEmpty() ? "value" : "struct field " + place.type() + "." + fields;
    mismatch = "json: cannot unmarshal " + found + " into Go " + where + " of type " + goType;
  }
}
