package io.ordinal.controller.api.apply;

import io.ordinal.controller.api.schema.ApplyRule;
import io.ordinal.controller.api.schema.ScalarType;
import io.ordinal.controller.api.schema.Shape;
import io.ordinal.controller.api.schema.Shapes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Into which pieces a value is divided among owners. Every type is looked at once per process. */
final class Mode {
  /** What a value is to be taken for. */
  enum Kind {
    /** One piece. */
    WHOLE,
    /** A piece for each key. */
    MAP,
    /** A piece for each element. */
    LIST
  }

  private static final Mode FREE = new Mode(new Shape.Scalar(ScalarType.ANY), Kind.MAP, List.of());
  private static final Map<Shape.Structure, Mode> KINDS = new ConcurrentHashMap<>();

  private final Shape shape;
  private final Kind kind;
  private final List<String> keys;
  private final Map<String, Mode> fields = new ConcurrentHashMap<>();
  private volatile Mode element;

  private Mode(Shape shape, Kind kind, List<String> keys) {
    this.shape = shape;
    this.kind = kind;
    this.keys = keys;
  }

  /** Of a kind of API object. */
  static Mode of(Class<?> type) {
    return KINDS.computeIfAbsent(
        Shapes.of(type), structure -> new Mode(structure, Kind.MAP, List.of()));
  }

  /** Null values fit everything; a value that is not what it should be is one piece. */
  Kind kindOf(JsonNode... values) {
    boolean known = false;
    for (JsonNode value : values) {
      if (value == null || value.isNull()) continue;
      boolean fits = kind == Kind.MAP ? value instanceof ObjectNode : value instanceof ArrayNode;
      if (kind == Kind.WHOLE || !fits) return Kind.WHOLE;
      known = true;
    }
    return known ? kind : Kind.WHOLE;
  }

  /** Only what types declare is kept: all other names are clients'. */
  Mode field(String name) {
    Mode known = fields.get(name);
    if (known != null) return known;
    return declares(name) ? fields.computeIfAbsent(name, this::find) : element();
  }

  /** Whether the field is one of a type, and not a key of a map. */
  boolean declares(String name) {
    return shape instanceof Shape.Structure structure && structure.fields().containsKey(name);
  }

  /** Whether nothing but what a type declares may stand here. */
  boolean isClosed() {
    return shape instanceof Shape.Structure;
  }

  /** Of every element, and of every entry of a map. */
  Mode element() {
    Mode known = element;
    if (known == null) {
      known = find("");
      element = known;
    }
    return known;
  }

  /** The step to an element of a list. */
  String identity(JsonNode element) {
    if (keys.isEmpty()) return PathElement.value(element);
    Map<String, JsonNode> found = new HashMap<>();
    for (String key : keys) found.put(key, key(element, key));
    return PathElement.keys(found);
  }

  /**
   * The first key that an element does not have and that has no default; empty when all is well.
   */
  String missingKey(JsonNode element) {
    return keys.stream().filter(key -> key(element, key).isMissingNode()).findFirst().orElse("");
  }

  boolean isKeyed() {
    return !keys.isEmpty();
  }

  private static JsonNode key(JsonNode element, String key) {
    JsonNode value = element.path(key);
    boolean absent = value.isMissingNode() || value.isNull();
    String otherwise = ApplyRule.KEY_DEFAULTS.get(key);
    return absent && otherwise != null ? StringNode.valueOf(otherwise) : value;
  }

  private Mode find(String name) {
    if (shape instanceof Shape.Structure structure) {
      Shape found = structure.fields().get(name);
      return found == null ? FREE : of(found, ApplyRule.of(structure.name(), name, found));
    }
    if (shape instanceof Shape.MapOf map) return of(map.value(), ApplyRule.of(map.value()));
    if (shape instanceof Shape.ListOf list) return of(list.element(), ApplyRule.of(list.element()));
    return FREE;
  }

  private static Mode of(Shape shape, ApplyRule rule) {
    return shape.match(
        new Shape.Cases<>() {
          @Override
          public Mode scalar(Shape.Scalar scalar) {
            boolean free = scalar.type() == ScalarType.ANY;
            return free ? FREE : new Mode(scalar, Kind.WHOLE, List.of());
          }

          @Override
          public Mode list(Shape.ListOf list) {
            return new Mode(list, rule.whole() ? Kind.WHOLE : Kind.LIST, rule.keys());
          }

          @Override
          public Mode map(Shape.MapOf map) {
            return new Mode(map, rule.whole() ? Kind.WHOLE : Kind.MAP, List.of());
          }

          @Override
          public Mode structure(Shape.Structure structure) {
            return new Mode(structure, rule.whole() ? Kind.WHOLE : Kind.MAP, List.of());
          }
        });
  }
}
