package io.ordinal.agent.drill;

import io.ordinal.protocol.agent.FrontDoorRequest.Injected.State;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is on disk of one fault: {@code plan}, written before anything is done, and the files that
 * the script puts there; see fault.sh.
 */
record FaultDirectory(Path path) {
  private static final String PLAN = "plan";
  private static final Map<String, State> SAID =
      Map.of(
          "failed", State.FAILED,
          "reverted", State.REVERTED,
          "active", State.ACTIVE);
  private static final List<String> LATEST_FIRST = List.of("failed", "reverted", "active");
  private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000);

  /**
   * @param at when it came to this
   */
  record Standing(State state, String message, Instant at) {
    boolean over() {
      return state != State.ACCEPTED && state != State.ACTIVE;
    }
  }

  String drill() {
    return path.getFileName().toString();
  }

  boolean exists() {
    return Files.exists(path.resolve(PLAN));
  }

  /** The last step before the script: without it nothing was done. */
  void write(String plan) throws IOException {
    Files.createDirectories(path);
    put(PLAN, plan);
  }

  void askToRevert() throws IOException {
    put("revert", "");
  }

  /** As the script would say it. */
  void say(State state, String message, Instant at) throws IOException {
    String name =
        SAID.entrySet().stream()
            .filter(each -> each.getValue() == state)
            .findFirst()
            .orElseThrow()
            .getKey();
    put(name, "%d.%09d %s%n".formatted(at.getEpochSecond(), at.getNano(), message));
  }

  private void put(String name, String content) throws IOException {
    Path next = path.resolve(name + ".new");
    Files.writeString(next, content);
    Files.move(next, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  Standing standing() throws IOException {
    for (String name : LATEST_FIRST) {
      Optional<String> line = line(name);
      if (line.isEmpty()) continue;
      String[] words = line.get().split(" ", 2);
      BigDecimal seconds = new BigDecimal(words[0]);
      long nanos = seconds.remainder(BigDecimal.ONE).multiply(NANOS_PER_SECOND).longValue();
      return new Standing(
          SAID.get(name),
          words.length > 1 ? words[1] : "",
          Instant.ofEpochSecond(seconds.longValue(), nanos));
    }
    Instant accepted = Files.getLastModifiedTime(path.resolve(PLAN)).toInstant();
    return new Standing(State.ACCEPTED, "", accepted);
  }

  /** Whether the fault may have been done. */
  boolean begun() {
    return Files.exists(path.resolve("begun"));
  }

  /** The machine's start that the plan belongs to. */
  String bootId() throws IOException {
    return line("boot").orElse("");
  }

  void writeBootId(String bootId) throws IOException {
    Files.createDirectories(path);
    put("boot", bootId + "\n");
  }

  /** Whether somebody waits to undo it. */
  boolean attended() throws IOException {
    Optional<String> line = line("script");
    if (line.isEmpty()) return false;
    String[] words = line.get().split(" ");
    try {
      String stat = Files.readString(Path.of("/proc", words[0], "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return !fields[0].equals("Z") && fields[START_TICKS].equals(words[1]);
    } catch (IOException gone) {
      return false;
    }
  }

  /** Field 22 of /proc/PID/stat, counted after the name. */
  private static final int START_TICKS = 19;

  private Optional<String> line(String name) throws IOException {
    try {
      String content = Files.readString(path.resolve(name)).strip();
      return content.isEmpty() ? Optional.empty() : Optional.of(content);
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }
}
