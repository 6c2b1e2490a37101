package io.ordinal.agent.boot;

import io.ordinal.protocol.id.MachineId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What this machine is told from others by. */
final class MachineIdentity {
  private static final List<Path> FILES =
      List.of(Path.of("/etc/machine-id"), Path.of("/var/lib/dbus/machine-id"));

  /** The files are said to be secret: what leaves the machine must not lead back to them. */
  private static final String MIXED_WITH = "ordinal.io/machine/1\n";

  private static final int BYTES = 16;

  private MachineIdentity() {}

  /**
   * Blocks.
   *
   * @param configured what an operator gave it; blank for the machine's own files
   * @return empty when there is nothing to tell it by
   */
  static Optional<MachineId> find(String configured) throws IOException {
    return configured.isBlank() ? among(FILES) : Optional.of(mixed(configured.strip()));
  }

  /** The first of the files that says something. */
  static Optional<MachineId> among(List<Path> files) throws IOException {
    for (Path file : files) {
      if (!Files.isReadable(file)) continue;
      String text = Files.readString(file, StandardCharsets.UTF_8).strip();
      // While a fresh image is started for the first time, systemd has this word there.
      if (!text.isEmpty() && !text.equals("uninitialized")) return Optional.of(mixed(text));
    }
    return Optional.empty();
  }

  private static MachineId mixed(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((MIXED_WITH + text).getBytes(StandardCharsets.UTF_8));
      return new MachineId(HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JVM has SHA-256", impossible);
    }
  }
}
