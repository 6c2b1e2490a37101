package io.ordinal.controller.set;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.ApiObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class PodComposerTest {
  private static ApiObject compose(ObjectNode set) {
    ApiObject whole = new ApiObject(set);
    return new ApiObject(PodComposer.compose(whole, whole.spec().path("template"), "web-abc", 2));
  }

  @Test
  void a_pod_has_the_name_labels_and_owner_of_its_place() {
    ApiObject pod = compose(SampleSets.tree());
    assertThat(pod.name()).isEqualTo("web-2");
    assertThat(pod.metadata().path("generateName").asString("")).isEqualTo("web-");
    assertThat(pod.labels())
        .containsEntry("app", "web")
        .containsEntry("statefulset.kubernetes.io/pod-name", "web-2")
        .containsEntry("apps.kubernetes.io/pod-index", "2")
        .containsEntry("controller-revision-hash", "web-abc");
    assertThat(pod.annotations())
        .containsEntry("note", "a<b")
        .containsEntry("ordinal.io/failover", "manual");
    assertThat(pod.owners())
        .containsExactly(new ApiObject.Owner("apps/v1", "StatefulSet", "web", "set-1", true, true));
    assertThat(pod.spec().path("hostname").asString("")).isEqualTo("web-2");
    assertThat(pod.spec().path("subdomain").asString("")).isEqualTo("web-headless");
    assertThat(pod.tree().has("status")).isFalse();
    assertThat(pod.uid()).isEmpty();
  }

  @Test
  void a_claim_shadows_a_volume_of_its_name() {
    ObjectNode set = SampleSets.tree();
    ObjectNode spec = (ObjectNode) set.at("/spec/template/spec");
    var volumes = spec.putArray("volumes");
    volumes.addObject().put("name", "data").putObject("emptyDir");
    volumes.addObject().put("name", "scratch").putObject("emptyDir");
    ApiObject pod = compose(set);
    assertThat(pod.spec().path("volumes").toString())
        .isEqualTo(
            "[{\"name\":\"data\",\"persistentVolumeClaim\":{\"claimName\":\"data-web-2\"}},"
                + "{\"name\":\"scratch\",\"emptyDir\":{}}]");
    assertThat(set.at("/spec/template/spec/volumes/0").has("emptyDir")).as("untouched").isTrue();
  }

  @Test
  void a_pod_has_the_defaults_that_templates_lack() {
    ApiObject pod = compose(SampleSets.tree());
    assertThat(pod.spec().path("enableServiceLinks").asBoolean()).isTrue();
    assertThat(pod.spec().path("serviceAccountName").asString("")).isEqualTo("default");
    assertThat(pod.spec().path("tolerations")).hasSize(2);
    assertThat(pod.spec().at("/containers/0/resources/requests/memory").asString(""))
        .isEqualTo("64Mi");
    assertThat(pod.spec().path("preemptionPolicy").asString("")).isEqualTo("PreemptLowerPriority");
  }

  @Test
  void a_claim_is_labelled_by_the_selector_before_the_template() {
    List<ObjectNode> claims = ClaimComposer.compose(SampleSets.set(), 2, Optional.of("local"));
    ApiObject claim = new ApiObject(claims.get(0));
    assertThat(claim.name()).isEqualTo("data-web-2");
    assertThat(claim.labels()).containsEntry("app", "web").containsEntry("tier", "db");
    assertThat(claim.owners()).isEmpty();
    assertThat(claim.spec().path("storageClassName").asString("")).isEqualTo("local");
    assertThat(claim.finalizers()).containsExactly("kubernetes.io/pvc-protection");
    assertThat(claim.tree().has("status")).isFalse();
  }

  @Test
  void a_claim_that_goes_with_the_set_is_owned_from_the_start() {
    ObjectNode set = SampleSets.tree();
    ((ObjectNode) set.at("/spec/persistentVolumeClaimRetentionPolicy"))
        .put("whenDeleted", "Delete");
    ((ObjectNode) set.at("/spec/volumeClaimTemplates/0/spec")).put("storageClassName", "");
    ApiObject claim =
        new ApiObject(ClaimComposer.compose(new ApiObject(set), 0, Optional.of("local")).get(0));
    assertThat(claim.controller().orElseThrow().uid()).isEqualTo("set-1");
    assertThat(claim.spec().path("storageClassName").asString("unset")).isEmpty();
  }
}
