package io.ordinal.controller.cluster;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.pekko.actor.setup.Setup;

/** Hands an actor system the age of the store's copy, for {@link StoreCopyCheck}. */
public final class StoreCopySetup extends Setup {
  private final Supplier<Duration> age;

  /**
   * @param age how old the copy may be; must not block
   */
  public StoreCopySetup(Supplier<Duration> age) {
    this.age = age;
  }

  Duration age() {
    return age.get();
  }
}
