package io.ordinal.member.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a data directory had before something was tried in it. When that fails, what came since goes
 * again, so that the next attempt finds what this one found.
 */
public final class Before {
  /** The directory, its parts, and what lies in those. */
  private static final int DEPTH = 2;

  private final Path directory;
  private final Set<Path> had;

  private Before(Path directory, Set<Path> had) {
    this.directory = directory;
    this.had = had;
  }

  /**
   * @param directory may not be there yet
   */
  public static Before of(Path directory) throws IOException {
    return new Before(directory, Set.copyOf(present(directory, DEPTH)));
  }

  /** Removes what came since, with all that is below it. */
  public void takeBack() throws IOException {
    for (Path each : present(directory, DEPTH)) {
      if (had.contains(each)) continue;
      for (Path below : present(each, Integer.MAX_VALUE)) Files.delete(below);
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
