package io.ordinal.agent.driver.process;

import io.ordinal.agent.driver.process.Abilities.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what the machine allows by trying it, once, at the start of the agent. */
final class AbilityProbe {
  private static final Logger LOG = LoggerFactory.getLogger(AbilityProbe.class);
  private static final long PATIENCE_SECONDS = 10;

  /** Everything that a run with volumes does, in little. */
  private static final String REHEARSAL =
      "set -e; "
          + HostName.script("rehearsal")
          + "; mount -t tmpfs -o unbindable tmpfs \"$0\"; cd \"$0\"; mkdir usr etc proc;"
          + " mount --rbind /usr usr; mount --rbind /etc etc; mount -t proc proc proc;"
          + " ln -s usr/bin usr/sbin usr/lib usr/lib64 .; pivot_root . .; umount -l .";

  private final Path directory;

  /**
   * @param directory an existing empty one, as a place to mount on
   */
  AbilityProbe(Path directory) {
    this.directory = directory;
  }

  Abilities look() {
    for (boolean userNamespace : new boolean[] {false, true}) {
      Abilities wanted = new Abilities(Tree.NAMESPACE, true, userNamespace);
      if (works(wanted, REHEARSAL)) return wanted;
    }
    LOG.warn(
        "No namespaces for processes on this machine: volumes are found by ORDINAL_VOLUME_ only,"
            + " and processes are ended by a sweep over their environment");
    return Abilities.NONE;
  }

  private boolean works(Abilities wanted, String script) {
    List<String> command = new ArrayList<>(wanted.unshare());
    command.addAll(List.of("/bin/sh", "-c", script, directory.toString()));
    try {
      Process process =
          Launcher.quiet(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) return process.exitValue() == 0;
      process.destroyForcibly();
      return false;
    } catch (IOException e) {
      return false; // No such tool here.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
