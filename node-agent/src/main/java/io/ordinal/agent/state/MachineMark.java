package io.ordinal.agent.state;

import io.ordinal.protocol.id.MachineId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which machine a state directory belongs to. A copy of it on another one would speak for lives
 * that may run on the first, so it is refused there.
 */
final class MachineMark {
  private MachineMark() {}

  /**
   * Takes the directory for this machine, unless it is another's.
   *
   * @param machine empty when it cannot be told; then nothing is compared
   */
  static void claim(StatePaths paths, Optional<MachineId> machine) throws IOException {
    if (machine.isEmpty()) return;
    Path file = paths.machine();
    Optional<String> owner = owner(file);
    if (owner.isEmpty()) {
      SealedFile.write(file, machine.get().value().getBytes(StandardCharsets.US_ASCII));
    } else if (!owner.get().equals(machine.get().value())) {
      throw new IOException(refusal(paths, owner.get(), machine.get()));
    }
  }

  /** A damaged mark says nothing; the controllers still tell machines apart. */
  private static Optional<String> owner(Path file) throws IOException {
    try {
      return SealedFile.read(file).map(bytes -> new String(bytes, StandardCharsets.US_ASCII));
    } catch (SealedFile.Damaged damaged) {
      SealedFile.setAside(file);
      return Optional.empty();
    }
  }

  private static String refusal(StatePaths paths, String owner, MachineId here) {
    return "%s was written by another machine (%s, this one is %s)"
            .formatted(paths.root(), owner, here)
        + ". If it is a copy, remove the node's directory and give this machine a name of its own."
        + " If the disk was moved here, or this machine got another machine id, make sure that"
        + " nothing runs on the old one, then remove %s: that is your word for it"
            .formatted(paths.machine());
  }
}
