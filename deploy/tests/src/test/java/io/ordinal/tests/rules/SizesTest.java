package io.ordinal.tests.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file is one idea, and every package says what it is for. */
class SizesTest {
  private static final int MOST_LINES = 400;
  private static final int MOST_COLUMNS = 120;
  private static final Path CLONE = Path.of("../..").toAbsolutePath().normalize();

  @Test
  void no_file_is_too_long_and_no_line_too_wide() throws IOException {
    List<String> faults = new ArrayList<>();
    for (Path file : sources()) {
      List<String> lines = Files.readAllLines(file);
      if (lines.size() > MOST_LINES) faults.add(file + " has " + lines.size() + " lines");
      for (int line = 0; line < lines.size(); line++) {
        if (lines.get(line).length() > MOST_COLUMNS)
          faults.add(file + ":" + (line + 1) + " is too wide");
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void every_package_says_what_it_is_for() throws IOException {
    List<Path> silent =
        sources().stream()
            .filter(file -> file.toString().contains("/src/main/"))
            .map(Path::getParent)
            .distinct()
            .filter(directory -> !Files.exists(directory.resolve("package-info.java")))
            .toList();
    assertThat(silent).isEmpty();
  }

  @Test
  void ordinary_files_are_small() throws IOException {
    List<Integer> sizes = new ArrayList<>();
    for (Path file : sources()) {
      if (file.toString().contains("/src/main/")) sizes.add(Files.readAllLines(file).size());
    }
    sizes.sort(null);
    assertThat(sizes.get(sizes.size() / 2)).as("median lines of a file").isLessThan(100);
    assertThat(sizes.get(sizes.size() * 9 / 10)).as("p90 lines of a file").isLessThan(250);
  }

  static List<Path> sources() throws IOException {
    try (Stream<Path> tree = Files.walk(CLONE)) {
      return tree.filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("/target/"))
          .sorted()
          .toList();
    }
  }
}
