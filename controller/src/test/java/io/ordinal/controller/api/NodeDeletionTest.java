package io.ordinal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.cluster.JoinRole;
import io.ordinal.controller.api.cluster.MemberRecord;
import io.ordinal.controller.api.cluster.Members;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.node.NodeRegistry;
import io.ordinal.controller.node.Sessions;
import io.ordinal.controller.replica.ReplicaRecords;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Session;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** {@code kubectl delete node}. */
class NodeDeletionTest {
  private static final String PATH = "/api/v1/nodes/n4";
  private static final String LOCAL_VOLUME =
      "{\"spec\":{\"nodeAffinity\":{\"required\":{\"nodeSelectorTerms\":[{\"matchExpressions\":"
          + "[{\"key\":\"kubernetes.io/hostname\",\"operator\":\"In\",\"values\":[\"n4\"]}]}]}}}}";
  private static final String MOUNTS =
      "{\"spec\":{\"volumes\":[{\"name\":\"data\",\"persistentVolumeClaim\":"
          + "{\"claimName\":\"data-web-0\"}}]},\"status\":{\"phase\":\"Pending\"}}";
  private final ServedApi api = new ServedApi();

  @BeforeEach
  void node() {
    ServedApi.ok(api.post("/api/v1/nodes", "{\"metadata\":{\"name\":\"n4\"}}"));
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void a_claim_that_waits_for_a_volume_is_on_no_node() {
    ServedApi.ok(
        api.post(
            "/api/v1/namespaces/default/persistentvolumeclaims",
            "{\"metadata\":{\"name\":\"data-web-0\"},\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],"
                + "\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}}"));
    assertThat(api.delete(PATH, "{}").code()).isEqualTo(200);
  }

  @Test
  void a_node_that_is_there_must_be_drained_first() {
    joined(JoinRole.NODE);
    host(NodeRegistry.register(api.store, "n4", true));
    ServedApi.Reply refused = api.delete(PATH, "{}");
    assertThat(refused.code()).isEqualTo(409);
    assertThat(refused.message())
        .isEqualTo(
            "Operation cannot be fulfilled on nodes \"n4\": the node hosts default/web-0:"
                + " drain it first (ordinal drain n4)");
    assertThat(api.get(PATH).code()).isEqualTo(200);
  }

  @Test
  void what_may_still_run_on_a_lost_machine_needs_the_word_that_it_is_off() {
    joined(JoinRole.NODE);
    host(NodeRegistry.register(api.store, "n4", false));
    ServedApi.Reply refused = api.delete(PATH, "{}");
    assertThat(refused.code()).isEqualTo(409);
    assertThat(refused.message())
        .contains("kubectl taint node n4 node.kubernetes.io/out-of-service");
  }

  @Test
  void a_drained_node_goes_and_its_certificate_counts_no_more() {
    joined(JoinRole.NODE);
    NodeRegistry.register(api.store, "n4", true);
    ServedApi.ok(api.delete(PATH, "{}"));
    assertThat(api.get(PATH).code()).isEqualTo(404);
    assertThat(member()).isEmpty();
  }

  @Test
  void of_a_lost_node_nothing_is_left() {
    joined(JoinRole.NODE);
    NodeRegistry.register(api.store, "n4", false);
    ServedApi.ok(api.delete(PATH, "{}"));
    assertThat(member()).isEmpty();
    assertThat(
            api.store
                .read(Freshness.LOCAL, view -> Sessions.currentOf(view, new NodeName("n4")))
                .toCompletableFuture()
                .join())
        .isEmpty();
  }

  @Test
  void a_controllers_node_that_is_there_would_only_register_again() {
    joined(JoinRole.CONTROLLER);
    NodeRegistry.register(api.store, "n4", true);
    ServedApi.Reply refused = api.delete(PATH, "{}");
    assertThat(refused.code()).isEqualTo(409);
    assertThat(refused.message()).contains("stop its member first");
    NodeRegistry.register(api.store, "n4", false);
    ServedApi.ok(api.delete(PATH, "{}"));
    assertThat(member()).as("it is a controller still").isPresent();
  }

  @Test
  void a_pod_whose_only_volume_is_there_is_told_before_it_could_never_begin_again() {
    joined(JoinRole.NODE);
    NodeRegistry.register(api.store, "n4", false);
    object("persistentvolumes", "", "pv-1", LOCAL_VOLUME);
    object(
        "persistentvolumeclaims", "default", "data-web-0", "{\"spec\":{\"volumeName\":\"pv-1\"}}");
    object("pods", "default", "web-0", MOUNTS);
    ServedApi.Reply refused = api.delete(PATH, "{}");
    assertThat(refused.code()).isEqualTo(409);
    assertThat(refused.message())
        .contains("default/web-0 could never begin again: a volume of it is on this node only")
        .contains("kubectl delete pvc");
    assertThat(member()).isPresent();
  }

  @Test
  void a_volume_that_no_pod_mounts_holds_no_node_but_is_warned_of() {
    joined(JoinRole.NODE);
    NodeRegistry.register(api.store, "n4", false);
    object("persistentvolumes", "", "pv-1", LOCAL_VOLUME);
    object(
        "persistentvolumeclaims", "default", "data-web-0", "{\"spec\":{\"volumeName\":\"pv-1\"}}");
    ServedApi.Reply gone = ServedApi.ok(api.delete(PATH, "{}"));
    assertThat(gone.raw().headers().allValues("Warning"))
        .singleElement()
        .asString()
        .contains("volumes of default/data-web-0 are on this node only");
  }

  private void object(String resource, String namespace, String name, String json) {
    ObjectNode tree = Json.object(json.getBytes(StandardCharsets.UTF_8));
    ObjectNode metadata = tree.putObject("metadata").put("name", name);
    if (!namespace.isEmpty()) metadata.put("namespace", namespace);
    ObjectKey key = new ObjectKey(new ResourceName(resource), namespace, name);
    commit(new Operation.Put(key, new ApiObject(tree).draft(), Condition.ABSENT));
  }

  @Test
  void a_dry_run_forgets_nothing() {
    joined(JoinRole.NODE);
    NodeRegistry.register(api.store, "n4", true);
    ServedApi.ok(api.delete(PATH + "?dryRun=All", "{}"));
    assertThat(member()).isPresent();
  }

  private void joined(JoinRole role) {
    MemberRecord record =
        new MemberRecord(
            "n4", role, List.of("10.0.0.4"), Instant.EPOCH, "key", Optional.empty(), false);
    put(MemberRecord.key("n4"), record.bytes());
  }

  private Optional<MemberRecord> member() {
    return api.store
        .read(Freshness.LOCAL, view -> Members.in(view, "n4"))
        .toCompletableFuture()
        .join();
  }

  private void host(Session session) {
    String id = String.format("%020d", session.number()) + "/default/web-0";
    put(new RecordKey(ReplicaRecords.PLACEMENT_FAMILY, id), new byte[0]);
  }

  private void put(RecordKey key, byte[] value) {
    commit(new Operation.PutRecord(key, value, RecordCondition.ANY));
  }

  private void commit(Operation operation) {
    api.store.commit(Transaction.of(operation)).toCompletableFuture().join();
  }
}
