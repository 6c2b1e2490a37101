package io.ordinal.tests.hosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A kubectl that goes on until it ends or is killed. */
final class LabClient implements AutoCloseable {
  private final Process process;
  private final Path output;

  private LabClient(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * @param controller whom it speaks to
   */
  static LabClient of(LabCluster cluster, int controller, String... words) {
    List<String> line = new ArrayList<>(cluster.kubectlWords(controller));
    line.addAll(List.of(words));
    try {
      Path output = Files.createTempFile(cluster.lab().directory(), "client", ".out");
      ProcessBuilder builder = new ProcessBuilder(line);
      builder.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
      builder.redirectInput(Path.of("/dev/null").toFile());
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      return new LabClient(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that it wrote. */
  String text() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitText(String text, Duration patience) {
    Until.within(patience, text, () -> text().contains(text), this::text);
  }

  void awaitEnd(Duration patience) {
    Until.within(patience, "the end of a client", () -> !process.isAlive(), this::text);
  }

  int code() {
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
