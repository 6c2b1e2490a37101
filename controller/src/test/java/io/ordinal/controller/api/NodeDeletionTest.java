package io.ordinal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.cluster.JoinRole;
import io.ordinal.controller.api.cluster.MemberRecord;
import io.ordinal.controller.api.cluster.Members;
import io.ordinal.controller.node.NodeRegistry;
import io.ordinal.controller.node.Sessions;
import io.ordinal.controller.replica.ReplicaRecords;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code kubectl delete node}. */
class NodeDeletionTest {
  private static final String PATH = "/api/v1/nodes/n4";
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
    api.store
        .commit(Transaction.of(new Operation.PutRecord(key, value, RecordCondition.ANY)))
        .toCompletableFuture()
        .join();
  }
}
