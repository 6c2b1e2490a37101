package io.ordinal.tests.hosts;

import io.ordinal.tests.hosts.Step.Aim;
import io.ordinal.tests.hosts.Step.Harm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * A course of steps, chosen by a seed and by nothing else.
 *
 * @param kind what it is about
 */
record Scenario(Kind kind, long seed, List<Step> steps) {
  static final String FENCED = "fenced";
  static final String KEPT = "kept";
  static final String REDIS = "redis";
  static final int REPLICAS = 3;

  private static final int FIRST_KINDS = 16; // More kinds change nothing of what a seed means.
  private static final int LEASE_AND_MORE_MILLIS = 12_000;

  /** What may happen. */
  enum Kind {
    NODE_KILLED,
    NODE_POWERED_OFF,
    NODE_CUT_OFF,
    NODE_FLAPS,
    MEMBER_KILLED,
    MEMBER_FROZEN,
    NODE_REINSTALLED,
    KILLED_DURING_SCALE,
    KILLED_DURING_UPDATE,
    ANNOTATION_CHANGED_DURING_CUT,
    LEADER_KILLED,
    LEADER_FROZEN,
    SINGLETON_KILLED,
    CONTROLLER_CUT_OFF,
    CONTROLLER_STORE_WIPED,
    POWER_CYCLE,
    MEMBER_FROZEN_LONG,
    CONTROLLERS_PARTITIONED,
    MEMBERSHIP_CHANGED,
    LATE_START,
    OLD_ORDERS,
    TWO_MACHINES_OF_ONE_NAME,
    NODE_WIPED,
    KILLED_AT_STEP_UP,
    KILLED_AT_STEP_DOWN,
    KILLED_AT_STEP_OF_UPDATE;

    /** Whether it only makes sense with more than one controller. */
    boolean needsMajority() {
      return switch (this) {
        case LEADER_KILLED,
            LEADER_FROZEN,
            SINGLETON_KILLED,
            CONTROLLER_CUT_OFF,
            CONTROLLER_STORE_WIPED,
            CONTROLLERS_PARTITIONED,
            MEMBERSHIP_CHANGED,
            OLD_ORDERS ->
            true;
        default -> false;
      };
    }
  }

  /** A name of lower case letters, digits and dashes. */
  String run() {
    return (kind + "-" + seed).toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @param controllers the first hosts
   * @param hosts all of them
   */
  static Scenario of(Kind kind, long seed, int controllers, int hosts) {
    Random random = new Random((seed * FIRST_KINDS + kind.ordinal() + 1) * 0x9E3779B97F4A7C15L);
    Dice dice = new Dice(random, controllers, hosts);
    return new Scenario(kind, seed, List.copyOf(dice.steps(kind)));
  }

  /** Draws from one source of chance, in a fixed order. */
  private static final class Dice {
    private final Random random;
    private final int controllers;
    private final int hosts;
    private final List<Step> steps = new ArrayList<>();

    Dice(Random random, int controllers, int hosts) {
      this.random = random;
      this.controllers = controllers;
      this.hosts = hosts;
    }

    List<Step> steps(Kind kind) {
      switch (kind) {
        case NODE_KILLED -> harmed(node(), Harm.KILL_NODE);
        case NODE_POWERED_OFF -> harmed(node(), Harm.POWER_OFF);
        case NODE_CUT_OFF -> harmed(node(), anyCut());
        case NODE_FLAPS -> harmed(node(), Harm.FLAP);
        case MEMBER_KILLED -> harmed(anywhere(), Harm.KILL_MEMBER);
        case MEMBER_FROZEN -> frozen(node());
        case NODE_REINSTALLED -> reinstalled();
        case KILLED_DURING_SCALE -> duringScale();
        case KILLED_DURING_UPDATE -> duringUpdate();
        case ANNOTATION_CHANGED_DURING_CUT -> annotated();
        case LEADER_KILLED -> harmed(new Aim.Leader(), pick(Harm.KILL_MEMBER, Harm.POWER_OFF));
        case LEADER_FROZEN -> frozen(new Aim.Leader());
        case SINGLETON_KILLED -> duringWork(new Aim.Singleton());
        case CONTROLLER_CUT_OFF ->
            harmed(controller(), pick(Harm.UNPLUG, Harm.CUT_FROM_CONTROLLERS, Harm.CUT_INCOMING));
        case CONTROLLER_STORE_WIPED -> harmed(controller(), Harm.WIPE_STORE);
        case POWER_CYCLE -> harmed(new Aim.All(), Harm.POWER_OFF);
        case MEMBER_FROZEN_LONG -> frozenLong();
        case CONTROLLERS_PARTITIONED -> partitioned();
        case MEMBERSHIP_CHANGED -> membership();
        case LATE_START -> lateStart();
        case OLD_ORDERS -> oldOrders();
        case TWO_MACHINES_OF_ONE_NAME -> twins();
        case NODE_WIPED -> wiped();
        case KILLED_AT_STEP_UP -> atStepUp();
        case KILLED_AT_STEP_DOWN -> atStepDown();
        case KILLED_AT_STEP_OF_UPDATE -> atStepOfUpdate();
      }
      return steps;
    }

    private void harmed(Aim aim, Harm harm) {
      pause(1_000);
      steps.add(new Step.Strike(aim, harm));
      pause(random.nextBoolean() ? LEASE_AND_MORE_MILLIS : 4_000);
      steps.add(new Step.Heal());
    }

    private void frozen(Aim aim) {
      pause(1_000);
      steps.add(new Step.Strike(aim, Harm.FREEZE));
      steps.add(new Step.Pause(Duration.ofSeconds(random.nextBoolean() ? 5 : 30)));
      steps.add(new Step.Heal());
    }

    /**
     * A machine that comes back empty under its old name: only a person can say that the old one is
     * no more.
     */
    private void reinstalled() {
      Aim.At aim = node();
      pause(1_000);
      steps.add(new Step.Strike(aim, Harm.KILL_NODE));
      steps.add(new Step.Strike(aim, Harm.WIPE_NODE));
      steps.add(new Step.Pause(Duration.ofSeconds(8 + random.nextInt(6))));
      steps.add(new Step.DeclareOff(aim.host()));
      pause(4_000);
      steps.add(new Step.Heal());
      steps.add(new Step.Pause(Duration.ofSeconds(10)));
      steps.add(new Step.DeclareWell(aim.host()));
      steps.add(new Step.GiveUp(aim.host()));
    }

    private void duringScale() {
      String set = pick(FENCED, KEPT, REDIS);
      steps.add(new Step.Scale(set, random.nextInt(REPLICAS)));
      pause(1_500);
      steps.add(new Step.Strike(anywhere(), pick(Harm.KILL_MEMBER, Harm.KILL_NODE, Harm.UNPLUG)));
      steps.add(new Step.Scale(set, REPLICAS));
      pause(LEASE_AND_MORE_MILLIS);
      steps.add(new Step.Heal());
    }

    private void duringUpdate() {
      steps.add(new Step.Update(pick(FENCED, KEPT, REDIS), "round-" + random.nextInt(1_000_000)));
      pause(2_500);
      steps.add(new Step.Strike(anywhere(), pick(Harm.KILL_MEMBER, Harm.KILL_NODE, Harm.UNPLUG)));
      pause(LEASE_AND_MORE_MILLIS);
      steps.add(new Step.Heal());
    }

    private void duringWork(Aim aim) {
      steps.add(new Step.Update(FENCED, "round-" + random.nextInt(1_000_000)));
      pause(1_500);
      harmed(aim, pick(Harm.KILL_MEMBER, Harm.FREEZE, Harm.UNPLUG));
    }

    /** Nobody can tell the node: by the time it is back, its session is over. */
    private void annotated() {
      String set = pick(FENCED, KEPT);
      Aim concerned = new Aim.HostOf(set + "-" + random.nextInt(REPLICAS));
      steps.add(new Step.Strike(controllers > 1 ? concerned : node(), Harm.UNPLUG));
      pause(LEASE_AND_MORE_MILLIS); // Before its end or after it.
      steps.add(new Step.Annotate(set, set.equals(FENCED) ? "manual" : "automatic"));
      steps.add(new Step.Pause(Duration.ofMillis(LEASE_AND_MORE_MILLIS + random.nextInt(4_000))));
      steps.add(new Step.Heal());
      pause(3_000);
      steps.add(new Step.Annotate(set, set.equals(FENCED) ? "automatic" : "manual"));
    }

    private void frozenLong() {
      steps.add(new Step.Strike(anywhere(), Harm.FREEZE));
      steps.add(new Step.Pause(Duration.ofSeconds(120)));
      steps.add(new Step.Heal());
    }

    private void partitioned() {
      pause(1_000);
      steps.add(new Step.Strike(minority(), Harm.CUT_FROM_THE_REST));
      steps.add(new Step.Pause(Duration.ofMillis(8_000 + random.nextInt(8_000))));
      steps.add(new Step.Heal());
    }

    /** One controller, with some of the machines that are none. */
    private Aim minority() {
      Set<Integer> side = new TreeSet<>(Set.of(random.nextInt(controllers)));
      for (int host = controllers; host < hosts; host++) if (random.nextBoolean()) side.add(host);
      return new Aim.Side(side);
    }

    /** A controller leaves while another is away, and joins as a new one while a node flaps. */
    private void membership() {
      int leaving = random.nextInt(controllers);
      int away = (leaving + 1 + random.nextInt(controllers - 1)) % controllers;
      steps.add(new Step.Strike(new Aim.At(away), pick(Harm.FREEZE, Harm.KILL_MEMBER)));
      pause(2_000);
      steps.add(new Step.Heal());
      pause(2_000);
      steps.add(new Step.Vote(leaving, false));
      steps.add(new Step.Strike(node(), Harm.FLAP));
      pause(4_000);
      steps.add(new Step.Vote(leaving, true));
      pause(4_000);
      steps.add(new Step.Heal());
    }

    /** The agent hears of a life when that has long ended elsewhere. */
    private void lateStart() {
      steps.add(new Step.Strike(node(), Harm.FREEZE));
      steps.add(new Step.Scale(FENCED, REPLICAS + 3));
      steps.add(new Step.Pause(Duration.ofMillis(9_000 + random.nextInt(8_000))));
      if (random.nextBoolean()) steps.add(new Step.Scale(FENCED, REPLICAS));
      steps.add(new Step.Heal());
      pause(3_000);
      steps.add(new Step.Scale(FENCED, REPLICAS));
    }

    /** Who looks after sets sleeps in the middle of it, and the world goes on. */
    private void oldOrders() {
      String set = pick(FENCED, KEPT, REDIS);
      steps.add(new Step.Scale(set, random.nextInt(2)));
      pause(1_500);
      steps.add(new Step.Strike(new Aim.Singleton(), Harm.FREEZE));
      steps.add(new Step.Pause(Duration.ofMillis(10_000 + random.nextInt(10_000))));
      steps.add(new Step.Scale(set, REPLICAS));
      pause(6_000);
      steps.add(new Step.Heal());
    }

    /** The name is free while its machine is away; then that one comes back. */
    private void twins() {
      Aim.At aim = node();
      steps.add(new Step.Strike(aim, pick(Harm.KILL_MEMBER, Harm.UNPLUG, Harm.POWER_OFF)));
      steps.add(new Step.Pause(Duration.ofMillis(8_000 + random.nextInt(6_000))));
      steps.add(new Step.Twin(aim.host(), true));
      steps.add(new Step.Pause(Duration.ofMillis(6_000 + random.nextInt(6_000))));
      steps.add(new Step.Heal());
      pause(LEASE_AND_MORE_MILLIS);
      steps.add(new Step.Twin(aim.host(), false));
    }

    /** Its workloads go on; only the agent's memory of them is lost. */
    private void wiped() {
      Aim.At aim = node();
      pause(1_000);
      steps.add(new Step.Strike(aim, Harm.WIPE_NODE));
      pause(LEASE_AND_MORE_MILLIS);
      steps.add(new Step.Heal());
      steps.add(new Step.Pause(Duration.ofSeconds(8)));
      steps.add(new Step.DeclareOff(aim.host()));
      steps.add(new Step.Pause(Duration.ofSeconds(10)));
      steps.add(new Step.DeclareWell(aim.host()));
      steps.add(new Step.GiveUp(aim.host()));
    }

    private void atStepUp() {
      String set = pick(FENCED, KEPT, REDIS);
      steps.add(new Step.Scale(set, 1));
      steps.add(new Step.Await(set, 1));
      steps.add(new Step.Scale(set, REPLICAS));
      struckAt(set, 12);
    }

    private void atStepDown() {
      String set = pick(FENCED, KEPT, REDIS);
      steps.add(new Step.Scale(set, random.nextInt(2)));
      struckAt(set, 9);
      steps.add(new Step.Scale(set, REPLICAS));
    }

    private void atStepOfUpdate() {
      String set = pick(FENCED, KEPT, REDIS);
      steps.add(new Step.Update(set, "round-" + random.nextInt(1_000_000)));
      struckAt(set, 24);
    }

    private void struckAt(String set, int changes) {
      steps.add(new Step.Moment(set, 1 + random.nextInt(changes)));
      steps.add(new Step.Strike(anywhere(), pick(Harm.KILL_MEMBER, Harm.KILL_NODE, Harm.UNPLUG)));
      pause(LEASE_AND_MORE_MILLIS);
      steps.add(new Step.Heal());
    }

    /** A host that is no controller, if there is one. */
    private Aim.At node() {
      return new Aim.At(
          controllers < hosts
              ? controllers + random.nextInt(hosts - controllers)
              : random.nextInt(hosts));
    }

    private Aim controller() {
      return new Aim.At(random.nextInt(controllers));
    }

    private Aim anywhere() {
      return new Aim.At(random.nextInt(hosts));
    }

    private Harm anyCut() {
      return pick(
          Harm.UNPLUG,
          Harm.CUT_BOTH,
          Harm.CUT_INCOMING,
          Harm.CUT_OUTGOING,
          Harm.CUT_FROM_CONTROLLERS);
    }

    private void pause(int mostMillis) {
      steps.add(new Step.Pause(Duration.ofMillis(random.nextInt(mostMillis))));
    }

    @SafeVarargs
    private <T> T pick(T... choices) {
      return choices[random.nextInt(choices.length)];
    }
  }
}
