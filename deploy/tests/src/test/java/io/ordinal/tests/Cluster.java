package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.document.Json;
import io.ordinal.member.directory.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A one-member cluster under test, driven as its user would: by the command {@code ordinal} and by
 * kubectl.
 */
final class Cluster implements AutoCloseable {
  static final Path CLONE = Path.of("../..").toAbsolutePath().normalize();

  /** The first start after a build also prepares the fast starts of all others. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path root;
  private final Path command;
  private final List<String> as;
  private final String memberOptions;
  private final DataDirectory directory;

  /**
   * @param command the command {@code ordinal}
   * @param as words before every command, for it to run as somebody else
   */
  private Cluster(Path root, Path command, List<String> as, String memberOptions) {
    this.root = root;
    this.command = command;
    this.as = as;
    this.memberOptions = memberOptions;
    this.directory = new DataDirectory(root.resolve("data"));
  }

  /** Nothing runs yet. */
  static Cluster prepared() {
    return preparedWith("");
  }

  private static Cluster preparedWith(String memberOptions) {
    Path command = CLONE.resolve("deploy/bin/ordinal");
    return new Cluster(temporary(), command, List.of(), memberOptions);
  }

  /** As {@link #prepared}, for a user without any right, who got a copy of what was built. */
  static Cluster preparedForNobody() {
    Path root = temporary();
    List<String> as = Unprivileged.words();
    return new Cluster(root, Unprivileged.install(CLONE.resolve("deploy"), root), as, "");
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("ordinal-cluster");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Cluster started() {
    return startedWith("");
  }

  /**
   * @param memberOptions of its member's JVM
   */
  static Cluster startedWith(String memberOptions) {
    Cluster cluster = preparedWith(memberOptions);
    try {
      cluster.ordinal("up").ok();
      return cluster;
    } catch (AssertionError failed) {
      cluster.close();
      throw failed;
    }
  }

  DataDirectory directory() {
    return directory;
  }

  Shell.Result ordinal(String command, String... arguments) {
    List<String> line = new ArrayList<>(as);
    line.addAll(List.of(this.command.toString(), command));
    line.addAll(List.of(arguments));
    int end = line.contains("--") ? line.indexOf("--") : line.size();
    line.addAll(end, List.of("--data-dir", directory.path().toString()));
    // As a service manager or a bare shell may call it: in no language.
    Map<String, String> env =
        Map.of("HOME", root.toString(), "LC_ALL", "C", "ORDINAL_MEMBER_OPTS", memberOptions);
    return Shell.run(env, PATIENCE, "", line);
  }

  Shell.Result kubectl(String... arguments) {
    return kubectlWith("", arguments);
  }

  Shell.Result kubectlWith(String input, String... arguments) {
    List<String> line =
        new ArrayList<>(
            List.of("kubectl", "--cache-dir", root.resolve("kubectl-cache").toString()));
    line.addAll(List.of(arguments));
    Map<String, String> env = new HashMap<>();
    env.put("KUBECONFIG", directory.kubeconfig().toString());
    return Shell.run(env, PATIENCE, input, line);
  }

  Shell.Result apply(String manifest) {
    return kubectlWith(manifest, "apply", "-f", "-");
  }

  /** Beside the command: its user need not be able to read the clone. */
  Path example(String name) {
    return command.getParent().resolveSibling("examples").resolve(name);
  }

  JsonNode json(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("-o", "json"));
    return Json.tree(
        kubectl(line.toArray(String[]::new))
            .ok()
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  JsonNode pod(String name) {
    return json("get", "pod", name);
  }

  String address(String pod) {
    return pod(pod).path("status").path("podIP").asString();
  }

  long incarnation(String pod) {
    return Long.parseLong(
        pod(pod).path("metadata").path("annotations").path("ordinal.io/incarnation").asString("0"));
  }

  int restarts(String pod) {
    return pod(pod).path("status").path("containerStatuses").path(0).path("restartCount").asInt(-1);
  }

  /** Waits until the set has exactly so many replicas, all ready and of its present spec. */
  void awaitReady(String set, int replicas) {
    await("set " + set + " with " + replicas + " ready replicas")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              JsonNode found = json("get", "statefulset", set);
              JsonNode status = found.path("status");
              assertThat(status.path("observedGeneration").asLong(-1))
                  .isEqualTo(found.path("metadata").path("generation").asLong());
              assertThat(status.path("readyReplicas").asInt(0)).isEqualTo(replicas);
              assertThat(status.path("replicas").asInt(-1)).isEqualTo(replicas);
              assertThat(status.path("updatedReplicas").asInt(0)).isEqualTo(replicas);
            });
  }

  /**
   * Live processes whose environment says that they belong to this pod, by the kernel's word and
   * not the API's.
   */
  List<ProcessHandle> processesOf(String pod) {
    return processesWith(Map.of("ORDINAL_NAME", pod, "ORDINAL_NAMESPACE", "default"));
  }

  /** Live processes of this cluster's workloads with these variables in their environment. */
  List<ProcessHandle> processesWith(Map<String, String> variables) {
    try {
      String marker = Files.readString(directory.node().resolve("driver/marker")).strip();
      return Processes.withEnvironment(variables, "ORDINAL_RUN=" + marker + "/");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ProcessHandle member() {
    return directory.member().orElseThrow().process();
  }

  void killMember() {
    ProcessHandle member = member();
    member.destroyForcibly();
    member.onExit().join();
  }

  @Override
  public void close() {
    if (Files.exists(directory.configuration())) ordinal("down", "--wipe", "--timeout", "30").ok();
    try (var tree = Files.walk(root)) {
      for (Path each : tree.sorted(java.util.Comparator.reverseOrder()).toList())
        Files.delete(each);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
