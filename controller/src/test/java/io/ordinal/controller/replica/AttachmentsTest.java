package io.ordinal.controller.replica;

import static io.ordinal.controller.replica.ReplicaWorld.NODE;
import static io.ordinal.controller.replica.ReplicaWorld.WEB_0;
import static io.ordinal.controller.replica.ReplicaWorld.basis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.replica.ReplicaCommand.Begin;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.volume.VolumeWorld;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A second pod that wants the claim of one that lives on node-b. */
class AttachmentsTest {
  private static final Session OTHER = ReplicaWorld.session("node-b", 2);
  private static final ReplicaId HOLDER = new ReplicaId("shop", "batch");

  private ReplicaWorld world;

  @BeforeEach
  void open() {
    world = ReplicaWorld.furnished();
    ApiObject shared =
        ReplicaWorld.object(
            "{'kind':'StorageClass','metadata':{'name':'shared','uid':'c','annotations':"
                + "{'storageclass.kubernetes.io/is-default-class':'true'}},"
                + "'provisioner':'ordinal.io/shared','parameters':{'path':'/srv/all'}}");
    world.commit(
        new Operation.Put(
            new ObjectKey(VolumeWorld.CLASSES, "", "shared"), shared.draft(), Condition.ANY));
    ApiObject pod =
        ReplicaWorld.object(
            "{'kind':'Pod','metadata':{'name':'batch','namespace':'shop','uid':'p'},"
                + "'spec':{'nodeName':'node-b','volumes':[{'name':'v',"
                + "'persistentVolumeClaim':{'claimName':'data-web-0'}}]}}");
    world.commit(new Operation.Put(ReplicaRecords.pod(HOLDER), pod.draft(), Condition.ANY));
    world.commit(
        new Operation.PutRecord(
            ReplicaRecords.placement(OTHER, HOLDER), new byte[0], RecordCondition.ANY));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void begin(String mode) {
    String claim =
        new String(ReplicaWorld.claim(), StandardCharsets.UTF_8).replace("ReadWriteOnce", mode);
    List<byte[]> claims = List.of(claim.getBytes(StandardCharsets.UTF_8));
    byte[] pod = ReplicaWorld.podWithClaim();
    world.done(asker -> new Begin(WEB_0, basis(1, 1), List.of(), pod, claims, asker));
  }

  private String reason() {
    return world
        .pod()
        .map(pod -> PodConditions.message(pod.tree(), PodConditions.SCHEDULED))
        .orElse("");
  }

  private NodeName node() {
    await().until(() -> world.state() instanceof Placed);
    return world.state().whereabouts().orElseThrow().session().node();
  }

  @Test
  void a_claim_that_is_read_and_written_once_is_not_had_on_a_second_node() {
    begin("ReadWriteOnce");
    await()
        .untilAsserted(
            () ->
                assertThat(reason())
                    .contains("Multi-Attach error for volume \"pvc-")
                    .contains("Volume is already used by pod(s) batch on node node-b"));
    assertThat(world.state()).isNotInstanceOf(Placed.class);
    world.openNode(OTHER);
    assertThat(node()).as("one node may have it").isEqualTo(OTHER.node());
  }

  @Test
  void a_claim_of_one_pod_is_had_by_nobody_else_until_its_life_is_over() {
    world.openNode(OTHER);
    begin("ReadWriteOncePod");
    await().untilAsserted(() -> assertThat(reason()).contains("ReadWriteOncePod access mode"));
    world.commit(
        new Operation.DeleteRecord(ReplicaRecords.placement(OTHER, HOLDER), RecordCondition.ANY));
    assertThat(node()).isNotNull();
  }

  @Test
  void a_claim_of_many_is_had_anywhere() {
    begin("ReadWriteMany");
    assertThat(node()).isEqualTo(NODE.node());
  }
}
