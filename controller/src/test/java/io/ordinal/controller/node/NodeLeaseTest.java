package io.ordinal.controller.node;

import static io.ordinal.controller.node.NodeFixtures.ALPHA;
import static io.ordinal.controller.node.NodeFixtures.NOW;
import static io.ordinal.controller.node.NodeFixtures.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.twin.LiveLeases;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.node.LeaseStep.Sight;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.agent.FrontDoorRequest.Renew;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeLeaseTest {
  private static final Duration PAUSE = Duration.ofMinutes(5);
  private static final ObjectKey NAMESPACE =
      new ObjectKey(new ResourceName("namespaces"), "", NodeLease.NAMESPACE);
  private static final ObjectKey LEASE =
      new ObjectKey(NodeLease.LEASES, NodeLease.NAMESPACE, ALPHA.value());

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private Session session;

  @BeforeEach
  void register() {
    namespace("");
    session = open();
  }

  @Test
  void a_node_that_renewed_gets_a_lease_that_goes_with_it() {
    assertThat(look(NOW)).as("never renewed").isEmpty();
    renew(1, NOW);
    look(NOW);

    ApiObject lease = shown();
    ApiObject.Owner owner = lease.owners().get(0);
    assertThat(owner.kind() + " " + owner.name() + " " + owner.uid()).isEqualTo("Node alpha uid-1");
    assertThat(lease.spec().toString())
        .isEqualTo(
            "{\"holderIdentity\":\"alpha\",\"leaseDurationSeconds\":6,"
                + "\"renewTime\":\"2026-11-20T10:00:00.000000Z\"}");
    assertThat(look(NOW)).as("once").isEmpty();
  }

  @Test
  void who_reads_it_is_told_of_the_latest_renewal_though_nothing_is_written() {
    renew(1, NOW);
    look(NOW);
    long before = store.revision().value();
    for (int second = 1; second <= 100; second++) {
      renew(second + 1, NOW.plusSeconds(second));
      assertThat(look(NOW.plusSeconds(second))).isEmpty();
    }
    assertThat(renewTime(shown())).isEqualTo("2026-11-20T10:01:40.000000Z");
    assertThat(listed()).containsExactly("2026-11-20T10:01:40.000000Z");
    assertThat(store.revision().value()).isEqualTo(before);
  }

  @Test
  void watchers_are_told_as_often_as_of_heartbeats_and_when_the_node_is_late() {
    renew(1, NOW);
    look(NOW);
    renew(2, NOW.plus(PAUSE));
    assertThat(look(NOW)).isEmpty();
    renew(3, NOW.plus(PAUSE).plusMillis(1));
    assertThat(look(NOW)).isPresent();
    assertThat(renewTime(stored())).isEqualTo("2026-11-20T10:05:00.001000Z");

    renew(4, NOW.plus(PAUSE).plusSeconds(1));
    assertThat(step(NOW, true)).isPresent();
    assertThat(renewTime(stored())).isEqualTo("2026-11-20T10:05:01.000000Z");
    assertThat(step(NOW, true)).as("once").isEmpty();
  }

  @Test
  void what_is_left_of_a_session_that_is_over_is_its_last_renewal() {
    renew(1, NOW);
    step(NOW, false);
    renew(2, NOW.plusSeconds(3));
    step(NOW, true);
    commit(new Operation.DeleteRecord(Sessions.leaseKey(session), at()));
    assertThat(renewTime(shown())).isEqualTo("2026-11-20T10:00:03.000000Z");
  }

  @Test
  void a_client_neither_moves_the_time_nor_takes_the_lease_away_for_long() {
    renew(1, NOW);
    look(NOW);
    var tree = shown().copy();
    tree.withObjectProperty("spec").put("holderIdentity", "me").put("renewTime", "no time");
    tree.withObjectProperty("metadata").putObject("labels").put("mine", "yes");
    commit(new Operation.Put(LEASE, new ApiObject(tree).draft(), Condition.ANY));
    assertThat(shown().spec().path("holderIdentity").asString("")).isEqualTo("alpha");
    look(NOW);
    assertThat(stored().spec()).isEqualTo(shown().spec());
    assertThat(stored().labels()).containsEntry("mine", "yes");

    commit(new Operation.Delete(LEASE, Condition.ANY));
    look(NOW);
    assertThat(shown().name()).isEqualTo("alpha");
  }

  @Test
  void a_time_that_has_not_come_is_a_clients_and_is_written_over() {
    renew(1, NOW);
    look(NOW);
    for (String never :
        List.of("9999-12-31T23:59:59.000000Z", "+1000000000-12-31T23:59:59.999999Z")) {
      for (boolean late : List.of(false, true)) {
        var tree = stored().copy();
        tree.withObjectProperty("spec").put("renewTime", never);
        commit(new Operation.Put(LEASE, new ApiObject(tree).draft(), Condition.ANY));
        step(NOW, late);
        assertThat(renewTime(stored())).isEqualTo("2026-11-20T10:00:00.000000Z");
      }
    }
    assertThat(look(NOW)).as("once").isEmpty();
  }

  @Test
  void leases_of_clients_beside_it_are_left_alone() {
    ObjectKey other = new ObjectKey(NodeLease.LEASES, NodeLease.NAMESPACE, "of.a.client");
    ObjectKey elsewhere = new ObjectKey(NodeLease.LEASES, "default", "alpha");
    renew(1, NOW);
    for (ObjectKey each : List.of(other, elsewhere)) {
      var tree = Json.object();
      tree.putObject("metadata").put("name", each.name()).put("namespace", each.namespace());
      tree.putObject("spec").put("holderIdentity", "me");
      commit(new Operation.Put(each, new ApiObject(tree).draft(), Condition.ABSENT));
      assertThat(at(each).spec().path("holderIdentity").asString("")).isEqualTo("me");
    }
  }

  @Test
  void nothing_is_made_in_a_namespace_that_goes() {
    namespace("2026-11-20T10:00:00Z");
    renew(1, NOW);
    assertThat(look(NOW)).isEmpty();
    commit(new Operation.Delete(NAMESPACE, Condition.ANY));
    assertThat(look(NOW)).isEmpty();
  }

  private Optional<LeaseStep> look(Instant now) {
    return step(now, false);
  }

  /** Decides and commits. */
  private Optional<LeaseStep> step(Instant now, boolean late) {
    Sight sight = read(store, LeaseStep::sights).get(0);
    Optional<LeaseStep> step = NodeLease.decide(sight, late, PAUSE, now);
    step.ifPresent(each -> commit(each.transaction()));
    return step;
  }

  private ApiObject shown() {
    return at(LEASE);
  }

  private ApiObject at(ObjectKey key) {
    return read(new LiveLeases(store), view -> view.get(key).map(ApiObject::of)).orElseThrow();
  }

  private ApiObject stored() {
    return read(store, view -> view.get(LEASE).map(ApiObject::of)).orElseThrow();
  }

  private List<String> listed() {
    return read(
        new LiveLeases(store),
        view ->
            view.list(NodeLease.LEASES, "").stream()
                .map(ApiObject::of)
                .map(NodeLeaseTest::renewTime)
                .toList());
  }

  private static String renewTime(ApiObject lease) {
    return lease.spec().path("renewTime").asString("");
  }

  private RecordCondition at() {
    long version = read(store, (View view) -> view.recordVersion(Sessions.leaseKey(session)));
    return RecordCondition.at(version);
  }

  private void namespace(String deleted) {
    var tree = Json.object().put("kind", "Namespace").put("apiVersion", "v1");
    var metadata = tree.putObject("metadata").put("name", NodeLease.NAMESPACE).put("uid", "ns");
    if (!deleted.isEmpty()) metadata.put("deletionTimestamp", deleted);
    commit(new Operation.Put(NAMESPACE, new ApiObject(tree).draft(), Condition.ANY));
  }

  private Session open() {
    RegistrationTransaction.Plan plan =
        NodeFixtures.registration(
            store, NodeFixtures.hello(NodeFixtures.STATE, "boot", null, null));
    commit(plan.transaction());
    return plan.session().orElseThrow();
  }

  private void renew(long sequence, Instant when) {
    Renew renewal = new Renew(session, sequence, null);
    commit(
        read(store, view -> RenewalBatch.of(view, List.of(renewal), each -> "agent", when))
            .transaction());
  }

  private void commit(Operation operation) {
    commit(Transaction.of(operation));
  }

  private void commit(Transaction transaction) {
    assertThat(store.commit(transaction).toCompletableFuture().join())
        .isInstanceOf(Outcome.Committed.class);
  }
}
