package io.ordinal.member;

import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.setup.Setup;

/** Tells an actor system whether this machine's agent holds a session, for {@link SessionCheck}. */
final class SessionSetup extends Setup {
  private final BooleanSupplier held;

  /**
   * @param held must not block
   */
  SessionSetup(BooleanSupplier held) {
    this.held = held;
  }

  boolean held() {
    return held.getAsBoolean();
  }
}
