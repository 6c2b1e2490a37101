package io.ordinal.controller.api.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.ordinal.controller.api.Allocation;
import io.ordinal.controller.document.Json;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a patch costs grows with its bytes and the object's, and not with their product. */
class PatchCostTest {
  private static final int FEW = 500;
  private static final int TIMES = 8;

  /** Patches of lists with so many elements. Numbers: to compare two of them allocates. */
  enum Merge {
    OTHERS(n -> ports(n, n)),
    SAME(n -> ports(0, n)),
    DELETED(PatchCostTest::deletions),
    ORDERED(PatchCostTest::order),
    PLAIN(n -> finalizers("finalizers", n)),
    PLAIN_DELETED(n -> finalizers("$deleteFromPrimitiveList/finalizers", n)),
    PLAIN_ORDERED(n -> finalizers("$setElementOrder/finalizers", n));

    private final IntFunction<ObjectNode> patch;

    Merge(IntFunction<ObjectNode> patch) {
      this.patch = patch;
    }
  }

  @ParameterizedTest
  @EnumSource(Merge.class)
  void long_lists_are_merged_without_comparing_each_with_each(Merge merge) {
    merged(merge, 10);
    long few = merged(merge, FEW);
    long many = merged(merge, TIMES * FEW);
    assertThat(many).isLessThan(2 * TIMES * few);
  }

  private static long merged(Merge merge, int elements) {
    ObjectNode live = ports(0, elements);
    live.set("metadata", finalizers("finalizers", elements).get("metadata"));
    ObjectNode patch = merge.patch.apply(elements);
    PatchSchema schema = PatchSchema.of(Service.class);
    return Allocation.bytes(
        () ->
            assertThat(StrategicMergePatch.apply(live, patch, schema))
                .isInstanceOf(Patched.Done.class));
  }

  private static ObjectNode ports(int from, int count) {
    ObjectNode service = Json.object();
    ArrayNode ports = service.withObject("/spec").putArray("ports");
    for (int i = from; i < from + count; i++) ports.addObject().put("port", 100_000 + i);
    return service;
  }

  private static ObjectNode deletions(int count) {
    ObjectNode patch = ports(0, count);
    patch.at("/spec/ports").forEach(each -> ((ObjectNode) each).put("$patch", "delete"));
    return patch;
  }

  private static ObjectNode order(int count) {
    ObjectNode patch = ports(0, count);
    ObjectNode spec = (ObjectNode) patch.get("spec");
    ArrayNode order = spec.putArray("$setElementOrder/ports");
    for (int i = count - 1; i >= 0; i--) order.addObject().put("port", 100_000 + i);
    return patch;
  }

  private static ObjectNode finalizers(String field, int count) {
    ObjectNode object = Json.object();
    ArrayNode values = object.withObject("/metadata").putArray(field);
    for (int i = count - 1; i >= 0; i--) values.add(100_000 + i);
    return object;
  }

  @Test
  void a_copy_of_a_copy_of_a_copy_ends_where_kubernetes_ends_it() {
    ObjectNode live = Json.object();
    live.putObject("data").put("a", "x".repeat(1000));
    ArrayNode patch = Json.mapper().createArrayNode();
    for (int i = 0; i < 40; i++) operation(patch, "copy", "/data/b" + i).put("from", "/data");
    long bytes =
        Allocation.bytes(
            () ->
                assertThat(JsonPatch.apply(live, patch))
                    .isInstanceOfSatisfying(
                        Patched.Refused.class,
                        refused -> {
                          assertThat(refused.fault()).isEqualTo(Patched.Fault.UNPROCESSABLE);
                          assertThat(refused.detail())
                              .startsWith(
                                  "Unable to complete the copy, the accumulated size increase of"
                                      + " copy is ")
                              .endsWith(", exceeding the limit 3145728");
                        }));
    assertThat(bytes).isLessThan(20 << 20);
  }

  @Test
  void copies_up_to_the_limit_are_made() {
    ObjectNode live = Json.object();
    live.putObject("data").put("a", "x".repeat(1_000_000));
    ArrayNode patch = Json.mapper().createArrayNode();
    for (int i = 0; i < 3; i++) operation(patch, "copy", "/data/b" + i).put("from", "/data/a");
    assertThat(JsonPatch.apply(live, patch)).isInstanceOf(Patched.Done.class);
    operation(patch, "copy", "/data/c").put("from", "/data/a");
    assertThat(JsonPatch.apply(live, patch)).isInstanceOf(Patched.Refused.class);
  }

  @Test
  void more_operations_than_kubernetes_takes_are_too_large() {
    ArrayNode patch = Json.mapper().createArrayNode();
    for (int i = 0; i < 10_001; i++) operation(patch, "test", "").putObject("value");
    assertThat(JsonPatch.apply(Json.object(), patch))
        .isEqualTo(
            new Patched.Refused(
                Patched.Fault.TOO_LARGE,
                "The allowed maximum operations in a JSON patch is 10000, got 10001",
                ""));
    patch.remove(0);
    assertThat(JsonPatch.apply(Json.object(), patch)).isInstanceOf(Patched.Done.class);
  }

  @Test
  void elements_that_are_put_first_again_and_again_end_somewhere() {
    ObjectNode live = Json.object();
    ArrayNode list = live.putArray("list");
    for (int i = 0; i < 50_000; i++) list.add(i);
    ArrayNode patch = Json.mapper().createArrayNode();
    for (int i = 0; i < 10_000; i++) operation(patch, "add", "/list/0").put("value", i);
    assertThat(JsonPatch.apply(live, patch))
        .isInstanceOfSatisfying(
            Patched.Refused.class,
            refused -> assertThat(refused.fault()).isEqualTo(Patched.Fault.TOO_LARGE));
    list.removeAll();
    assertThat(JsonPatch.apply(live, patch)).isInstanceOf(Patched.Done.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"add", "copy", "move"})
  void nothing_gets_deeper_than_bodies_may_be(String operation) {
    ObjectNode live = Json.object();
    live.putObject("d");
    ObjectNode chain = Json.object();
    ObjectNode at = chain;
    for (int i = 0; i < 190; i++) at = at.putObject("d");
    ArrayNode patch = Json.mapper().createArrayNode();
    String place = "";
    for (int i = 0; i < 60; i++) { // 11,400 levels: to walk over them overflows a stack.
      operation(patch, "add", "/chain").set("value", chain);
      ObjectNode next = operation(patch, operation, place + "/d");
      if (operation.equals("add")) next.set("value", chain);
      else next.put("from", "/chain");
      place += "/d".repeat(191);
    }
    assertThat(JsonPatch.apply(live, patch))
        .isInstanceOfSatisfying(
            Patched.Refused.class,
            refused -> assertThat(refused.message()).isEqualTo("nested deeper than 200 levels"));
  }

  private static ObjectNode operation(ArrayNode patch, String name, String path) {
    return patch.addObject().put("op", name).put("path", path);
  }

  @Test
  void equal_values_have_equal_keys_and_others_do_not() {
    assertThat(key("{'a':1,'b':[1.50,'x',null]}")).isEqualTo(key("{'b':[1.5,'x',null],'a':1.0}"));
    assertThat(key("'1'")).isNotEqualTo(key("1"));
    assertThat(key("'true'")).isNotEqualTo(key("true"));
    assertThat(key("{'a':11}")).isNotEqualTo(key("{'a':1,'1':1}"));
    assertThat(key("['a','b']")).isNotEqualTo(key("['ab']"));
    assertThat(key("[1,2]")).isNotEqualTo(key("[12]"));
    assertThat(key("0.0")).isEqualTo(key("0"));
  }

  private static JsonEquality.Key key(String text) {
    JsonNode value = Json.tree(text.replace('\'', '"').getBytes());
    return JsonEquality.key(value);
  }
}
