package io.ordinal.tests.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ordinal.tests.hosts.Scenario.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults at moments chosen by a seed; then everything must be as if nothing had happened, within
 * half a minute and without help. {@code -Dordinal.seeds=N} runs so many seeds of every kind,
 * {@code -Dordinal.seed=S} begins with that one, {@code -Dordinal.kinds=A,B} runs only those kinds,
 * {@code -Dordinal.convergence=S} gives a busy machine so many seconds.
 */
class TroubleTest {
  private static final int CONTROLLERS = Integer.getInteger("ordinal.controllers", 1);
  private static final int HOSTS = Integer.getInteger("ordinal.hosts", 3);
  private static final long SEED = Long.getLong("ordinal.seed", 1);
  private static final int SEEDS = Integer.getInteger("ordinal.seeds", 0);
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** The contract; a busy machine is given more by the property. */
  private static final Duration CONVERGENCE =
      Duration.ofSeconds(Integer.getInteger("ordinal.convergence", 30));

  private static final String SETTINGS = System.getProperty("ordinal.settings", "");
  private static final Set<String> SETS = Set.of(Scenario.FENCED, Scenario.KEPT, Scenario.REDIS);

  private static final Path EVIDENCE = Path.of("target", "trouble");
  private static final Ledger LEDGER = new Ledger(EVIDENCE.resolve("runs"));

  private static Lab lab;
  private static LabCluster cluster;

  /** How long this machine, with whatever else it does, took to bring the cluster up. */
  private static Duration start;

  /**
   * Without a number of seeds, a few kinds with one seed each: the rest takes too long for every
   * build.
   */
  static Stream<Scenario> scenarios() {
    List<Kind> kinds =
        Stream.of(Kind.values()).filter(each -> CONTROLLERS > 1 || !each.needsMajority()).toList();
    String only = System.getProperty("ordinal.kinds", "");
    if (!only.isEmpty()) kinds = Stream.of(only.split(",")).map(Kind::valueOf).toList();
    else if (SEEDS == 0)
      kinds = List.of(Kind.NODE_CUT_OFF, Kind.KILLED_DURING_UPDATE, Kind.POWER_CYCLE);
    List<Kind> chosen = kinds;
    return LongStream.range(SEED, SEED + Math.max(SEEDS, 1))
        .boxed()
        .flatMap(seed -> chosen.stream().map(kind -> Scenario.of(kind, seed, CONTROLLERS, HOSTS)));
  }

  @BeforeAll
  static void possible() {
    assumeTrue(Lab.hasCables(), "network namespaces need root, ip and nft");
  }

  /** Anew after a failure, which may have left anything. */
  @BeforeEach
  void up() {
    if (cluster != null) return;
    lab = Lab.open(HOSTS + 1); // The last one is kept for a second machine of one name.
    Lab.prepareCommand();
    long begin = System.nanoTime();
    LabCluster started = LabCluster.start(lab, LabCluster.Shape.of(CONTROLLERS, HOSTS, SETTINGS));
    started.apply(Workloads.movable(Scenario.FENCED, Scenario.REPLICAS));
    started.apply(Workloads.kept(Scenario.KEPT, Scenario.REPLICAS));
    started.apply(Workloads.redis(Scenario.REDIS, Scenario.REPLICAS));
    for (String set : SETS) started.awaitReady(set, Scenario.REPLICAS, PATIENCE);
    start = Duration.ofNanos(System.nanoTime() - begin);
    cluster = started;
  }

  /**
   * Every build runs a few kinds, often beside other builds: what has to start again is given what
   * it took to start the first time, beyond the contract.
   */
  private static Duration allowed() {
    return SEEDS == 0 ? CONVERGENCE.plus(start) : CONVERGENCE;
  }

  /** Whatever a test that failed has left. */
  @AfterEach
  void clean() {
    if (cluster == null) down();
  }

  @AfterAll
  static void down() {
    if (lab != null) lab.close();
    lab = null;
    cluster = null;
  }

  @AfterAll
  static void tell() {
    System.out.println(LEDGER);
  }

  @Test
  void a_scenario_is_the_same_for_the_same_seed() {
    for (Kind kind : Kind.values()) {
      assertThat(Scenario.of(kind, 7, 3, 5)).isEqualTo(Scenario.of(kind, 7, 3, 5));
      assertThat(LongStream.range(0, 20).mapToObj(seed -> Scenario.of(kind, seed, 3, 5).steps()))
          .as("choices of %s", kind)
          .hasSizeGreaterThan(1);
    }
  }

  @Test
  void an_annotation_that_changes_during_a_cut_is_heard_only_after_the_lease() {
    for (long seed = 0; seed < 20; seed++) {
      List<Step> steps = Scenario.of(Kind.ANNOTATION_CHANGED_DURING_CUT, seed, 3, 5).steps();
      assertThat(steps.get(2)).isInstanceOf(Step.Annotate.class);
      assertThat(steps.get(3)) // The lease is 6 s.
          .as("seed %d", seed)
          .isInstanceOfSatisfying(
              Step.Pause.class,
              each -> assertThat(each.time()).isGreaterThanOrEqualTo(Duration.ofSeconds(12)));
      assertThat(steps.get(4)).isInstanceOf(Step.Heal.class);
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void everything_is_as_before_when_the_trouble_is_over(Scenario scenario) {
    Course course = new Course(cluster, new Faults(lab));
    String run = scenario.run();
    Replay replay = Replay.begin(cluster, SETS, course);
    long begin = System.nanoTime();
    Path evidence = EVIDENCE.resolve(run).resolve("sights");
    try (Witness witness = new Witness(lab::owns, evidence);
        Notes notes = new Notes(cluster, run);
        Writers writers = new Writers(cluster, Scenario.REDIS, Scenario.REPLICAS)) {
      course.run(scenario);
      Duration took = new Settling(cluster, witness, SETS, course).await(PATIENCE);
      notes.close(); // What is written from now on would only keep the copies from standing still.
      check(replay, witness, notes, writers, course.givenUp());
      System.out.printf(
          "%s seed %d: whole again after %.1f s (started in %.1f s);"
              + " %d notes, %d records, %d changes, %d looks at %d lives%n%s%n",
          scenario.kind(),
          scenario.seed(),
          took.toMillis() / 1e3,
          start.toMillis() / 1e3,
          notes.acknowledged(),
          writers.acknowledged(),
          replay.changes(),
          witness.looks(),
          witness.sights().size(),
          Boolean.getBoolean("ordinal.diary") ? course : "");
      assertThat(took).as("I10: time to converge").isLessThan(allowed());
      LEDGER.held(scenario, took, since(begin));
    } catch (AssertionError | RuntimeException e) {
      LEDGER.offended(scenario, since(begin), e);
      String told = told(scenario, course, e);
      System.out.println(told);
      down();
      throw new AssertionError(told, e);
    }
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** What was offended comes first: summaries show only the beginning. */
  private static String told(Scenario scenario, Course course, Throwable offence) {
    Path logs = EVIDENCE.resolve(scenario.run());
    return "%s seed %d: %s%n%s%s%s%nevidence in %s"
        .formatted(
            scenario.kind(),
            scenario.seed(),
            offence.getMessage(),
            scenario.steps(),
            course,
            cluster.pods(),
            cluster.keepEvidence(logs));
  }

  private static void check(
      Replay replay, Witness witness, Notes notes, Writers writers, Set<String> givenUp) {
    assertThat(witness.overlaps()).as("I1").isEmpty();
    assertThat(replay.offences()).as("I3 to I6, I8").isEmpty();
    assertThat(new Copies(cluster).differences()).as("I9").isEmpty();
    for (int controller : cluster.shape().controllers()) {
      assertThat(notes.lost(cluster.api(controller))).as("I7 on %s", controller).isEmpty();
    }
    assertThat(writers.lost(givenUp)).as("records").isEmpty();
  }
}
