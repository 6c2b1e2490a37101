package io.ordinal.tests;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A member whose store can write no more ends and says so; it does not live on without serving. */
class StoreFailureTest {
  @Test
  void a_member_whose_disk_refuses_writes_ends_with_1_and_comes_back_whole() throws Exception {
    try (Cluster cluster = Cluster.started()) {
      cluster.apply(Manifest.sleepers("web", 1)).ok();
      cluster.awaitReady("web", 1);
      long sleeper = cluster.processesOf("web-0").get(0).pid();
      cluster.ordinal("down").ok();

      Process server = server(cluster);
      // Read through a pipe: a file of the member's could not grow either.
      CompletableFuture<String> output = supplyAsync(() -> read(server));
      try {
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> cluster.kubectl("get", "--raw", "/readyz").code() == 0);
        // No file of this process may grow from here on, as on a full disk.
        run("prlimit", "--pid", Long.toString(cluster.member().pid()), "--fsize=4096").ok();
        cluster.kubectl("create", "configmap", "lost", "--request-timeout=5s");
        assertThat(output.get(60, TimeUnit.SECONDS))
            .contains("error: the member gave up", "File too large", "start it again");
      } finally {
        server.destroyForcibly();
      }
      assertThat(server.waitFor()).isEqualTo(1);

      cluster.ordinal("up").ok();
      cluster.awaitReady("web", 1);
      assertThat(cluster.processesOf("web-0")).extracting(ProcessHandle::pid).contains(sleeper);
    }
  }

  private static Process server(Cluster cluster) throws Exception {
    String command = Cluster.CLONE.resolve("deploy/bin/ordinal").toString();
    String configuration = cluster.directory().configuration().toString();
    return new ProcessBuilder(command, "server", "--config", configuration)
        .redirectErrorStream(true)
        .start();
  }

  private static String read(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Shell.Result run(String... command) {
    return Shell.run(Map.of(), Duration.ofSeconds(10), "", List.of(command));
  }
}
