package io.ordinal.controller.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses and returns: never two at once, and all of them again once nothing bad happens. */
class LossPropertyTest {
  private static final int STEPS = 600;

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void no_identity_runs_twice_and_all_of_them_run_after_the_faults(long seed) {
    LossWorld world = new LossWorld(new Random((seed + 1) * 0x9E3779B97F4A7C15L));
    for (int step = 0; step < STEPS; step++) {
      try {
        world.step();
      } catch (AssertionError broken) {
        throw new AssertionError("seed " + seed + " step " + step, broken);
      }
    }
    for (int round = 0; round < 40 && !world.settled(); round++) world.heal();
    assertThat(world.settled()).as("seed %d%s", seed, world.told()).isTrue();
  }
}
