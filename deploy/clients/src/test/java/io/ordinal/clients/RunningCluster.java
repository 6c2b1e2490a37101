package io.ordinal.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A cluster of one member as a user has it: the command {@code ordinal up}, and a kubeconfig. */
final class RunningCluster implements AutoCloseable {
  private static final Path DEPLOY = Path.of("..").toAbsolutePath().normalize();
  private static final long PATIENCE_SECONDS = 240; // Building what is not built is part of it.

  private final Path root;

  private RunningCluster(Path root) {
    this.root = root;
  }

  static RunningCluster started() {
    try {
      RunningCluster cluster = new RunningCluster(Files.createTempDirectory("ordinal-clients"));
      try {
        cluster.ordinal("up");
        return cluster;
      } catch (AssertionError failed) {
        cluster.close();
        throw failed;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path kubeconfig() {
    return root.resolve("data/kubeconfig");
  }

  private void ordinal(String verb, String... arguments) {
    List<String> line = new ArrayList<>(List.of(DEPLOY.resolve("bin/ordinal").toString(), verb));
    line.addAll(List.of("--data-dir", root.resolve("data").toString()));
    line.addAll(List.of(arguments));
    Path said = root.resolve(verb + ".log");
    try {
      Process process =
          new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said.toFile()).start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(line + " did not end\n" + Files.readString(said));
      }
      if (process.exitValue() != 0) {
        throw new AssertionError(line + " failed\n" + Files.readString(said));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    if (Files.exists(root.resolve("data"))) ordinal("down", "--wipe", "--timeout", "30");
    try (var tree = Files.walk(root)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
