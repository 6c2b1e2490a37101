package io.ordinal.controller.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.volume.Binding.Clear;
import io.ordinal.controller.volume.Binding.Share;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Session;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class SharedVolumesTest {
  private static final NodeName ALPHA = new NodeName("alpha");
  private static final Incarnation LIFE = new Incarnation(3);
  private static final Session SESSION = new Session(ALPHA, new UUID(0, 7), "boot", 1);
  private static final ApiObject POD =
      object(
          "{'metadata':{'name':'p','namespace':'n'},'spec':{'volumes':[{'name':'v',"
              + "'persistentVolumeClaim':{'claimName':'c'}}]}}");
  private static final ApiObject SHARED =
      object(
          "{'metadata':{'name':'shared'},'provisioner':'ordinal.io/shared','reclaimPolicy':'Delete',"
              + "'parameters':{'path':'/srv/all/','fencing':'hook','hook':'/opt/revoke'}}");
  private static final ApiObject LOCAL =
      object(
          "{'metadata':{'name':'shared'},'provisioner':'ordinal.io/local',"
              + "'parameters':{'onNodeLoss':'Rebuild','rebuildAfter':'1h30m'}}");

  @Test
  void a_shared_volume_is_a_directory_of_its_own_that_no_node_holds() {
    Clear clear = clear(world(claim(""), SHARED, Optional.empty()));
    assertThat(clear.nodes()).isEmpty();
    assertThat(clear.pinned(world(claim(""), SHARED, Optional.empty()))).isFalse();
    ApiObject volume = volume(clear.shares().get(0));
    assertThat(volume.name()).isEqualTo("pvc-u1");
    assertThat(SharedVolumes.is(volume)).isTrue();
    assertThat(SharedVolumes.path(volume)).isEqualTo("/srv/all/pvc-u1");
    assertThat(SharedVolumes.hook(volume)).isEqualTo("/opt/revoke");
    assertThat(Binding.node(volume)).isEmpty();
    assertThat(volume.spec().has("nodeAffinity")).isFalse();
    assertThat(Provision.home(volume)).isEmpty();
    assertThat(SharedVolumes.mayBeNew(volume, LIFE, true)).isTrue();
    assertThat(SharedVolumes.mayBeNew(volume, new Incarnation(4), true)).isFalse();
    assertThat(SharedVolumes.mayBeNew(volume, new Incarnation(4), false)).isTrue();
  }

  @Test
  void a_hook_fences_one_owner_so_several_are_refused() {
    for (String mode : List.of("ReadWriteMany", "ReadOnlyMany")) {
      ObjectNode several = claim("").copy();
      several.withObjectProperty("spec").putArray("accessModes").add("ReadWriteOnce").add(mode);
      ApiObject claim = new ApiObject(several);
      ObjectNode lease = SHARED.copy();
      lease.withObjectProperty("parameters").put("fencing", "lease");
      assertThat(clear(world(claim, new ApiObject(lease), Optional.empty())).shares()).hasSize(1);
      assertThat(waiting(world(claim, SHARED, Optional.empty())))
          .startsWith("persistentvolumeclaim \"c\": " + mode + " is not possible")
          .contains("storageclass \"shared\"", "fencing: lease");
      ApiObject volume = volume(clear(world(claim(""), SHARED, Optional.empty())).shares().get(0));
      several.withObjectProperty("spec").put("volumeName", "pvc-u1");
      assertThat(waiting(world(new ApiObject(several), SHARED, Optional.of(volume))))
          .as("one that exists")
          .contains(mode + " is not possible");
    }
  }

  private static String waiting(VolumeWorld world) {
    return ((Binding.Wait) Binding.outlook(POD, world, Losses.NONE)).message();
  }

  @Test
  void a_released_shared_volume_is_removed_by_any_node() {
    ObjectNode tree =
        volume(clear(world(claim(""), SHARED, Optional.empty())).shares().get(0)).copy();
    tree.withObjectProperty("status").put("phase", "Released");
    tree.withObjectProperty("metadata").put("resourceVersion", "7");
    ApiObject volume = new ApiObject(tree);
    Reclaim reclaim = new Reclaim(List.of(), List.of());
    assertThat(reclaim.removals(List.of(volume)))
        .containsExactly(
            new Reclaim.Removal(Optional.empty(), "pvc-u1", "/srv/all/pvc-u1", volume.uid()));
    assertThat(reclaim.afterRemoval(volume, ALPHA, Instant.EPOCH)).isPresent();
  }

  @Test
  void a_volume_that_is_given_up_gets_an_empty_one_in_its_place_again_and_again() {
    VolumeWorld world = world(claim("pvc-u1"), LOCAL, Optional.of(bound("pvc-u1")));
    Share first = outlook(world, (claim, volume) -> true).shares().get(0);
    assertThat(first).isInstanceOf(Share.Rebuilt.class);
    ApiObject made = volume(first);
    assertThat(made.name()).isEqualTo("pvc-u1-1");
    assertThat(made.annotations()).containsEntry(Provision.REBUILT_FROM, "pvc-u1");
    assertThat(Provision.home(made)).isEqualTo(SESSION.stateUuid().toString());

    ApiObject old = Provision.volume(first, LIFE).orElseThrow().into(bound("pvc-u1")).orElseThrow();
    assertThat(old.annotations()).containsEntry(Provision.SUPERSEDED_BY, "pvc-u1-1");
    assertThat(old.status().path("phase").asString()).isEqualTo("Released");
    assertThat(old.spec().path("persistentVolumeReclaimPolicy").asString()).isEqualTo("Retain");
    ApiObject claim =
        Provision.claim(first, ALPHA).orElseThrow().into(claim("pvc-u1")).orElseThrow();
    assertThat(claim.spec().path("volumeName").asString()).isEqualTo("pvc-u1-1");
    assertThat(Provision.claim(first, ALPHA).orElseThrow().into(claim("other"))).isEmpty();

    VolumeWorld later = world(claim("pvc-u1-1"), LOCAL, Optional.of(bound("pvc-u1-1")));
    assertThat(Provision.volumeName(outlook(later, (c, v) -> true).shares().get(0)))
        .isEqualTo("pvc-u1-2");
    assertThat(new Reclaim(List.of(claim), List.of()).ofVolumes(List.of(old))).isEmpty();
    ObjectNode deleted = old.copy();
    deleted
        .withObjectProperty("metadata")
        .put("deletionTimestamp", "2026-01-01T00:00:00Z")
        .putArray("finalizers")
        .add(Provision.PV_PROTECTION);
    assertThat(new Reclaim(List.of(claim), List.of()).ofVolumes(List.of(new ApiObject(deleted))))
        .as("a user removes it")
        .hasSize(1);
    assertThat(new Reclaim(List.of(), List.of()).removals(List.of(old)))
        .as("kept when the claim goes too")
        .isEmpty();
  }

  @Test
  void a_volume_that_an_operator_made_is_not_given_up() {
    ObjectNode foreign = bound("pvc-u1").copy();
    foreign.withObjectProperty("metadata").remove("annotations");
    VolumeWorld world = world(claim("pvc-u1"), LOCAL, Optional.of(new ApiObject(foreign)));
    assertThat(outlook(world, (c, v) -> true).shares().get(0)).isInstanceOf(Share.Bound.class);
  }

  @Test
  void the_claims_annotations_go_before_the_parameters_of_its_class() {
    Instant lost = Instant.parse("2026-11-20T12:00:00Z");
    assertThat(NodeLoss.of(claim(""), Optional.of(LOCAL)).rebuildAt(lost))
        .contains(lost.plus(Duration.ofMinutes(90)));
    assertThat(NodeLoss.of(claim(""), Optional.empty()).rebuildAt(lost)).isEmpty();
    ObjectNode claim = claim("").copy();
    ObjectNode annotations = claim.withObjectProperty("metadata").withObjectProperty("annotations");
    annotations.put(NodeLoss.AFTER, "30s");
    assertThat(NodeLoss.of(new ApiObject(claim), Optional.of(LOCAL)).rebuildAt(lost))
        .contains(lost.plusSeconds(30));
    annotations.put(NodeLoss.ON_LOSS, "Wait");
    assertThat(NodeLoss.of(new ApiObject(claim), Optional.of(LOCAL)).rebuildAt(lost)).isEmpty();
  }

  @Test
  void only_durations_are_durations() {
    assertThat(NodeLoss.duration("250ms")).contains(Duration.ofMillis(250));
    assertThat(NodeLoss.duration("1d2h")).contains(Duration.ofHours(26));
    for (String text : List.of("", "10", "m", "10m!", "-5s", "1h x")) {
      assertThat(NodeLoss.duration(text)).as(text).isEmpty();
    }
  }

  private static ApiObject volume(Share share) {
    return new ApiObject(
        Provision.volume(share, SESSION, LIFE, new UUID(0, 9), Instant.EPOCH).orElseThrow());
  }

  private static Clear clear(VolumeWorld world) {
    return outlook(world, Losses.NONE);
  }

  private static Clear outlook(VolumeWorld world, Losses losses) {
    return (Clear) Binding.outlook(POD, world, losses);
  }

  private static ApiObject claim(String volume) {
    return object(
        "{'metadata':{'name':'c','namespace':'n','uid':'u1','resourceVersion':'5'},"
            + "'spec':{'storageClassName':'shared','accessModes':['ReadWriteOnce'],"
            + "'volumeName':'%s','resources':{'requests':{'storage':'1Gi'}}},"
            + "'status':{'phase':'Bound'}}",
        volume);
  }

  private static ApiObject bound(String name) {
    return object(
        "{'metadata':{'name':'%s','uid':'v1','resourceVersion':'6',"
            + "'annotations':{'pv.kubernetes.io/provisioned-by':'ordinal.io/local'}},"
            + "'spec':{'claimRef':{'namespace':'n','name':'c','uid':'u1'},"
            + "'persistentVolumeReclaimPolicy':'Delete','local':{'path':''},"
            + "'nodeAffinity':{'required':{'nodeSelectorTerms':[{'matchExpressions':["
            + "{'key':'kubernetes.io/hostname','operator':'In','values':['beta']}]}]}}},"
            + "'status':{'phase':'Bound'}}",
        name);
  }

  private static VolumeWorld world(
      ApiObject claim, ApiObject storageClass, Optional<ApiObject> volume) {
    return new VolumeWorld() {
      @Override
      public Optional<ApiObject> claim(String name) {
        return Optional.of(claim).filter(it -> it.name().equals(name));
      }

      @Override
      public Optional<ApiObject> volume(String name) {
        return volume.filter(it -> it.name().equals(name));
      }

      @Override
      public List<ApiObject> volumes() {
        return volume.stream().toList();
      }

      @Override
      public List<ApiObject> classes() {
        return List.of(storageClass);
      }
    };
  }

  private static ApiObject object(String json, Object... values) {
    String text = (values.length == 0 ? json : String.format(json, values)).replace('\'', '"');
    return new ApiObject(Json.object(text.getBytes(StandardCharsets.UTF_8)));
  }
}
