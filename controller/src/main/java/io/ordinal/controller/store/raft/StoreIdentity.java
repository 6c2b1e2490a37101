package io.ordinal.controller.store.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;

/** Which group a directory belongs to, and which member of it. */
record StoreIdentity(UUID group, UUID member, Stage stage) {
  /** What this directory has been so far; only a member may have voted. */
  enum Stage {
    /** Begins a group of one at its first start. */
    FOUNDING,
    /** Waits until the group adds it. */
    JOINING,
    /** Has had a vote: without its log it must not come back under this identity. */
    MEMBER
  }

  /** What a store has besides, which alone is damage and no loss. */
  private static final List<String> PARTS = List.of("raft", "state");

  private static final String FORMAT = "ordinal-store 1";

  /**
   * Reads the identity of a directory, or makes it the founder of a fresh group.
   *
   * @throws IOException when the file is not one of ours
   */
  static StoreIdentity of(Path directory, Supplier<UUID> fresh) throws IOException {
    if (!exists(file(directory)))
      write(directory, new StoreIdentity(fresh.get(), fresh.get(), Stage.FOUNDING));
    return read(directory);
  }

  /**
   * Prepares a directory to join a group; a second time it answers as the first time.
   *
   * @throws IOException when the directory belongs to another group
   */
  static StoreIdentity joining(Path directory, UUID group, Supplier<UUID> fresh)
      throws IOException {
    if (!exists(file(directory)))
      write(directory, new StoreIdentity(group, fresh.get(), Stage.JOINING));
    StoreIdentity found = read(directory);
    if (!found.group().equals(group))
      throw new IOException(
          "expected the group " + group + " in " + directory + ", found " + found.group());
    return found;
  }

  /**
   * Whether this directory has been given an identity.
   *
   * @throws IOException when that cannot be told, or a store is there without its identity
   */
  static boolean isIn(Path directory) throws IOException {
    if (exists(file(directory))) return true;
    for (String part : PARTS) {
      Path rest = directory.resolve(part);
      if (exists(rest)) throw new IOException("expected " + file(directory) + " beside " + rest);
    }
    return false;
  }

  /** A disk that cannot be read is not an empty one. */
  private static boolean exists(Path path) throws IOException {
    try {
      Files.readAttributes(path, BasicFileAttributes.class);
      return true;
    } catch (NoSuchFileException missing) {
      return false;
    }
  }

  /** From now on this directory has a vote in its group. */
  void becomeMember(Path directory) throws IOException {
    write(directory, new StoreIdentity(group, member, Stage.MEMBER));
  }

  private static Path file(Path directory) {
    return directory.resolve("identity");
  }

  static StoreIdentity read(Path directory) throws IOException {
    Path file = file(directory);
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 3 || lines.size() > 4 || !lines.get(0).equals(FORMAT))
      throw new IOException("expected '" + FORMAT + "' in " + file + ", found " + lines);
    Stage stage =
        lines.size() == 3 ? Stage.FOUNDING : Stage.valueOf(lines.get(3).toUpperCase(Locale.ROOT));
    return new StoreIdentity(UUID.fromString(lines.get(1)), UUID.fromString(lines.get(2)), stage);
  }

  /** By rename, so that a crash leaves the whole file or none. */
  static void write(Path directory, StoreIdentity identity) throws IOException {
    Files.createDirectories(directory);
    Path file = file(directory);
    Path unfinished = file.resolveSibling("identity.tmp");
    String stage = identity.stage().name().toLowerCase(Locale.ROOT);
    String text =
        String.join(
            "\n", FORMAT, identity.group().toString(), identity.member().toString(), stage, "");
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
