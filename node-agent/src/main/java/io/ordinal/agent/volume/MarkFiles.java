package io.ordinal.agent.volume;

import io.ordinal.agent.disk.WholeFile;
import io.ordinal.agent.driver.Driver.LaunchRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * The marks of a shared volume, a file for each life: {@code owner-INCARNATION-LIFE}, where LIFE is
 * a number made of identity and machine. Older releases had one {@code owner-INCARNATION}: read,
 * and replaced when it changes. Blocks.
 */
final class MarkFiles {
  private static final String MARK = "owner-";

  /** Marks go with the end of lives: more often than this nobody takes some away at a stretch. */
  private static final int LOOKS = 100;

  private static final JsonMapper JSON = new JsonMapper();

  private final String volume;
  private final Path path;

  MarkFiles(String volume, Path path) {
    this.volume = volume;
    this.path = path;
  }

  /**
   * One for each life. Another node may take some away meanwhile, perhaps because it has written
   * them under another name: then all are read again.
   */
  List<SharedMark> all() throws IOException {
    for (int look = 1; look < LOOKS; look++) {
      try {
        return read();
      } catch (NoSuchFileException vanished) {
        continue;
      }
    }
    return read();
  }

  private List<SharedMark> read() throws IOException {
    List<SharedMark> marks = new ArrayList<>();
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) return marks;
    List<Path> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, MARK + "*[0-9]")) {
      files.forEach(names::add);
    }
    Collections.sort(names); // The old name of a life before its new one, which counts.
    for (Path name : names) {
      SharedMark mark = JSON.readValue(Files.readString(name), SharedMark.class);
      if (!mark.volume().equals(volume)) {
        throw new LaunchRefused(
            VolumeFiles.FAILED, path + " is volume " + mark.volume() + ", not " + volume);
      }
      marks.removeIf(mark::isOf);
      marks.add(mark);
    }
    return marks;
  }

  /** In place of what stood there for its life; on disk when it returns, whole or not at all. */
  void put(SharedMark mark) throws IOException {
    WholeFile.replace(fileOf(mark), JSON.writeValueAsString(mark).getBytes(StandardCharsets.UTF_8));
    forgetOld(mark);
  }

  /** No mark of this life is left. */
  void forget(SharedMark mark) throws IOException {
    forgetOld(mark);
    Files.deleteIfExists(fileOf(mark));
  }

  private void forgetOld(SharedMark mark) throws IOException {
    Path old = path.resolve(MARK + digits(mark.incarnation()));
    try {
      SharedMark found = JSON.readValue(Files.readString(old), SharedMark.class);
      if (found.isOf(mark)) Files.deleteIfExists(old);
    } catch (NoSuchFileException gone) {
      return;
    }
  }

  private Path fileOf(SharedMark mark) {
    byte[] life = (mark.identity() + "\n" + mark.stateUuid()).getBytes(StandardCharsets.UTF_8);
    UUID hash = UUID.nameUUIDFromBytes(life);
    return path.resolve(
        MARK + digits(mark.incarnation()) + "-" + digits(hash.getLeastSignificantBits() >>> 1));
  }

  private static String digits(long number) {
    return String.format("%020d", number);
  }
}
