package io.ordinal.agent.watchdog;

import java.io.IOException;

/** Something that resets this machine, or this service, once it was not fed for a while. */
interface Watchdog {
  void feed() throws IOException;

  /** It need not be fed any more, where it can be told. */
  void dismiss() throws IOException;
}
