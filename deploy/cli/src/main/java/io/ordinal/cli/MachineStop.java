package io.ordinal.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether systemd is switching this machine off, or starting it anew. A member that is stopped for
 * that does not come back soon, and nothing that it leaves running goes on.
 */
final class MachineStop {
  private static final Logger LOG = LoggerFactory.getLogger(MachineStop.class);
  private static final String STOPPING = "stopping";
  private static final long PATIENCE_SECONDS = 3;

  private MachineStop() {}

  /** False where systemd does not answer, or is not there. Blocks for a moment. */
  static boolean underway() {
    try {
      Process asked =
          new ProcessBuilder("systemctl", "is-system-running")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean answered = asked.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!answered) asked.destroyForcibly();
      String state =
          new String(asked.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      if (answered) LOG.info("stopped while the machine is: {}", state);
      return answered && state.equals(STOPPING);
    } catch (IOException noSystemd) {
      return false;
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
