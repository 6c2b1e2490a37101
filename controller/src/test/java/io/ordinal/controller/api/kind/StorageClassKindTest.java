package io.ordinal.controller.api.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.model.Verdict.Cause;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class StorageClassKindTest {
  private static final StorageClassKind KIND = new StorageClassKind();

  @Test
  void a_shared_class_needs_a_path_and_knows_what_protects_it() {
    assertThat(faults("shared", "'path':'/srv/all'")).isEmpty();
    assertThat(faults("shared", "'path':'/srv/all','fencing':'lease'")).isEmpty();
    assertThat(faults("shared", "'path':'/srv','fencing':'hook','hook':'/opt/revoke'")).isEmpty();
    assertThat(faults("shared", "")).containsExactly("parameters.path");
    assertThat(faults("shared", "'path':'srv'")).containsExactly("parameters.path");
    assertThat(faults("shared", "'path':'/srv/../etc'")).containsExactly("parameters.path");
    assertThat(faults("shared", "'path':'/s','fencing':'stonith'"))
        .containsExactly("parameters.fencing");
    assertThat(faults("shared", "'path':'/s','fencing':'hook'")).containsExactly("parameters.hook");
    assertThat(faults("shared", "'path':'/s','hook':'/opt/revoke'"))
        .containsExactly("parameters.hook");
    assertThat(faults("shared", "'path':'/s','onNodeLoss':'Rebuild'"))
        .containsExactly("parameters.onNodeLoss");
  }

  @Test
  void a_local_class_says_what_becomes_of_a_volume_on_a_lost_node() {
    assertThat(faults("local", "'onNodeLoss':'Rebuild','rebuildAfter':'10m'")).isEmpty();
    assertThat(faults("local", "'onNodeLoss':'Hope'")).containsExactly("parameters.onNodeLoss");
    assertThat(faults("local", "'rebuildAfter':'soon'")).containsExactly("parameters.rebuildAfter");
  }

  @Test
  void what_nobody_would_do_for_its_volumes_is_refused() {
    for (String field : List.of("mountOptions", "allowedTopologies", "allowVolumeExpansion")) {
      String asked = field.startsWith("allowV") ? "true" : "[{}]";
      String notAsked = field.startsWith("allowV") ? "false" : "[]";
      assertThat(created("ordinal.io/local", "'%s':%s".formatted(field, asked)))
          .containsExactly(field);
      assertThat(created("ordinal.io/local", "'%s':%s".formatted(field, notAsked))).isEmpty();
      assertThat(created("else.where/disks", "'%s':%s".formatted(field, asked))).isEmpty();
    }
  }

  @Test
  void a_class_that_has_such_a_field_from_before_can_still_be_changed() {
    ApiObject old = storageClass("ordinal.io/local", "'allowVolumeExpansion':true");
    assertThat(KIND.validateUpdate(old, old)).isEmpty();
    ApiObject plain = storageClass("ordinal.io/local", "'allowVolumeExpansion':false");
    assertThat(KIND.validateUpdate(plain, old)).isEmpty();
    assertThat(KIND.validateUpdate(old, plain))
        .extracting(Cause::field)
        .containsExactly("allowVolumeExpansion");
  }

  @Test
  void a_class_that_binds_later_than_it_says_is_warned_of() {
    assertThat(KIND.warnings(storageClass("ordinal.io/local", "'volumeBindingMode':'Immediate'")))
        .singleElement()
        .asString()
        .startsWith("volumeBindingMode: volumes of ordinal.io/local are bound when a pod uses");
    ApiObject late = storageClass("ordinal.io/local", "'volumeBindingMode':'WaitForFirstConsumer'");
    assertThat(KIND.warnings(late)).isEmpty();
  }

  private static List<String> faults(String provisioner, String parameters) {
    return created("ordinal.io/" + provisioner, "'parameters':{%s}".formatted(parameters));
  }

  private static List<String> created(String provisioner, String fields) {
    return KIND.validateCreate(storageClass(provisioner, fields)).stream()
        .map(Cause::field)
        .toList();
  }

  private static ApiObject storageClass(String provisioner, String fields) {
    String json =
        "{'metadata':{'name':'c'},'provisioner':'%s',%s}"
            .formatted(provisioner, fields)
            .replace('\'', '"');
    ApiObject read = new ApiObject(Json.object(json.getBytes(StandardCharsets.UTF_8)));
    ObjectNode tree = read.copy();
    KIND.addDefaults(tree);
    return new ApiObject(tree);
  }
}
