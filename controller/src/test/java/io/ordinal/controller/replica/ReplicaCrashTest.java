package io.ordinal.controller.replica;

import static io.ordinal.controller.replica.ReplicaWorld.NODE;
import static io.ordinal.controller.replica.ReplicaWorld.WEB_0;
import static io.ordinal.controller.replica.ReplicaWorld.basis;
import static io.ordinal.controller.replica.ReplicaWorld.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.replica.ReplicaCommand.Begin;
import io.ordinal.controller.replica.ReplicaCommand.Delete;
import io.ordinal.controller.replica.wire.StoredReplicaCodec;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import io.ordinal.protocol.id.Incarnation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two lives of a replica with a claim, with the controller crashing on the way; a node that obeys,
 * and a client that asks again until it is done.
 */
class ReplicaCrashTest {
  private static final int LIVES = 2;
  private static final Duration ENOUGH = Duration.ofSeconds(30);

  private final List<Incarnation> begun = new ArrayList<>();
  private final Set<Incarnation> running = new HashSet<>();
  private final Set<Incarnation> over = new HashSet<>();
  private final Map<Incarnation, LifeStatus> unnoted = new HashMap<>();
  private ReplicaWorld world;
  private boolean crashed;
  private int mostAtOnce;

  @BeforeEach
  void open() {
    world = ReplicaWorld.furnished();
    world.openClass();
  }

  @AfterEach
  void close() {
    world.close();
  }

  /** A life takes five commits: begin, place, report, delete, end. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void goes_on_where_it_was_after_a_crash_between_any_two_commits(int commits) {
    world.store.crashAfter(commits);
    await()
        .atMost(ENOUGH)
        .pollInterval(Duration.ofMillis(2))
        .until(
            () -> {
              boolean answered = step();
              if (!answered && !crashed && commitsStopped(commits)) crash();
              return finished();
            });
    assertThat(crashed).isTrue();
    checkTheEnd();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void goes_on_whatever_is_lost(long seed) {
    Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
    for (int trouble = 0; trouble < 40 && !finished(); trouble++) {
      switch (random.nextInt(6)) {
        case 0 -> crash();
        case 1 -> world.store.loseNextAnswer(new StoreUnavailable("lost", null));
        case 2 -> world.store.failNext(new StoreUnavailable("failed", null));
        case 3 -> world.told.clear();
        default -> {}
      }
      step();
    }
    world.store.recover();
    await()
        .alias("seed " + seed)
        .atMost(ENOUGH)
        .pollInterval(Duration.ofMillis(2))
        .until(
            () -> {
              step();
              return finished();
            });
    checkTheEnd();
  }

  private boolean commitsStopped(int commits) {
    // What opened the world: term, set, session, latest session, node, class.
    return world.store.committed().size() >= 6 + commits;
  }

  /** The actor is gone, and everything that it had sent is lost; the store stays. */
  private void crash() {
    crashed = true;
    world.kill();
    world.told.clear();
    world.store.recover();
    world.start();
  }

  private void checkTheEnd() {
    assertThat(begun).hasSize(LIVES).isSorted().doesNotHaveDuplicates();
    assertThat(mostAtOnce).isEqualTo(1);
    assertThat(running).isEmpty();
    assertThat(world.pod()).isEmpty();
    assertThat(world.claim("data-web-0")).isPresent();
    assertThat(world.state().claims()).containsOnlyKeys("data-web-0");
  }

  /** One thing that the client or the node does next; whether it got its answer. */
  private boolean step() {
    try {
      return obey() && ask();
    } catch (AssertionError noAnswer) {
      return false; // Of the probe: the actor was down.
    }
  }

  private boolean ask() {
    if (world.pod().isPresent()) return running.isEmpty() || delete();
    return finished() || begin();
  }

  private boolean finished() {
    return over.size() == LIVES && unnoted.isEmpty() && world.pod().isEmpty();
  }

  private boolean begin() {
    Verdict<?> answer =
        world.askOnce(
            asker ->
                new Begin(
                    WEB_0,
                    basis(1, 1),
                    List.of(),
                    ReplicaWorld.podWithClaim(),
                    List.of(ReplicaWorld.claim()),
                    asker));
    return answer instanceof Verdict.Done;
  }

  private boolean delete() {
    Optional<Duration> now = Optional.of(Duration.ZERO);
    Verdict<?> answer =
        world.askOnce(
            asker -> new Delete(WEB_0, Optional.empty(), Optional.empty(), now, false, asker));
    return answer instanceof Verdict.Done;
  }

  /** What a good node does with what it was told; it repeats its reports until they are noted. */
  private boolean obey() {
    for (ReplicaWorld.Told each : List.copyOf(world.told)) {
      world.told.remove(each);
      if (each.command() instanceof AgentCommand.Start start) start(start.incarnation());
      if (each.command() instanceof AgentCommand.Stop stop) stop(stop.incarnation());
    }
    for (LifeStatus each : List.copyOf(unnoted.values())) {
      world.reportOnce(NODE, each);
      unnoted.remove(each.incarnation(), each);
    }
    return true;
  }

  private void start(Incarnation life) {
    if (over.contains(life) || running.contains(life) || !confirmed(life)) return;
    begun.add(life);
    running.add(life);
    mostAtOnce = Math.max(mostAtOnce, running.size());
    unnoted.put(life, status(life, 1, Phase.RUNNING, 0));
  }

  private boolean confirmed(Incarnation life) {
    ReplicaLives lives =
        new ReplicaLives(
            world.store, new StoredReplicaCodec(), world.replicas(), new NoCredentials());
    try {
      return lives
          .confirm(NODE, WEB_0, life)
          .toCompletableFuture()
          .get(1, TimeUnit.SECONDS)
          .isPresent();
    } catch (Exception notNow) {
      return false; // The controllers say Start again.
    }
  }

  private void stop(Incarnation life) {
    running.remove(life);
    if (over.add(life)) unnoted.put(life, status(life, 2, Phase.ENDED, 0));
  }
}
