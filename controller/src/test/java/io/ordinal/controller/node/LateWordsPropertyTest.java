package io.ordinal.controller.node;

import static io.ordinal.controller.node.NodeFixtures.ALPHA;
import static io.ordinal.controller.node.NodeFixtures.MACHINE;
import static io.ordinal.controller.node.NodeFixtures.OTHER_MACHINE;
import static io.ordinal.controller.node.NodeFixtures.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.node.wire.SessionCodec;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.agent.FrontDoorRequest.Hello;
import io.ordinal.protocol.agent.FrontDoorRequest.Renew;
import io.ordinal.protocol.id.MachineId;
import io.ordinal.protocol.id.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Introductions and renewals of agents that lapse, restart, reboot and lose their directory, and of
 * a copy of the directory on another machine, handled in any order and as late as they like: no
 * session ends in the log while its agent runs fenced lives under its lease, unless the lease
 * lapsed there.
 */
class LateWordsPropertyTest {
  static LongStream seeds() {
    return LongStream.range(0, 80);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void no_session_ends_while_its_agent_runs_fenced_lives(long seed) {
    World world = new World(new Random((seed + 1) * 0x9E3779B97F4A7C15L));
    for (int step = 0; step < 400; step++) {
      world.step();
      world.check("seed " + seed + " step " + step);
    }
    assertThat(world.leases).as("seed %d: the world is not idle", seed).isPositive();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void an_agent_that_is_heard_again_is_granted_a_lease_in_the_end(long seed) {
    World world = new World(new Random((seed + 1) * 0x9E3779B97F4A7C15L));
    for (int step = 0; step < 200; step++) world.step();
    world.copy = Optional.empty();
    world.original.registered = false;
    for (int round = 0; round < 20 && !world.original.leased(); round++) {
      world.fence(); // Whoever is silent lapses.
      world.say(world.original);
      while (!world.said.isEmpty() || !world.decided.isEmpty()) world.handle();
      world.renew(world.original);
      world.grant();
    }
    assertThat(world.original.leased()).as("seed %d", seed).isTrue();
  }

  /** As NodeAgent does; what it has on disk outlives it. */
  private static final class Agent {
    private final MachineId machine;
    private UUID directory;
    private Optional<Session> held = Optional.empty();
    private boolean lapsed;
    private String boot;
    private int jvm;
    private boolean registered;
    private boolean fencedLivesRun;

    Agent(MachineId machine, UUID directory, String boot) {
      this.machine = machine;
      this.directory = directory;
      this.boot = boot;
    }

    Hello hello() {
      Session named = held.orElse(null);
      Session previous = lapsed ? null : named;
      Session ended = lapsed ? named : null;
      return NodeFixtures.introduction(machine, directory, boot, previous, ended, null);
    }

    /** An answer to any introduction of the same JVM, as late as that may be. */
    void welcome(int to, Session session) {
      if (to != jvm || registered || lapsed && held.equals(Optional.of(session))) return;
      if (!held.equals(Optional.of(session))) fencedLivesRun = false;
      held = Optional.of(session);
      lapsed = false;
      registered = true;
    }

    void lapse() {
      fencedLivesRun = false;
      lapsed = held.isPresent();
      registered = false;
    }

    void restart() {
      jvm++;
      registered = false;
    }

    boolean leased() {
      return fencedLivesRun;
    }
  }

  private record Said(Agent by, int jvm, Hello hello) {}

  private record Decided(Said said, RegistrationTransaction.Plan plan) {}

  private record Judged(Agent by, Session session, RenewalBatch batch) {}

  private static final class World {
    private final Random random;
    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final List<Said> said = new ArrayList<>();
    private final List<Decided> decided = new ArrayList<>();
    private final List<Judged> judged = new ArrayList<>();
    private final Agent original;
    private Optional<Agent> copy = Optional.empty();
    private int names;
    private int leases;

    World(Random random) {
      this.random = random;
      this.original = new Agent(MACHINE, new UUID(0, ++names), "boot-" + ++names);
    }

    void step() {
      Agent agent = copy.isPresent() && random.nextInt(4) == 0 ? copy.get() : original;
      switch (random.nextInt(16)) {
        case 0, 1 -> say(agent);
        case 2, 3, 4, 5, 6, 7 -> handle();
        case 8, 9, 10 -> renew(agent);
        case 11, 12, 13 -> grant();
        case 14 -> fence();
        default -> trouble(agent);
      }
    }

    private void trouble(Agent agent) {
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> agent.lapse();
        case 3, 4 -> agent.registered = false; // A silent door.
        case 5 -> agent.restart();
        case 6, 7 -> {
          agent.restart();
          agent.boot = "boot-" + ++names;
          agent.fencedLivesRun = false;
        }
        case 8 -> {
          agent.restart();
          agent.lapse();
          agent.lapsed = false;
          agent.held = Optional.empty();
          if (random.nextBoolean()) agent.directory = new UUID(0, ++names);
        }
        default -> {
          if (original.held.isEmpty()) return;
          Agent copied = new Agent(OTHER_MACHINE, original.directory, "boot-" + ++names);
          copied.held = original.held;
          copied.lapsed = original.lapsed;
          copy = Optional.of(copied);
        }
      }
    }

    void say(Agent agent) {
      if (!agent.registered) said.add(new Said(agent, agent.jvm, agent.hello()));
    }

    void handle() {
      if (!said.isEmpty() && random.nextBoolean()) {
        Said one = take(said);
        decided.add(new Decided(one, decide(one.hello())));
      } else if (!decided.isEmpty()) {
        Decided one = take(decided);
        Optional<Session> session = one.plan().session();
        boolean stands = session.isPresent() && commits(one.plan().transaction());
        if (stands) one.said().by().welcome(one.said().jvm(), session.get());
      }
    }

    /** Mostly the latest; the others come late, or never. */
    private <T> T take(List<T> waiting) {
      boolean late = random.nextInt(3) == 0;
      return waiting.remove(late ? random.nextInt(waiting.size()) : waiting.size() - 1);
    }

    private RegistrationTransaction.Plan decide(Hello hello) {
      return NodeFixtures.registration(store, hello);
    }

    void renew(Agent agent) {
      if (!agent.registered) return;
      Session session = agent.held.orElseThrow();
      Renew renewal = new Renew(session, 1, null);
      judged.add(
          new Judged(
              agent,
              session,
              read(
                  store,
                  view ->
                      RenewalBatch.of(view, List.of(renewal), each -> "agent", NodeFixtures.NOW))));
    }

    void grant() {
      if (judged.isEmpty()) return;
      Judged one = take(judged);
      Agent agent = one.by();
      boolean its = agent.registered && agent.held.equals(Optional.of(one.session()));
      if (one.batch().granted().isEmpty()) {
        if (its) agent.lapse();
      } else if (commits(one.batch().transaction()) && its) {
        agent.fencedLivesRun = true;
        leases++;
      }
    }

    /** In time: agents have ended fenced lives before controllers lose their patience. */
    void fence() {
      Optional<Sessions.Entry> latest =
          read(store, view -> Sessions.latest(view, ALPHA))
              .filter(entry -> entry.record().standing() == Standing.READY);
      if (latest.isEmpty() || running(latest.get().record().session())) return;
      Sessions.Entry entry = latest.get();
      commits(
          Transaction.of(
              new Operation.PutRecord(
                  Sessions.key(entry.record().session()),
                  SessionCodec.encode(entry.record().fenced()),
                  RecordCondition.at(entry.version()))));
    }

    private boolean running(Session session) {
      return agents().stream()
          .anyMatch(each -> each.leased() && each.held.equals(Optional.of(session)));
    }

    private List<Agent> agents() {
      return copy.map(each -> List.of(original, each)).orElse(List.of(original));
    }

    private boolean commits(Transaction transaction) {
      return transaction.operations().isEmpty()
          || store.commit(transaction).toCompletableFuture().join() instanceof Outcome.Committed;
    }

    void check(String where) {
      for (Agent agent : agents()) {
        if (!agent.leased()) continue;
        Session session = agent.held.orElseThrow();
        assertThat(NodeFixtures.standing(store, session).standing())
            .as("%s: %s under %s", where, agent.machine, session)
            .isEqualTo(Standing.READY);
      }
    }
  }
}
