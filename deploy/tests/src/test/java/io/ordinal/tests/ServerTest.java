package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A member in the foreground, as a service runs it. */
class ServerTest {
  @Test
  void sigterm_is_a_coordinated_shutdown_with_exit_code_0() throws Exception {
    try (Cluster cluster = Cluster.started()) {
      cluster.ordinal("down").ok();
      Process server =
          new ProcessBuilder(
                  Cluster.CLONE.resolve("deploy/bin/ordinal").toString(),
                  "server",
                  "--config",
                  cluster.directory().configuration().toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> cluster.kubectl("get", "--raw", "/readyz").out().equals("ok"));
        server.destroy();
        assertThat(server.waitFor(30, TimeUnit.SECONDS)).as("ended after SIGTERM").isTrue();
        assertThat(server.exitValue()).isZero();
        assertThat(cluster.directory().member()).isEmpty();
      } finally {
        server.destroyForcibly();
      }
    }
  }

  @Test
  void a_configuration_that_does_not_exist_is_named() {
    try (Cluster cluster = Cluster.prepared()) {
      Shell.Result result =
          Shell.run(
              java.util.Map.of(),
              Duration.ofSeconds(120),
              "",
              java.util.List.of(
                  Cluster.CLONE.resolve("deploy/bin/ordinal").toString(),
                  "server",
                  "--config",
                  "/no/such/file"));
      assertThat(result.code()).isNotZero();
      assertThat(result.err()).contains("/no/such/file").doesNotContain("Exception");
    }
  }
}
