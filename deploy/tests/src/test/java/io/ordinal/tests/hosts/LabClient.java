package io.ordinal.tests.hosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    return of(cluster, KubectlTool.WEB_SOCKET, controller, Path.of("/dev/null"), List.of(words));
  }

  /**
   * @param controller whom it speaks to
   * @param input what it reads
   */
  static LabClient of(
      LabCluster cluster, KubectlTool tool, int controller, Path input, List<String> words) {
    try {
      Path output = Files.createTempFile(cluster.lab().directory(), "client", ".out");
      ProcessBuilder builder = new ProcessBuilder(tool.line(cluster, controller, words));
      builder.environment().putAll(tool.environment());
      builder.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
      builder.redirectInput(input.toFile());
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

  /** Anything at all, however much it is. */
  void awaitOutput(Duration patience) {
    Until.within(patience, "output", () -> Files.size(output) > 0);
  }

  void awaitEnd(Duration patience) {
    Until.within(patience, "the end of a client", () -> !process.isAlive(), this::text);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int code() {
    return process.exitValue();
  }

  /** One of this machine's, for a client that forwards it. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Kills it. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
