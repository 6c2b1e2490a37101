package io.ordinal.controller.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.agent.FrontDoorRequest.Hello;
import io.ordinal.protocol.agent.FrontDoorRequest.Renew;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nodes that fall silent, renewals and looks that take their time, several watches with settings
 * that differ, one log: no session is fenced too early, none is renewed after it.
 */
class LeasePropertyTest {
  /** As while an operator changes the lease on one controller after the other. */
  private static final List<NodeSettings> SETTINGS =
      List.of(
          NodeFixtures.settings(""),
          NodeFixtures.settings("lease = 2s, late = 1s"),
          NodeFixtures.settings("lease = 9s"));

  private static final int STEPS = 400;

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void no_session_is_fenced_before_lease_and_margin_and_none_is_renewed_after(long seed) {
    World world = new World(new Random((seed + 1) * 0x9E3779B97F4A7C15L));
    for (int step = 0; step < STEPS; step++) world.step("seed " + seed + " step " + step);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_silent_node_is_fenced_in_the_end(long seed) {
    World world = new World(new Random((seed + 1) * 0x9E3779B97F4A7C15L));
    world.silent = true;
    for (int step = 0; step < STEPS; step++) world.step("seed " + seed + " step " + step);
    assertThat(world.standing()).as("seed %d", seed).isEqualTo(Standing.FENCED);
  }

  /** One node, several watches; time moves in small unequal steps. */
  private static final class World {
    private final Random random;
    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final Session session;
    private Optional<Session> registered = Optional.empty();
    private Duration goesBy = Duration.ZERO;
    private final List<LeaseLedger> ledgers = new ArrayList<>();
    private final List<Renew> onTheWay = new ArrayList<>();
    private final Map<Long, Duration> sentAt = new HashMap<>();
    private final List<RenewalBatch> judged = new ArrayList<>();
    private final List<Transaction> proposed = new ArrayList<>();
    private Duration now = Duration.ofHours(1);
    private Duration lastSent = now;
    private Duration lastGrantedWasSent = now;
    private boolean silent;
    private long sequence;

    World(Random random) {
      this.random = random;
      register(Optional.empty());
      session = registered.orElseThrow();
      SETTINGS.forEach(each -> ledgers.add(LeaseLedger.EMPTY));
    }

    /** At any of the controllers; the last one's Welcome is what the node goes by. */
    private void register(Optional<Session> previous) {
      Hello hello = NodeFixtures.hello(NodeFixtures.STATE, "boot", previous.orElse(null), null);
      Duration lease = SETTINGS.get(random.nextInt(SETTINGS.size())).lease();
      String uid = new UUID(0, 1).toString();
      RegistrationTransaction.Plan plan =
          NodeFixtures.read(
              store,
              view ->
                  new RegistrationTransaction(view, hello, lease, "agent", uid, NodeFixtures.NOW)
                      .plan());
      boolean refused = commit(plan.transaction()) instanceof Outcome.Refused;
      if (refused || previous.isPresent() && !plan.session().equals(previous)) return;
      registered = plan.session();
      goesBy = plan.lease();
    }

    Standing standing() {
      return NodeFixtures.standing(store, session).standing();
    }

    void step(String where) {
      now = now.plusMillis(random.nextInt(400));
      if (random.nextInt(40) == 0) silent = true;
      if (!silent && now.minus(lastSent).compareTo(Duration.ofSeconds(1)) > 0) send();
      if (random.nextInt(50) == 0 && !standing().over()) register(Optional.of(session));
      switch (random.nextInt(6)) {
        case 0 -> judge();
        case 1 -> grant(where);
        case 2, 3 -> look();
        case 4 -> fence(where);
        default -> restartWatch();
      }
    }

    private void send() {
      sequence++;
      lastSent = now;
      sentAt.put(sequence, now);
      onTheWay.add(new Renew(session, sequence, null));
    }

    private void judge() {
      if (onTheWay.isEmpty()) return;
      Renew renewal = onTheWay.remove(random.nextInt(onTheWay.size()));
      judged.add(
          NodeFixtures.read(
              store,
              view -> RenewalBatch.of(view, List.of(renewal), each -> "agent", NodeFixtures.NOW)));
    }

    private void grant(String where) {
      if (judged.isEmpty()) return;
      RenewalBatch batch = judged.remove(random.nextInt(judged.size()));
      if (batch.granted().isEmpty()) return;
      boolean over = standing().over();
      boolean granted = commit(batch.transaction()) instanceof Outcome.Committed;
      assertThat(granted && over).as("%s: renewed although over", where).isFalse();
      Duration sent = sentAt.get(batch.granted().get(0).renewal().sequence());
      if (granted && sent.compareTo(lastGrantedWasSent) > 0) lastGrantedWasSent = sent;
    }

    private void look() {
      int watch = random.nextInt(ledgers.size());
      List<LeaseStep.Sight> sights = NodeFixtures.read(store, LeaseStep::sights);
      now = now.plusMillis(random.nextInt(100)); // Reading takes time.
      LeaseStep.Sight sight = sights.get(0);
      if (sight.over()) return;
      ledgers.set(watch, ledgers.get(watch).look(Map.of(session, sight.renewal()), now));
      LeaseLedger.Lease lease =
          ledgers.get(watch).judge(session, sight.granted(), now, SETTINGS.get(watch));
      Optional<LeaseStep> step =
          LeaseStep.decide(sight, lease, SETTINGS.get(watch), NodeFixtures.NOW)
              .filter(each -> each.kind() == LeaseStep.Kind.FENCE);
      step.ifPresent(each -> proposed.add(each.transaction()));
    }

    private void fence(String where) {
      if (proposed.isEmpty()) return;
      Transaction proposal = proposed.remove(random.nextInt(proposed.size()));
      if (commit(proposal) instanceof Outcome.Committed) {
        assertThat(now.minus(lastGrantedWasSent))
            .as("%s: time since the last grant was asked for", where)
            .isGreaterThanOrEqualTo(goesBy.plus(SETTINGS.get(0).margin()));
      }
    }

    private void restartWatch() {
      if (random.nextInt(30) == 0) {
        ledgers.set(random.nextInt(ledgers.size()), LeaseLedger.EMPTY);
      }
    }

    private Outcome commit(Transaction transaction) {
      return store.commit(transaction).toCompletableFuture().join();
    }
  }
}
