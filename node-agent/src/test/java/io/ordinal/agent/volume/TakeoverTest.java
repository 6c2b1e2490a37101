package io.ordinal.agent.volume;

import static org.assertj.core.api.Assertions.fail;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Of agents that take a volume from each other, however they and their hooks are held up. */
class TakeoverTest {
  private static final int SEEDS = 2000;

  private static Claimants world(int seed, boolean several) {
    Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
    Claimants world = new Claimants(random, several);
    for (int life = 0; life < 5; life++) {
      String identity = "test/" + (random.nextInt(3) == 0 ? "b-0" : "a-0");
      world.add(identity, 5 + life, "machine-" + random.nextInt(3));
    }
    return world;
  }

  @Test
  void one_machine_writes_at_a_time_and_no_late_hook_shuts_out_its_successor() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Claimants world = world(seed, false);
      for (int step = 0; step < 400; step++) world.step();
      world.settle();
      if (!world.latestHasIt()) fail("seed " + seed + "\n" + world);
    }
  }

  @Test
  void where_several_may_have_it_only_lives_of_one_identity_exclude_each_other() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Claimants world = world(seed, true);
      for (int step = 0; step < 200; step++) world.step();
      world.settle();
      if (!world.latestHasIt()) fail("seed " + seed + "\n" + world);
    }
  }
}
