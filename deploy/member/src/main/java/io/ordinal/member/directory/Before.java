package io.ordinal.member.directory;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a data directory had before something was tried in it. When that fails, what came since goes
 * again, so that the next attempt finds what this one found. Nobody else begins in the directory
 * meanwhile: until this is closed it is claimed, as by a member.
 */
public final class Before implements AutoCloseable {
  /** The directory, its parts, and what lies in those. */
  private static final int DEPTH = 2;

  private final DataDirectory directory;
  private final boolean made;
  private final Set<Path> had;
  private boolean takenBack;

  private Before(DataDirectory directory, boolean made, Set<Path> had) {
    this.directory = directory;
    this.made = made;
    this.had = had;
  }

  /**
   * Claims the directory, which is made where it is not there yet.
   *
   * @throws IllegalStateException when a member, or another attempt, has it
   */
  public static Before of(DataDirectory directory) throws IOException {
    boolean made = !Files.exists(directory.path());
    if (made) PrivateFiles.directory(directory.path());
    directory.claim();
    return new Before(directory, made, Set.copyOf(present(directory.path(), DEPTH)));
  }

  /** Removes what came since, with all that is below it. */
  public void takeBack() throws IOException {
    for (Path each : present(directory.path(), DEPTH)) {
      if (had.contains(each)) continue;
      for (Path below : present(each, Integer.MAX_VALUE)) Files.delete(below);
    }
    takenBack = true;
  }

  /** Lets others into the directory; one that was made and is taken back goes with the claim. */
  @Override
  public void close() throws IOException {
    directory.release();
    if (!made || !takenBack) return;
    try {
      Files.deleteIfExists(directory.path());
    } catch (DirectoryNotEmptyException others) {
      return; // Somebody began here as soon as it was let go.
    }
  }

  /** The innermost first. */
  private static List<Path> present(Path from, int depth) throws IOException {
    if (!Files.exists(from)) return List.of();
    try (Stream<Path> tree = Files.walk(from, depth)) {
      return tree.sorted(Comparator.reverseOrder()).collect(Collectors.toList());
    }
  }
}
