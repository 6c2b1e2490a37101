package io.ordinal.cli.up;

import io.ordinal.member.directory.DataDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts {@code ordinal server} as a process of its own, which lives on when the terminal closes.
 */
public final class Launch {
  private static final int LAST_LINES = 15;
  private static final String ERROR = "error: ";

  private final DataDirectory directory;
  private long saidBefore = Long.MAX_VALUE; // Nothing was started here yet.

  public Launch(DataDirectory directory) {
    this.directory = directory;
  }

  /**
   * What the member prints before its own log is set up, and when it dies of something it does not
   * catch.
   */
  public Path output() {
    return directory.log().resolveSibling("member.out");
  }

  public Process start() throws IOException {
    if (!Files.exists(output())) {
      Files.createFile(
          output(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    saidBefore = Files.size(output());
    List<String> command = new ArrayList<>();
    command.add("setsid");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(memberOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.ordinal.cli.Ordinal"));
    command.addAll(List.of("server", "--config", directory.configuration().toString()));
    return new ProcessBuilder(command)
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
        .redirectErrorStream(true)
        .start();
  }

  /**
   * What the member that was started here said last: its error when it ended of one. Nothing of
   * what others said before it into the same file.
   */
  public String lastWords() throws IOException {
    if (!Files.exists(output())) return "";
    byte[] all = Files.readAllBytes(output());
    int begin = (int) Math.min(saidBefore, all.length);
    List<String> lines =
        new String(all, begin, all.length - begin, StandardCharsets.UTF_8).lines().toList();
    if (lines.isEmpty()) return "";
    String last = lines.get(lines.size() - 1);
    if (last.startsWith(ERROR)) {
      return ": " + last.substring(ERROR.length()) + "\n(more in " + output() + ")";
    }
    return ":\n"
        + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  /**
   * The JVM options of a member come from the launcher script, so that a service file and {@code
   * up} agree.
   */
  private List<String> memberOptions() {
    List<String> options =
        new ArrayList<>(List.of(System.getProperty("ordinal.member.options", "").split("\\s+")));
    options.removeIf(String::isEmpty);
    options.add("-Duser.home=" + System.getProperty("user.home"));
    options.add("-Dordinal.log=" + directory.log());
    options.add("-Dordinal.lib=" + System.getProperty("ordinal.lib", "."));
    options.add("-Dordinal.home=" + System.getProperty("ordinal.home", "."));
    return options;
  }
}
