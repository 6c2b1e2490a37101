package io.ordinal.agent.watchdog;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * systemd's watchdog of this service ({@code WatchdogSec=}, with {@code NotifyAccess=all}); what it
 * does to the machine says the unit, as {@code deploy/systemd/watchdog.conf} has it.
 */
final class SystemdWatchdog implements Watchdog {
  private static final long PATIENCE_SECONDS = 5;

  @Override
  public void feed() throws IOException {
    ProcessBuilder notify = new ProcessBuilder("systemd-notify", "WATCHDOG=1");
    Process process =
        notify.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try {
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!ended) process.destroyForcibly();
      if (!ended || process.exitValue() != 0) throw new IOException("systemd-notify failed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** It stops by itself with the service. */
  @Override
  public void dismiss() {}
}
