package io.ordinal.controller.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.drill.DrillPhase;
import io.ordinal.controller.document.drill.DrillStatus;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for drills whatever happens to the world meanwhile. */
class DrillPlannerPropertyTest {
  static Stream<Long> seeds() {
    return LongStream.range(0, 400).boxed();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void never_injects_when_degraded_and_always_reverts_and_always_ends(long seed) {
    Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
    DrillWorld world = world(random);
    boolean ordered = false;
    boolean reverted = false;
    for (int step = 0; step < 3000 && world.status.phase() != DrillPhase.DONE; step++) {
      DrillView seen = world.view();
      DrillPhase before = world.status.phase();
      DrillStatus after = world.look();
      if (after.phase() == DrillPhase.INJECTING && before == DrillPhase.CHECKING) {
        assertThat(Refusals.of(seen.order(), seen.scene(), seen.settings().patience()))
            .as("seed %d", seed)
            .isEmpty();
        assertThat(seen.steady() || seen.order().allowDegraded()).as("seed %d", seed).isTrue();
      }
      List<DrillFaults.Send> due = DrillFaults.due(world.order, after);
      if (after.phase() == DrillPhase.INJECTING) ordered = true;
      if (after.phase() == DrillPhase.REVERTING) reverted = true;
      assertThat(due.stream().anyMatch(each -> each.fault().isPresent()))
          .as("seed %d: %s", seed, after.phase())
          .isEqualTo(after.phase() == DrillPhase.INJECTING && waiting(after));
      assertThat(moved(before, after.phase())).as("seed %d: %s", seed, before).isTrue();
      befall(world, random);
    }
    assertThat(world.status.phase()).as("seed %d", seed).isEqualTo(DrillPhase.DONE);
    assertThat(world.status.verdict()).as("seed %d", seed).isNotNull();
    assertThat(reverted).as("seed %d", seed).isEqualTo(ordered);
    assertThat(world.status.revertedAt() != null).as("seed %d", seed).isEqualTo(ordered);
  }

  private static boolean waiting(DrillStatus status) {
    return status.targets().stream().anyMatch(each -> SpotState.of(each) == SpotState.WAITING);
  }

  /** Only the moves that the phases' comment draws. */
  private static boolean moved(DrillPhase before, DrillPhase after) {
    if (before == after || before == null) return true;
    return switch (before) {
      case CHECKING -> after == DrillPhase.INJECTING || after == DrillPhase.DONE;
      case INJECTING -> after == DrillPhase.OBSERVING || after == DrillPhase.REVERTING;
      case OBSERVING -> after == DrillPhase.REVERTING;
      case REVERTING -> after == DrillPhase.RECOVERING || after == DrillPhase.DONE;
      case RECOVERING -> after == DrillPhase.DONE;
      case DONE, SCHEDULED, SUSPENDED -> false;
    };
  }

  private static DrillWorld world(Random random) {
    DrillWorld world = new DrillWorld();
    Way way = Way.values()[random.nextInt(4)];
    boolean replica = random.nextInt(3) == 0 && way != Way.CUT_OFF;
    Target target =
        replica
            ? new Target.OnReplica(new ReplicaId("default", "redis-1"))
            : new Target.OnNode(new NodeName("n2"));
    world.spots = List.of(replica ? DrillWorld.replica("redis-1", "n2") : DrillWorld.node("n2"));
    world.order =
        new DrillOrder(
            target,
            way,
            Duration.ofSeconds(1 + random.nextInt(60)),
            List.of(),
            Duration.ofSeconds(random.nextInt(8)),
            random.nextInt(4) == 0,
            random.nextInt(2) == 0,
            random.nextInt(10) == 0,
            Duration.ofSeconds(70 + random.nextInt(200)),
            Optional.empty());
    DrillWorld.Pod pod = world.pods.get("redis-1");
    pod.fenced = random.nextBoolean();
    if (random.nextInt(3) == 0) pod.volumes = Map.of("pvc-1", "n2");
    if (random.nextInt(6) == 0) world.ready("redis-" + random.nextInt(3), false);
    if (random.nextInt(10) == 0) world.running = Optional.of("other");
    if (random.nextInt(10) == 0) world.obstacles.add("there is no node n2");
    return world;
  }

  /** Anything may happen: words are lost, nodes come and go, people give up. */
  private static void befall(DrillWorld world, Random random) {
    world.after(Duration.ofMillis(random.nextInt(1500)));
    String name = "redis-" + random.nextInt(3);
    switch (random.nextInt(14)) {
      case 0 -> world.ready(name, random.nextBoolean());
      case 1 -> world.heard.remove("n2");
      case 2 -> world.heard.add("n2");
      case 3 -> world.report("n2", SpotState.values()[1 + random.nextInt(3)]);
      case 4 ->
          world.move(name, "n" + (1 + random.nextInt(3)), world.pods.get(name).incarnation + 1);
      case 5 -> world.pods.get(name).restarts++;
      case 6 -> {
        if (random.nextInt(10) == 0) world.ending = Optional.of("somebody gave up");
      }
      default -> world.ready(name, true);
    }
  }
}
