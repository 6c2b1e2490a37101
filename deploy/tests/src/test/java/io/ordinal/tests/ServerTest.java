package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A member in the foreground, as a service runs it. */
class ServerTest {
  private static final String ORDINAL = Cluster.CLONE.resolve("deploy/bin/ordinal").toString();

  @Test
  void sigterm_is_a_coordinated_shutdown_with_exit_code_0() throws Exception {
    try (Cluster cluster = Cluster.started()) {
      cluster.ordinal("down").ok();
      Process server =
          new ProcessBuilder(
                  ORDINAL, "server", "--config", cluster.directory().configuration().toString())
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
  void a_shutdown_of_the_machine_ends_workloads_in_order_and_asks_nobody_to_wait()
      throws Exception {
    try (Cluster cluster = Cluster.started()) {
      cluster.kubectl("apply", "-f", cluster.example("counter.yaml").toString()).ok();
      cluster.kubectl("rollout", "status", "statefulset/counter", "--timeout=120s").ok();
      cluster.ordinal("down").ok();
      Path tools = cluster.directory().path().resolve("tools");
      Path systemctl = Files.createDirectories(tools).resolve("systemctl");
      Files.writeString(systemctl, "#!/bin/sh\necho stopping\nexit 1\n");
      Files.setPosixFilePermissions(systemctl, PosixFilePermissions.fromString("rwxr-xr-x"));
      ProcessBuilder builder =
          new ProcessBuilder(
                  ORDINAL, "server", "--config", cluster.directory().configuration().toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().merge("PATH", tools.toString(), (usual, own) -> own + ":" + usual);
      Process server = builder.start();
      try {
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> cluster.kubectl("get", "--raw", "/readyz").out().equals("ok"));
        server.destroy();
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).as("ended after SIGTERM").isTrue();
        assertThat(server.exitValue()).isZero();
        assertThat(Files.readString(cluster.directory().lastStop()))
            .as("no word of workloads that go on, as after a rest")
            .isEqualTo(
                "ended with the machine: [default/counter-0, default/counter-1, default/counter-2]\n");
      } finally {
        server.destroyForcibly();
      }
    }
  }

  @Test
  void a_configuration_that_does_not_exist_is_named() {
    try (Cluster cluster = Cluster.prepared()) {
      Shell.Result result = server(Path.of("/no/such/file"));
      assertThat(result.err()).contains("/no/such/file").doesNotContain("Exception");
      assertThat(result.code()).as("systemd does not start it again").isEqualTo(78);
    }
  }

  @Test
  void settings_that_cannot_be_used_end_it_for_good() throws Exception {
    try (Cluster cluster = Cluster.prepared()) {
      Path file = cluster.directory().path().resolve("wrong.conf");
      Files.createDirectories(file.getParent());
      String place = "ordinal.member.data-directory = \"" + cluster.directory().path() + "\"\n";
      for (String wrong :
          List.of(
              "member.roles=[chef]",
              "agent.watchdog=no",
              "network.pods=1/99",
              "nodes.lease=soon",
              "agent.drills.enabled=perhaps")) {
        Files.writeString(file, place + "ordinal." + wrong);
        Shell.Result result = server(file);
        String key = wrong.substring(wrong.indexOf('.') + 1, wrong.indexOf('='));
        assertThat(result.err().strip())
            .startsWith("error: the settings cannot be used: " + file + ":2: ordinal.")
            .contains(key)
            .doesNotContain("\n");
        assertThat(result.code()).as(wrong).isEqualTo(78);
      }
    }
  }

  private static Shell.Result server(Path configuration) {
    List<String> command = List.of(ORDINAL, "server", "--config", configuration.toString());
    return Shell.run(Map.of(), Duration.ofSeconds(120), "", command);
  }
}
