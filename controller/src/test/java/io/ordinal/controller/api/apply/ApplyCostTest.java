package io.ordinal.controller.api.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.ordinal.controller.api.Allocation;
import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.document.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What ownership costs grows with the bytes of an object, whatever stands in it. */
class ApplyCostTest {
  private static final ResourceKind REVISIONS =
      KindRegistry.standard().find("apps", "v1", "controllerrevisions").orElseThrow();
  private static final ResourceKind MAPS =
      KindRegistry.standard().find("", "v1", "configmaps").orElseThrow();
  private static final int MIB = 1 << 20;

  @Test
  void names_that_clients_choose_are_not_kept() {
    Mode data = Mode.of(ConfigMap.class).field("data");
    assertThat(data.field("one")).isSameAs(data.field("another"));
    Mode unknown = Mode.of(ConfigMap.class).field("no field");
    assertThat(unknown.field("one")).isSameAs(unknown.field("another"));
    assertThat(Mode.of(ConfigMap.class).field("none")).isSameAs(unknown);
  }

  @Test
  void a_configuration_with_a_long_name_above_many_is_checked_in_one_walk() {
    ObjectNode configuration = revision("x".repeat(300_000), 20_000, 1);
    assertThat(Allocation.bytes(() -> ServerSideApply.faults(REVISIONS, configuration)))
        .isLessThan(50 * MIB);
  }

  @Test
  void conflicts_below_a_long_name_are_told_in_a_few_words() {
    String name = "x".repeat(300_000);
    ObjectNode old = revision(name, 5_000, 1);
    Writer one = new Writer("one", "", Instant.EPOCH);
    old.withObject("/metadata").set("managedFields", Ownership.ofNew(REVISIONS, old, one));
    ObjectNode configuration = revision(name, 5_000, 2);
    Writer other = new Writer("other", "", Instant.EPOCH);
    Applied[] applied = new Applied[1];
    long bytes =
        Allocation.bytes(
            () -> applied[0] = ServerSideApply.apply(REVISIONS, old, configuration, other, false));
    assertThat(bytes).isLessThan(200 * MIB);
    assertThat(applied[0])
        .isInstanceOfSatisfying(
            Applied.Conflicted.class,
            conflicted -> {
              assertThat(conflicted.causes()).hasSize(1000);
              assertThat(conflicted.causes().get(0).field()).startsWith("...x").endsWith("x.k0");
              assertThat(conflicted.message())
                  .startsWith("Apply failed with 5000 conflicts: ")
                  .endsWith("- and 4000 more")
                  .hasSizeLessThan(2 * MIB);
            });
  }

  private static ObjectNode revision(String name, int fields, int value) {
    ObjectNode revision = Json.object();
    revision.put("apiVersion", "apps/v1").put("kind", "ControllerRevision");
    revision.putObject("metadata").put("name", "r");
    ObjectNode below = revision.putObject("data").putObject(name);
    for (int i = 0; i < fields; i++) below.put("k" + i, value);
    return revision;
  }

  @Test
  void thousands_of_owners_are_made_one_without_doing_it_again_for_each() {
    capped(10);
    long few = capped(500);
    long many = capped(4_000);
    assertThat(many).isLessThan(16 * few);
  }

  private static long capped(int owners) {
    ObjectNode old = Json.object();
    old.put("apiVersion", "v1").put("kind", "ConfigMap");
    ArrayNode managed = old.putObject("metadata").putArray("managedFields");
    for (int i = 0; i < owners; i++) {
      ObjectNode entry = managed.addObject();
      entry.put("manager", "m" + i).put("operation", "Update").put("apiVersion", "v1");
      entry.put("time", Instant.EPOCH.plusSeconds(i).toString()).put("fieldsType", "FieldsV1");
      entry.putObject("fieldsV1").putObject("f:data").putObject("f:k" + i);
    }
    ObjectNode next = old.deepCopy();
    next.putObject("data").put("new", "v");
    Writer writer = new Writer("w", "", Instant.EPOCH.plusSeconds(owners));
    JsonNode[] made = new JsonNode[1];
    long bytes =
        Allocation.bytes(
            () ->
                made[0] = Ownership.ofChanged(MAPS, old, Json.object().path("none"), next, writer));
    assertThat(made[0]).hasSize(10);
    assertThat(made[0].get(0).path("manager").asString()).isEqualTo("ancient-changes");
    assertThat(made[0].get(0).at("/fieldsV1/f:data")).hasSize(owners - 8);
    return bytes;
  }
}
