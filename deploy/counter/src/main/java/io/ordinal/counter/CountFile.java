package io.ordinal.counter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A number on disk; what {@link #increment} returned survives any crash. */
final class CountFile {
  private final Path directory;
  private long value;

  CountFile(Path directory) throws IOException {
    this.directory = directory.toAbsolutePath().normalize();
    Files.createDirectories(this.directory);
    this.value = Files.exists(file()) ? Long.parseLong(Files.readString(file()).strip()) : 0;
  }

  Path directory() {
    return directory;
  }

  synchronized long value() {
    return value;
  }

  /** Written beside and renamed, so that a crash leaves the old number or the new one. */
  synchronized long increment() throws IOException {
    Path beside = directory.resolve("count.new");
    try (FileChannel channel =
        FileChannel.open(
            beside,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.write(ByteBuffer.wrap((value + 1 + "\n").getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.move(beside, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    value++;
    return value;
  }

  private Path file() {
    return directory.resolve("count");
  }
}
