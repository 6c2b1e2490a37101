package io.ordinal.tests.hosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What became of every scenario: a line each, kept in a file as soon as it is known. */
final class Ledger {
  private static final String LINE = "%-30s %5s  %-8s %9s %7s  %s";
  private static final int LONGEST_WORD = 100;
  private final Path file;
  private final List<String> lines = new ArrayList<>();

  /**
   * @param file is added to
   */
  Ledger(Path file) {
    this.file = file;
  }

  /**
   * @param healed from the end of the last fault until all was well
   * @param whole the scenario with everything that was checked after it
   */
  void held(Scenario scenario, Duration healed, Duration whole) {
    add(scenario, "held", seconds(healed), whole, "");
  }

  /**
   * @param offence only its first line is kept
   */
  void offended(Scenario scenario, Duration whole, Throwable offence) {
    String first = String.valueOf(offence.getMessage()).strip().lines().findFirst().orElse("");
    String word = first.substring(0, Math.min(first.length(), LONGEST_WORD));
    add(scenario, "OFFENDED", "-", whole, word);
  }

  private void add(
      Scenario scenario, String verdict, String healed, Duration whole, String offence) {
    String line =
        LINE.formatted(scenario.kind(), scenario.seed(), verdict, healed, seconds(whole), offence);
    lines.add(line.strip());
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(
          file, line.strip() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1e3);
  }

  /** All of this run under a heading; empty when there was none. */
  @Override
  public String toString() {
    if (lines.isEmpty()) return "";
    String heading = LINE.formatted("scenario", "seed", "verdict", "whole (s)", "all (s)", "");
    return "\n" + heading.strip() + "\n" + String.join("\n", lines) + "\n";
  }
}
