package io.ordinal.controller.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.volume.Reclaim.Removal;
import io.ordinal.protocol.id.NodeName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ReclaimTest {
  private static final NodeName ALPHA = new NodeName("alpha");
  private static final String DELETED = ",'deletionTimestamp':'2026-11-20T00:00:00Z'";

  @Test
  void a_claim_that_nobody_asked_to_delete_stays() {
    assertThat(new Reclaim(List.of(claim("")), List.of()).ofClaims()).isEmpty();
  }

  @Test
  void a_deleted_claim_stays_while_a_pod_uses_it() {
    assertThat(new Reclaim(List.of(claim(DELETED)), List.of(pod())).ofClaims()).isEmpty();
  }

  @Test
  void a_deleted_claim_goes_when_no_pod_uses_it() {
    List<Transaction> steps = new Reclaim(List.of(claim(DELETED)), List.of()).ofClaims();
    assertThat(steps).hasSize(1);
    assertThat(steps.get(0).operations()).singleElement().isInstanceOf(Operation.Delete.class);
  }

  @Test
  void the_volume_of_a_claim_that_exists_stays() {
    Reclaim reclaim = new Reclaim(List.of(claim(DELETED)), List.of());
    assertThat(reclaim.ofVolumes(List.of(volume("Delete", "u1", true)))).isEmpty();
  }

  @Test
  void a_volume_whose_very_claim_is_gone_is_released_and_its_directory_is_to_go() {
    Reclaim reclaim = new Reclaim(List.of(claim("")), List.of());
    Operation released = last(reclaim.ofVolumes(List.of(volume("Delete", "earlier", true))));
    assertThat(released).isInstanceOf(Operation.Put.class);
    assertThat(reclaim.removals(List.of(volume("Delete", "earlier", true)))).isEmpty();
    assertThat(reclaim.removals(List.of(released("Delete", "earlier"))))
        .containsExactly(new Removal(Optional.of(ALPHA), "pvc-1", "", "v1"));
    assertThat(reclaim.ofVolumes(List.of(released("Delete", "earlier")))).isEmpty();
  }

  @Test
  void a_released_volume_goes_when_its_own_node_says_that_the_directory_did() {
    Reclaim reclaim = new Reclaim(List.of(), List.of());
    ApiObject volume = released("Delete", "u1");
    assertThat(reclaim.afterRemoval(volume, new NodeName("beta"), Instant.EPOCH)).isEmpty();
    assertThat(reclaim.afterRemoval(volume, ALPHA, Instant.EPOCH).orElseThrow().operations())
        .singleElement()
        .isInstanceOf(Operation.Delete.class);
  }

  @Test
  void no_directory_goes_that_is_retained_or_whose_claim_exists() {
    for (ApiObject volume : List.of(released("Retain", "u1"), released("Delete", "u1"))) {
      boolean retained =
          volume.spec().path("persistentVolumeReclaimPolicy").asString().equals("Retain");
      Reclaim reclaim = new Reclaim(retained ? List.of() : List.of(claim("")), List.of());
      assertThat(reclaim.removals(List.of(volume))).isEmpty();
      assertThat(reclaim.afterRemoval(volume, ALPHA, Instant.EPOCH)).isEmpty();
    }
  }

  @Test
  void a_volume_to_be_retained_is_released_and_stays() {
    Reclaim reclaim = new Reclaim(List.of(), List.of());
    assertThat(last(reclaim.ofVolumes(List.of(volume("Retain", "u1", true)))))
        .isInstanceOf(Operation.Put.class);
  }

  @Test
  void a_volume_that_an_operator_made_is_never_removed() {
    Reclaim reclaim = new Reclaim(List.of(), List.of());
    assertThat(last(reclaim.ofVolumes(List.of(volume("Delete", "u1", false)))))
        .isInstanceOf(Operation.Put.class);
  }

  private static Operation last(List<Transaction> steps) {
    List<Operation> operations = steps.get(0).operations();
    assertThat(operations.get(0)).isInstanceOf(Operation.Expect.class);
    return operations.get(operations.size() - 1);
  }

  private static ApiObject claim(String extra) {
    return object(
        "{'metadata':{'name':'c','namespace':'n','uid':'u1','resourceVersion':'5',"
            + "'finalizers':['kubernetes.io/pvc-protection']%s}}",
        extra);
  }

  private static ApiObject pod() {
    return object(
        "{'metadata':{'name':'p','namespace':'n'},'spec':{'volumes':[{'name':'v',"
            + "'persistentVolumeClaim':{'claimName':'c'}}]}}");
  }

  private static ApiObject volume(String policy, String claimUid, boolean ours) {
    return object(
        "{'metadata':{'name':'pvc-1','uid':'v1','resourceVersion':'6','annotations':{%s},"
            + "'finalizers':['kubernetes.io/pv-protection']},"
            + "'spec':{'nodeAffinity':{'required':{'nodeSelectorTerms':[{'matchExpressions':["
            + "{'key':'kubernetes.io/hostname','operator':'In','values':['alpha']}]}]}},"
            + "'persistentVolumeReclaimPolicy':'%s','claimRef':{'namespace':'n','name':'c',"
            + "'uid':'%s'}},'status':{'phase':'Bound'}}",
        ours ? "'pv.kubernetes.io/provisioned-by':'ordinal.io/local'" : "", policy, claimUid);
  }

  private static ApiObject released(String policy, String claimUid) {
    ObjectNode tree = volume(policy, claimUid, true).copy();
    tree.withObjectProperty("status").put("phase", "Released");
    return new ApiObject(tree);
  }

  private static ApiObject object(String json, Object... values) {
    String text = String.format(json, values).replace('\'', '"');
    return new ApiObject(Json.object(text.getBytes(StandardCharsets.UTF_8)));
  }
}
