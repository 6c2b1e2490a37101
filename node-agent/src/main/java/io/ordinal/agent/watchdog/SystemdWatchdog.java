package io.ordinal.agent.watchdog;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * systemd's watchdog of this service ({@code WatchdogSec=}, with {@code NotifyAccess=all}); what it
 * does to the machine says the unit, as {@code deploy/systemd/watchdog.conf} has it.
 */
final class SystemdWatchdog implements Watchdog {
  static final String NOTIFY = "systemd-notify";
  private static final long PATIENCE_SECONDS = 5;
  private final String notify;

  /**
   * @param notify the command that tells systemd what it is given
   */
  SystemdWatchdog(String notify) {
    this.notify = notify;
  }

  @Override
  public void feed() throws IOException {
    tell("WATCHDOG=1");
  }

  /**
   * Off until the service is started anew: it counts on while this JVM closes its store, and knows
   * no difference to a frozen one. By the period and not by STOPPING=1, which systemd heeds only of
   * a service that was ready, and which a late WATCHDOG=1 would undo.
   */
  @Override
  public void dismiss() throws IOException {
    tell("WATCHDOG_USEC=0");
  }

  private void tell(String word) throws IOException {
    ProcessBuilder told = new ProcessBuilder(notify, word);
    Process process =
        told.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try {
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!ended) process.destroyForcibly();
      if (!ended || process.exitValue() != 0) throw new IOException(notify + " failed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
