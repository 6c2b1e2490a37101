package io.ordinal.controller.store.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Which group a directory belongs to, and which member of it. Written once, at the first start. */
record StoreIdentity(UUID group, UUID member) {
  private static final String FORMAT = "ordinal-store 1";

  /**
   * Reads the identity of a directory, or gives it a fresh one.
   *
   * @throws IOException when the file is not one of ours
   */
  static StoreIdentity of(Path directory, Supplier<UUID> fresh) throws IOException {
    Path file = directory.resolve("identity");
    if (!Files.exists(file)) {
      Files.createDirectories(directory);
      write(file, new StoreIdentity(fresh.get(), fresh.get()));
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() != 3 || !lines.get(0).equals(FORMAT))
      throw new IOException("expected '" + FORMAT + "' in " + file + ", found " + lines);
    return new StoreIdentity(UUID.fromString(lines.get(1)), UUID.fromString(lines.get(2)));
  }

  /** By rename, so that a crash leaves the whole file or none. */
  private static void write(Path file, StoreIdentity identity) throws IOException {
    Path unfinished = file.resolveSibling("identity.tmp");
    String text = FORMAT + "\n" + identity.group() + "\n" + identity.member() + "\n";
    Files.writeString(unfinished, text, UTF_8);
    force(unfinished);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    force(file.getParent());
  }

  /** Forces a file, or the names in a directory, to the disk. */
  static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
