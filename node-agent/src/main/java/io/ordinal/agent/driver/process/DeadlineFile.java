package io.ordinal.agent.driver.process;

import io.ordinal.agent.driver.BootClock;
import io.ordinal.agent.driver.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * The deadline as launchers read it: one line {@code BOOT-ID SECONDS.HUNDREDTHS}, replaced by
 * rename. A file that is missing or of another boot means that the deadline has passed.
 */
public final class DeadlineFile implements Deadline {
  private static final long MILLIS_PER_HUNDREDTH = 10;
  private static final long HUNDREDTHS_PER_SECOND = 100;

  private final Path file;
  private final BootClock clock;

  /**
   * @param file the same for every driver of the node
   */
  public DeadlineFile(Path file, BootClock clock) {
    this.file = file;
    this.clock = clock;
  }

  @Override
  public synchronized void moveTo(Duration sinceBoot) {
    long hundredths = Math.max(0, sinceBoot.toMillis() / MILLIS_PER_HUNDREDTH);
    String line =
        String.format(
            Locale.ROOT,
            "%s %d.%02d%n",
            clock.bootId(),
            hundredths / HUNDREDTHS_PER_SECOND,
            hundredths % HUNDREDTHS_PER_SECOND);
    try {
      Path next = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(next, line);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot move the deadline in " + file, e);
    }
  }

  /** Whether launchers, looking now, would end fenced runs. */
  boolean passed() {
    return current().map(deadline -> clock.now().compareTo(deadline) >= 0).orElse(true);
  }

  @Override
  public Optional<Duration> current() {
    try {
      String[] words = Files.readString(file).strip().split(" ");
      if (words.length != 2 || !words[0].equals(clock.bootId())) return Optional.empty();
      long hundredths = Long.parseLong(words[1].replace(".", ""));
      return Optional.of(Duration.ofMillis(hundredths * MILLIS_PER_HUNDREDTH));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  Path file() {
    return file;
  }
}
