package io.ordinal.agent.state;

import io.ordinal.agent.disk.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A file that is there whole or not at all: written beside, forced, renamed. A line with a checksum
 * goes before the content, so that damage is noticed.
 */
final class SealedFile {
  private static final String HEADING = "ordinal-agent-state/1 ";
  private static final String ASIDE = ".damaged";
  private static final int CHECKSUM_DIGITS = 8;
  private static final int HEADER_LENGTH = HEADING.length() + CHECKSUM_DIGITS + 1;

  private SealedFile() {}

  /** Completes only when content and name are on disk. */
  static void write(Path file, byte[] content) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER_LENGTH + content.length);
    bytes.put(header(content)).put(content);
    WholeFile.replace(file, bytes.array());
  }

  /** Makes directories whose names are on disk when this returns. */
  static void makeDirectories(Path directory) throws IOException {
    if (Files.isDirectory(directory)) return;
    makeDirectories(directory.getParent());
    Files.createDirectories(directory);
    WholeFile.forceNames(directory.getParent());
  }

  /**
   * @return empty when there is no such file
   * @throws Damaged when it is not what was written
   */
  static Optional<byte[]> read(Path file) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
    if (bytes.length < HEADER_LENGTH) {
      throw new Damaged(file + " has " + bytes.length + " bytes, too few for a state file");
    }
    byte[] content = Arrays.copyOfRange(bytes, HEADER_LENGTH, bytes.length);
    if (!Arrays.equals(header(content), Arrays.copyOf(bytes, HEADER_LENGTH))) {
      throw new Damaged(file + " does not begin with the checksum of its content");
    }
    return Optional.of(content);
  }

  /** Moves a damaged file out of the way and tells where it is now. */
  static Path setAside(Path file) throws IOException {
    int number = 1;
    Path aside = file.resolveSibling(file.getFileName() + ASIDE);
    while (Files.exists(aside)) {
      number++;
      aside = file.resolveSibling(file.getFileName() + ASIDE + number);
    }
    return Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
  }

  private static byte[] header(byte[] content) {
    CRC32C checksum = new CRC32C();
    checksum.update(content);
    String digits = HexFormat.of().toHexDigits((int) checksum.getValue());
    return (HEADING + digits + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** What stands on disk is not what was written. */
  static final class Damaged extends IOException {
    Damaged(String message) {
      super(message);
    }
  }
}
