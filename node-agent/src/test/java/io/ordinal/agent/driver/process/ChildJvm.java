package io.ordinal.agent.driver.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Another JVM with the classes under test, which may be killed or have fewer rights. */
final class ChildJvm {
  private static final String NEEDED =
      ".*/(config|ordinal-proto|jackson-[a-z]+|slf4j-api|logback-[a-z]+)-.*jar";

  private ChildJvm() {}

  /** Starts main with this JVM's class path. */
  static Process start(Class<?> main, String... arguments) throws IOException {
    return start(List.of(), System.getProperty("java.class.path"), main, arguments);
  }

  /** Starts main as nobody, with a copy of the classes that nobody may read. */
  static Process startAsNobody(Path copies, Class<?> main, String... arguments) throws IOException {
    List<String> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(":")) {
      Path source = Path.of(entry);
      if (Files.isDirectory(source)) path.add(copyTree(source, copies).toString());
      else if (entry.matches(NEEDED)) {
        path.add(Files.copy(source, copies.resolve(source.getFileName())).toString());
      }
    }
    List<String> prefix = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    return start(prefix, String.join(":", path), main, arguments);
  }

  /** Everything that the process says until it ends. */
  static String output(Process process) {
    return reader(process).lines().collect(Collectors.joining("\n"));
  }

  static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static Process start(
      List<String> prefix, String classPath, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static Path copyTree(Path source, Path copies) throws IOException {
    Path target = Files.createTempDirectory(copies, "classes");
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Path copy = target.resolve(source.relativize(file).toString());
        if (Files.isDirectory(file)) Files.createDirectories(copy);
        else Files.copy(file, copy);
      }
    }
    new ProcessBuilder("chmod", "-R", "a+rX", target.toString()).start().onExit().join();
    return target;
  }
}
