package io.ordinal.controller.api.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.controller.document.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class PatchPropertyTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_merge_patch_of_the_difference_gives_the_target(long seed) {
    Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
    ObjectNode from = map(random, 3);
    ObjectNode to = map(random, 3);
    Patched patched = JsonMergePatch.apply(from, difference(from, to));
    assertThat(patched).as("seed %d", seed).isEqualTo(new Patched.Done(to));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_strategic_patch_of_the_difference_gives_the_target(long seed) {
    Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
    ObjectNode from = pod(random);
    ObjectNode to = pod(random);
    Patched patched = strategic(from, podDifference(from, to));
    assertThat(patched).as("seed %d", seed).isEqualTo(new Patched.Done(to));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void patching_twice_is_patching_once_and_leaves_no_directive(long seed) {
    Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
    ObjectNode patch = podDifference(pod(random), pod(random));
    ObjectNode once = ((Patched.Done) strategic(pod(random), patch)).tree();
    assertThat(strategic(once, patch)).as("seed %d", seed).isEqualTo(new Patched.Done(once));
    assertThat(once.toString()).as("seed %d", seed).doesNotContain("$");
  }

  private static Patched strategic(ObjectNode live, ObjectNode patch) {
    return StrategicMergePatch.apply(live, patch, PatchSchema.of(Pod.class));
  }

  private static ObjectNode difference(ObjectNode from, ObjectNode to) {
    ObjectNode patch = Json.object();
    for (Map.Entry<String, JsonNode> each : from.properties()) {
      if (!to.has(each.getKey())) patch.putNull(each.getKey());
    }
    for (Map.Entry<String, JsonNode> each : to.properties()) {
      JsonNode old = from.get(each.getKey());
      if (each.getValue() instanceof ObjectNode target && old instanceof ObjectNode source) {
        patch.set(each.getKey(), difference(source, target));
      } else if (!each.getValue().equals(old)) {
        patch.set(each.getKey(), each.getValue());
      }
    }
    return patch;
  }

  /** As kubectl computes it: changed elements, deletions and the wanted order. */
  private static ObjectNode podDifference(ObjectNode from, ObjectNode to) {
    ObjectNode patch = Json.object();
    ObjectNode spec = patch.putObject("spec");
    ArrayNode changes = spec.putArray("containers");
    ArrayNode order = spec.putArray("$setElementOrder/containers");
    for (JsonNode target : to.at("/spec/containers")) {
      String name = target.path("name").asString();
      order.addObject().put("name", name);
      ObjectNode change = NODES.objectNode();
      JsonNode source = named(from, name);
      if (source != null) change = difference((ObjectNode) source, (ObjectNode) target);
      if (source == null) change = ((ObjectNode) target).deepCopy();
      change.put("name", name);
      changes.add(change);
    }
    for (JsonNode source : from.at("/spec/containers")) {
      String name = source.path("name").asString();
      if (named(to, name) == null) changes.addObject().put("name", name).put("$patch", "delete");
    }
    return patch;
  }

  private static JsonNode named(ObjectNode pod, String name) {
    for (JsonNode each : pod.at("/spec/containers")) {
      if (each.path("name").asString().equals(name)) return each;
    }
    return null;
  }

  private static ObjectNode pod(Random random) {
    ObjectNode pod = Json.object();
    ArrayNode containers = pod.putObject("spec").putArray("containers");
    List<String> names = new ArrayList<>(List.of("a", "b", "c", "d", "e"));
    Collections.shuffle(names, random);
    for (String name : names.subList(0, random.nextInt(names.size() + 1))) {
      ObjectNode container = containers.addObject().put("name", name);
      if (random.nextBoolean()) container.put("image", "image-" + random.nextInt(3));
      if (random.nextBoolean()) container.putArray("args").add(random.nextInt(3));
      if (random.nextBoolean()) container.putObject("resources").put("x", random.nextInt(2));
    }
    return pod;
  }

  private static ObjectNode map(Random random, int depth) {
    ObjectNode map = NODES.objectNode();
    for (String name : List.of("a", "b", "c", "d")) {
      switch (random.nextInt(4)) {
        case 0 -> map.put(name, random.nextInt(3));
        case 1 -> map.putArray(name).add(random.nextInt(3));
        case 2 -> {
          if (depth > 0) map.set(name, map(random, depth - 1));
        }
        default -> {}
      }
    }
    return map;
  }
}
