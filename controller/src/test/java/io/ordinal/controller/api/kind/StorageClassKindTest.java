package io.ordinal.controller.api.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.model.Verdict.Cause;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class StorageClassKindTest {
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

  private static List<String> faults(String provisioner, String parameters) {
    String json =
        "{'metadata':{'name':'c'},'provisioner':'ordinal.io/%s','parameters':{%s}}"
            .formatted(provisioner, parameters)
            .replace('\'', '"');
    return new StorageClassKind()
        .validateCreate(new ApiObject(Json.object(json.getBytes(StandardCharsets.UTF_8)))).stream()
            .map(Cause::field)
            .toList();
  }
}
