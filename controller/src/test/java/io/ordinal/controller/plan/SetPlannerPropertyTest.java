package io.ordinal.controller.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.model.SetSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Safety and progress in worlds made from seeds. The checks of each step are in the world. */
class SetPlannerPropertyTest {
  static LongStream seeds() {
    return LongStream.range(0, 600);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void no_step_breaks_an_invariant_whatever_happens_outside(long seed) {
    Random random = random(seed);
    SetWorld world = new SetWorld(random);
    for (int step = 0; step < 150; step++) {
      look(world, random, seed, step);
      if (random.nextInt(4) == 0) world.suffer();
      world.live();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void reaches_the_spec_without_a_human_once_the_template_works(long seed) {
    Random random = random(seed);
    SetWorld world = new SetWorld(random);
    for (int step = 0; step < 40; step++) {
      look(world, random, seed, step);
      world.suffer();
      world.live();
    }
    world.mendTemplate();
    for (int step = 0; step < 400 && !world.matchesSpec(); step++) {
      look(world, random, seed, step);
      world.live();
    }
    assertThat(world.matchesSpec()).as("seed %d: %s", seed, world).isTrue();
    for (int step = 0; step < 20; step++) look(world, random, seed, step);
    assertThat(SetPlanner.plan(world.view(), world.now())).as("seed %d at rest", seed).isEmpty();
  }

  /** Neighbouring seeds begin with the same bits: unmixed, every world would be OrderedReady. */
  private static Random random(long seed) {
    return new Random((seed + 1) * 0x9E3779B97F4A7C15L);
  }

  @Test
  void worlds_are_of_every_sort() {
    List<SetSpec> specs =
        seeds().mapToObj(seed -> new SetWorld(random(seed)).view().spec()).toList();
    assertThat(specs).extracting(SetSpec::ordered).contains(true, false);
    assertThat(specs)
        .extracting(spec -> spec.update().getClass().getSimpleName())
        .contains("OnDelete", "Rolling");
    assertThat(specs).extracting(SetSpec::start).contains(0, 1, 2);
  }

  /**
   * Takes some of the planned steps, in any order: they are carried out side by side, and the
   * controller may be interrupted between any two.
   */
  private static void look(SetWorld world, Random random, long seed, int step) {
    List<SetAction> plan = new ArrayList<>(SetPlanner.plan(world.view(), world.now()));
    Collections.shuffle(plan, random);
    int taken = random.nextInt(3) == 0 ? random.nextInt(plan.size() + 1) : plan.size();
    for (SetAction action : plan.subList(0, taken)) {
      try {
        world.obey(action);
      } catch (AssertionError broken) {
        throw new AssertionError(
            "seed " + seed + ", step " + step + ": " + action + " of " + plan + " in " + world,
            broken);
      }
    }
  }
}
