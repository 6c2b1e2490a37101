package io.ordinal.controller.api.kind;

import io.ordinal.controller.api.schema.ScalarType;
import io.ordinal.controller.api.schema.Shape;
import io.ordinal.controller.api.schema.Shape.Scalar;
import io.ordinal.controller.api.schema.Shapes;
import io.ordinal.controller.document.Json;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes objects that have the right shape and mean nothing. */
final class RandomObjects {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MOST_LEVELS = 7;

  /** Some of which mean something in some place. */
  private static final List<String> TEXTS =
      List.of(
          "", "a", "web", "Always", "RollingUpdate", "None", "ClusterIP", "Block", "a/b/c", "é");

  private static final Set<String> KEYS =
      Set.of(
          "name",
          "uid",
          "type",
          "ip",
          "containerPort",
          "mountPath",
          "devicePath",
          "port",
          "topologyKey");

  private final Random random;
  private final boolean distinct;
  private int last;

  private RandomObjects(long seed, boolean distinct) {
    this.random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
    this.distinct = distinct;
  }

  RandomObjects(long seed) {
    this(seed, false);
  }

  /** Objects in which no text and no number stands twice and merge keys are there. */
  static RandomObjects distinct(long seed) {
    return new RandomObjects(seed, true);
  }

  ObjectNode of(ResourceKind kind) {
    ObjectNode object = (ObjectNode) value(Shapes.of(kind.schema()), 0);
    if (!(object.get("metadata") instanceof ObjectNode)) object.putObject("metadata");
    return object;
  }

  private JsonNode value(Shape shape, int level) {
    if (random.nextInt(20) == 0 && level > 0) return NODES.nullNode();
    return shape.match(
        new Shape.Cases<>() {
          @Override
          public JsonNode scalar(Shape.Scalar scalar) {
            return RandomObjects.this.scalar(scalar.type());
          }

          @Override
          public JsonNode list(Shape.ListOf list) {
            ArrayNode elements = NODES.arrayNode();
            int size = level > MOST_LEVELS ? 0 : random.nextInt(3);
            for (int i = 0; i < size; i++) elements.add(value(list.element(), level + 1));
            return elements;
          }

          @Override
          public JsonNode map(Shape.MapOf map) {
            ObjectNode entries = Json.object();
            int size = level > MOST_LEVELS ? 0 : random.nextInt(3);
            for (int i = 0; i < size; i++) entries.set("k" + i, value(map.value(), level + 1));
            return entries;
          }

          @Override
          public JsonNode structure(Shape.Structure structure) {
            ObjectNode fields = Json.object();
            if (level > MOST_LEVELS) return fields;
            for (Map.Entry<String, Shape> each : structure.fields().entrySet()) {
              // Higher up more is there, so that the depths are reached.
              if (distinct
                  && KEYS.contains(each.getKey())
                  && each.getValue() instanceof Scalar key) {
                fields.set(each.getKey(), key.match(this));
              } else if (random.nextInt(10) < 8 - level) {
                fields.set(each.getKey(), value(each.getValue(), level + 1));
              }
            }
            return fields;
          }
        });
  }

  private JsonNode scalar(ScalarType type) {
    return switch (type) {
      case STRING ->
          NODES.stringNode(distinct ? "t" + ++last : TEXTS.get(random.nextInt(TEXTS.size())));
      case BOOLEAN -> NODES.booleanNode(random.nextBoolean());
      case INT32, INT64, DOUBLE -> NODES.numberNode(distinct ? ++last : random.nextInt(5) - 1);
      case TIME, MICRO_TIME -> NODES.stringNode("2026-01-01T00:00:00.000001Z");
      case QUANTITY ->
          random.nextBoolean() ? NODES.stringNode("1Gi") : NODES.numberNode(random.nextInt(3));
      case INT_OR_STRING ->
          random.nextBoolean() ? NODES.stringNode("50%") : NODES.numberNode(random.nextInt(3));
      case ANY -> Json.object().put("any", "thing");
    };
  }
}
