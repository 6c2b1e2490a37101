package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** kubectl exec, attach, cp, logs and port-forward, over WebSocket and over SPDY. */
@Tag("long")
class StreamsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String SPEAKER =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: speaker}
      spec:
        terminationGracePeriodSeconds: 0
        containers:
          - name: main
            image: busybox
            command: ["sh", "-c", "i=0; while sleep 0.2; do i=$((i+1)); echo line $i; done"]
          - name: redis
            image: redis:7.0
            command: ["redis-server", "--port", "6399", "--bind", "$(POD_IP)", "--save", ""]
            env:
              - {name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
      """;

  private static Cluster cluster;

  @TempDir Path directory;

  @BeforeAll
  static void up() {
    cluster = Cluster.started();
    cluster.apply(SPEAKER).ok();
    cluster.kubectl("wait", "pod/speaker", "--for=condition=Ready", "--timeout=60s").ok();
  }

  @AfterAll
  static void down() {
    cluster.close();
  }

  private static List<String> words(String... arguments) {
    List<String> words =
        new ArrayList<>(
            List.of("kubectl", "--kubeconfig", cluster.directory().kubeconfig().toString()));
    words.addAll(List.of(arguments));
    return words;
  }

  private static Map<String, String> over(String protocol) {
    String webSocket = Boolean.toString(protocol.equals("websocket"));
    return Map.of(
        "KUBECTL_REMOTE_COMMAND_WEBSOCKETS", webSocket,
        "KUBECTL_PORT_FORWARD_WEBSOCKETS", webSocket);
  }

  private static Shell.Result kubectl(String protocol, String input, String... arguments) {
    return Shell.run(over(protocol), PATIENCE, input, words(arguments));
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "spdy"})
  void exec_has_both_outputs_the_input_and_the_exit_code(String protocol) {
    Shell.Result failed =
        kubectl(
            protocol,
            "",
            "exec",
            "speaker",
            "-c",
            "main",
            "--",
            "sh",
            "-c",
            "echo a; ls /x; exit 7");
    assertThat(failed.code()).isEqualTo(7);
    assertThat(failed.out()).isEqualTo("a\n");
    assertThat(failed.err()).contains("/x", "command terminated with exit code 7");
    assertThat(
            kubectl(protocol, "some\nlines\n", "exec", "-i", "speaker", "-c", "main", "--", "cat"))
        .extracting(Shell.Result::ok)
        .isEqualTo("some\nlines\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "spdy"})
  void exec_gives_a_terminal_of_the_clients_size(String protocol) {
    String line =
        "stty rows 33 cols 77; "
            + String.join(" ", words("exec", "-it", "speaker", "-c", "main", "--"))
            + " sh -c 'tty && stty size; exit 3'";
    Shell.Result seen =
        Shell.run(over(protocol), PATIENCE, "", List.of("script", "-qec", line, "/dev/null"));
    assertThat(seen.code()).isEqualTo(3);
    assertThat(seen.out()).contains("/dev/pts/", "33 77");
  }

  @Test
  void exec_refuses_what_cannot_be_in_clear_words() {
    assertThat(cluster.kubectl("exec", "nobody", "--", "ls").all())
        .contains("pods \"nobody\" not found");
    assertThat(cluster.kubectl("exec", "speaker", "-c", "other", "--", "ls").all())
        .contains("container other is not valid for pod speaker");
  }

  @Test
  void a_pod_that_only_says_something_is_run_shown_and_removed() {
    Shell.Result seen =
        cluster.kubectl(
            "run",
            "sayer",
            "--image=busybox",
            "--attach",
            "--rm",
            "--restart=Never",
            "--",
            "sh",
            "-c",
            "sleep 3; echo said; exit 5");
    assertThat(seen.code()).isEqualTo(5);
    assertThat(seen.out()).contains("said\n", "pod \"sayer\" deleted");
    assertThat(cluster.kubectl("get", "pod", "sayer").err()).contains("not found");
  }

  @Test
  void input_and_terminals_of_containers_and_containers_for_debugging_are_refused_in_clear_words() {
    Shell.Result refused =
        cluster.kubectl("run", "asker", "--image=busybox", "-it", "--rm", "--", "sh");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .contains("spec.containers[0].stdin: Forbidden: containers have no input")
        .contains("spec.containers[0].tty: Forbidden: ", "kubectl exec -it");
    Shell.Result debugging = cluster.kubectl("debug", "speaker", "--image=busybox");
    assertThat(debugging.code()).isEqualTo(1);
    assertThat(debugging.err()).contains("pods/ephemeralcontainers is not supported by Ordinal");
  }

  @Test
  void files_are_copied_both_ways() throws IOException {
    byte[] bytes = new byte[3_000_000];
    new Random(1).nextBytes(bytes);
    Path mine = Files.write(directory.resolve("mine"), bytes);
    Path back = directory.resolve("back");
    Path there = directory.resolve("there"); // The container has the machine's own files.
    cluster.kubectl("cp", mine.toString(), "speaker:" + there, "-c", "main").ok();
    assertThat(there).hasBinaryContent(bytes);
    cluster.kubectl("cp", "speaker:" + there, back.toString(), "-c", "main").ok();
    assertThat(back).hasBinaryContent(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "spdy"})
  void ports_are_forwarded(String protocol) throws IOException {
    int port = freePort();
    try (Running forward = new Running(protocol, "port-forward", "speaker", port + ":6399")) {
      await().atMost(PATIENCE).until(() -> forward.text().contains("Forwarding from"));
      assertThat(redis(port, "set", "key", "value")).isEqualTo("OK\n");
      assertThat(redis(port, "get", "key")).isEqualTo("value\n");
    }
  }

  @Test
  void a_port_that_nobody_listens_on_is_named() throws IOException {
    int port = freePort();
    try (Running forward = new Running("websocket", "port-forward", "speaker", port + ":1")) {
      await().atMost(PATIENCE).until(() -> forward.text().contains("Forwarding from"));
      Shell.run(Map.of(), PATIENCE, "", List.of("redis-cli", "-p", Integer.toString(port), "ping"));
      await()
          .atMost(PATIENCE)
          .until(() -> forward.text().contains("connecting to port 1 of the pod"));
    }
  }

  @Test
  void attach_shows_what_is_written_from_now_on() throws IOException {
    try (Running attached = new Running("websocket", "attach", "speaker", "-c", "main")) {
      await().atMost(PATIENCE).until(() -> attached.text().lines().count() > 4);
      assertThat(attached.text()).doesNotContain("line 1\n").contains("line ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "spdy"})
  void nothing_is_left_of_a_client_that_was_killed(String protocol) {
    String script = "trap '' HUP; (setsid sleep 4716 &); sleep 4716; sleep 4716";
    Running client =
        new Running(protocol, "exec", "speaker", "-c", "main", "--", "sh", "-c", script);
    await().atMost(PATIENCE).until(() -> sleeping("4716") == 2);
    client.close();
    await().atMost(PATIENCE).until(() -> sleeping("4716") == 0);
  }

  /** Its input is held back then, so that its end does not show by reading. */
  @ParameterizedTest
  @ValueSource(strings = {"websocket", "spdy"})
  void nothing_is_left_of_a_client_that_was_killed_while_nobody_read_it(String protocol) {
    Running client =
        new Running(
            protocol,
            Path.of("/dev/zero"),
            "exec",
            "-i",
            "speaker",
            "-c",
            "main",
            "--",
            "sleep",
            "4717");
    await().atMost(PATIENCE).until(() -> sleeping("4717") == 1);
    client.close();
    await().atMost(PATIENCE).until(() -> sleeping("4717") == 0);
  }

  @Test
  void logs_follow_and_are_cut_as_asked() {
    assertThat(cluster.kubectl("logs", "speaker", "-c", "main", "--tail=2").ok().lines())
        .hasSize(2);
    assertThat(cluster.kubectl("logs", "speaker", "-c", "main", "--limit-bytes=9").ok()).hasSize(9);
    assertThat(cluster.kubectl("logs", "speaker", "-c", "main", "--timestamps", "--tail=1").ok())
        .matches("(?s)\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z line \\d+\n");
    assertThat(cluster.kubectl("logs", "speaker", "-c", "main", "--since=1h").ok())
        .contains("line 1\n");
    assertThat(cluster.kubectl("logs", "speaker", "--all-containers", "--prefix").ok())
        .contains("[pod/speaker/main] line 1\n", "[pod/speaker/redis] ");
    assertThat(cluster.kubectl("logs", "speaker", "-c", "main", "--previous").all())
        .contains("previous terminated container \"main\" in pod \"speaker\" not found");
    try (Running follow =
        new Running("websocket", "logs", "-f", "speaker", "-c", "main", "--tail=1")) {
      await().atMost(PATIENCE).until(() -> follow.text().lines().count() > 4);
    }
  }

  private static long sleeping(String seconds) {
    return ProcessHandle.allProcesses()
        .filter(each -> Processes.title(each.pid()).equals("sleep " + seconds + " "))
        .count();
  }

  private static String redis(int port, String... words) {
    List<String> line = new ArrayList<>(List.of("redis-cli", "-p", Integer.toString(port)));
    line.addAll(List.of(words));
    return Shell.run(Map.of(), PATIENCE, "", line).ok();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** A kubectl that goes on until it is killed. */
  private static final class Running implements AutoCloseable {
    private final Process process;
    private final Path output;

    Running(String protocol, String... arguments) {
      this(protocol, Path.of("/dev/null"), arguments);
    }

    Running(String protocol, Path input, String... arguments) {
      try {
        output = Files.createTempFile("ordinal-stream", ".out");
        ProcessBuilder builder = new ProcessBuilder(words(arguments));
        builder.environment().putAll(over(protocol));
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        process = builder.redirectInput(input.toFile()).start();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    String text() throws IOException {
      return Files.readString(output);
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().onExit().join();
      try {
        Files.delete(output);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
