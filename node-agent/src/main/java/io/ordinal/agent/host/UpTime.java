package io.ordinal.agent.host;

import java.time.Duration;

/** The clock that leases are counted on (CLOCK_BOOTTIME), the one that launchers read too. */
public interface UpTime {
  /** Tells one start of the machine from another. */
  String bootId();

  /** Since the machine was started, suspension included. Quick: it reads no disk. */
  Duration now();
}
