package io.ordinal.controller.api.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.document.Json;
import java.time.Instant;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Trees that look like pods from afar: whatever is in them, somebody owns it and nothing breaks.
 */
class OddTreesTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ResourceKind PODS =
      KindRegistry.standard().find("", "v1", "pods").orElseThrow();
  private static final Writer WRITER = new Writer("w", "", Instant.EPOCH);
  private static final Writer OTHER = new Writer("o", "", Instant.EPOCH);
  private static final String[] NAMES = {
    "metadata",
    "labels",
    "finalizers",
    "ownerReferences",
    "uid",
    "spec",
    "containers",
    "name",
    "env",
    "ports",
    "containerPort",
    "protocol",
    "nodeSelector",
    "volumes",
    "securityContext",
    "status",
    "conditions",
    "type",
    "managedFields",
    "x",
    ""
  };

  static LongStream seeds() {
    return LongStream.range(0, 400);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void any_two_trees_are_compared_owned_and_applied(long seed) {
    Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
    ObjectNode live = owned(map(random, 6), seed);
    ObjectNode next = map(random, 6);
    requireReadable(
        Ownership.ofChanged(PODS, live, next.at("/metadata/managedFields"), next, OTHER), seed);
    if (!ServerSideApply.faults(PODS, next).isEmpty()) return;
    Applied forced = ServerSideApply.apply(PODS, live, next, OTHER, true);
    assertThat(forced).as("seed %d", seed).isInstanceOf(Applied.Done.class);
    requireReadable(((Applied.Done) forced).managedFields(), seed);
  }

  private static ObjectNode owned(ObjectNode tree, long seed) {
    ArrayNode managed = Ownership.ofNew(PODS, tree, WRITER);
    requireReadable(managed, seed);
    if (tree.path("metadata") instanceof ObjectNode metadata) {
      metadata.set("managedFields", managed);
    }
    return tree;
  }

  private static void requireReadable(JsonNode managed, long seed) {
    if (managed.isEmpty()) return;
    assertThat(ManagedFields.parse(managed))
        .as("seed %d", seed)
        .hasValueSatisfying(read -> assertThat(read.json()).isEqualTo(managed));
  }

  private static ObjectNode map(Random random, int depth) {
    ObjectNode map = Json.object();
    int size = 1 + random.nextInt(4);
    for (int i = 0; i < size; i++) {
      String name = NAMES[random.nextInt(NAMES.length)];
      map.set(depth == 6 && random.nextBoolean() ? "spec" : name, value(random, depth - 1));
    }
    return map;
  }

  private static JsonNode value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 4)) {
      case 0 -> NODES.stringNode(NAMES[random.nextInt(NAMES.length)]);
      case 1 -> NODES.numberNode(random.nextInt(3));
      case 2 -> NODES.nullNode();
      case 3 -> NODES.booleanNode(random.nextBoolean());
      case 4 -> list(random, depth);
      default -> map(random, depth);
    };
  }

  private static ArrayNode list(Random random, int depth) {
    ArrayNode list = NODES.arrayNode();
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) list.add(value(random, depth - 1));
    return list;
  }
}
