package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.member.directory.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One controller becomes three, and a node joins, by tokens and mutual TLS; then one goes. */
@Tag("long")
class GrowTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String ORDINAL = Cluster.CLONE.resolve("deploy/bin/ordinal").toString();
  private final Cluster founder = Cluster.prepared();
  private final List<DataDirectory> joined = new ArrayList<>();
  @TempDir private Path directory;

  @BeforeEach
  void found() throws IOException {
    founder.directory().prepare(new SecureRandom());
    Path configuration = founder.directory().configuration();
    String text = Files.readString(configuration);
    Files.writeString(configuration, text + "\nordinal.member { tls = on, node-name = c1 }\n");
    founder.ordinal("up").ok();
  }

  @AfterEach
  void wipe() {
    for (DataDirectory each : joined) {
      if (Files.exists(each.configuration())) at(each.path(), "down", "--wipe", "--timeout", "20");
    }
    founder.close();
  }

  @Test
  void controllers_and_a_node_join_by_tokens_and_a_controller_is_removed() {
    String controllers = token("controller");
    join("c2", controllers, "both").ok();
    DataDirectory third = join("c3", controllers, "both").directory();
    String node = token("node");
    assertThat(join("n0", node, "controller").result().err())
        .contains("this token is for a node and no controller");
    assertThat(join("n0", otherCluster(node), "node").result().err())
        .contains("belongs to another cluster than the token");
    Joined n1 = join("n1", node, "node");
    n1.ok();

    await("c2 takes no pods, so that the node has one")
        .atMost(PATIENCE)
        .until(() -> founder.kubectl("cordon", "c2").code() == 0);
    founder.kubectl("apply", "-f", founder.example("counter.yaml").toString()).ok();
    founder.awaitReady("counter", 3);
    assertThat(kubectl(third, "get", "nodes", "-o", "name").ok())
        .contains("node/c1", "node/c2", "node/c3", "node/n1");
    assertThat(list()).contains("c1 ", "c2 ", "c3 ").containsOnlyOnce(" yes ");

    podsOfANodeThatIsStoppedWithThemAreNotReady(n1.directory());

    int before = lines(founder.directory());
    freeze(joined.get(0).member().orElseThrow().process().pid(), Duration.ofSeconds(20));
    assertThat(lines(founder.directory()) - before).as("of one that is frozen").isLessThan(40);
    await("a majority answers").atMost(PATIENCE).until(() -> removed("c3"));
    await("all answer again")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(list()).doesNotContain("c3 "));
    await("the removed member ends").atMost(PATIENCE).until(() -> third.member().isEmpty());
    Shell.Result again = server(third);
    assertThat(again.code()).as("systemd starts it no more").isEqualTo(78);
    assertThat(again.err()).contains("removed", "join with").doesNotContain("\tat ");
    assertThat(read(third.log())).as("what the removed one says").doesNotContain("\tat ");
    assertThat(lines(third)).as("what the removed one says").isLessThan(120);
    founder.kubectl("label", "node", "c1", "grown=yes").ok();
    Path backup = directory.resolve("backup");
    founder.ordinal("backup", backup.toString()).ok();
    assertThat(backup).isNotEmptyFile();
  }

  private void podsOfANodeThatIsStoppedWithThemAreNotReady(DataDirectory n1) {
    at(n1.path(), "down", "--stop-workloads").ok();
    await("what was stopped is not ready")
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(pods("n1"))
                    .isNotEmpty()
                    .contains("node n1 was stopped with its workloads"));
    at(n1.path(), "up").ok();
    founder.awaitReady("counter", 3);
    assertThat(pods("n1")).doesNotContain("was stopped");
    await("nothing says so any more")
        .atMost(PATIENCE)
        .until(
            () ->
                !founder.kubectl("get", "node", "n1", "-o", "yaml").ok().contains("stopped-with"));
  }

  private String pods(String node) {
    String here = "--field-selector=spec.nodeName=" + node;
    return founder
        .kubectl("get", "pods", here, "-o", "jsonpath={.items[*].status.conditions[*].message}")
        .ok();
  }

  private boolean removed(String name) {
    return at(founder.directory().path(), "controllers", "remove", name).code() == 0;
  }

  /** It goes on by itself in the end, whatever becomes of the test. */
  private static void freeze(long pid, Duration time) {
    String script = "kill -STOP %d; sleep %d; kill -CONT %d".formatted(pid, time.toSeconds(), pid);
    Shell.run(Map.of(), PATIENCE, "", List.of("sh", "-c", script)).ok();
  }

  private static int lines(DataDirectory member) {
    return (int) read(member.log()).lines().count();
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What became of a machine that asked to join. */
  private record Joined(DataDirectory directory, Shell.Result result) {
    void ok() {
      result.ok();
    }
  }

  private Joined join(String name, String token, String role) {
    DataDirectory data = new DataDirectory(directory.resolve(name));
    joined.add(data);
    String server =
        founder.kubectl("config", "view", "-o", "jsonpath={.clusters[0].cluster.server}").ok();
    Shell.Result result =
        at(data.path(), "join", "--name", name, "--role", role, "--token", token, server.strip());
    return new Joined(data, result);
  }

  private String token(String role) {
    return at(founder.directory().path(), "token", "create", "--role", role).ok().strip();
  }

  private static String otherCluster(String token) {
    int hash = token.lastIndexOf('.') + 1;
    char first = token.charAt(hash) == 'a' ? 'b' : 'a';
    return token.substring(0, hash) + first + token.substring(hash + 1);
  }

  private String list() {
    return at(founder.directory().path(), "controllers").ok();
  }

  private static Shell.Result at(Path data, String... words) {
    List<String> line = new ArrayList<>(List.of(ORDINAL));
    line.addAll(List.of(words));
    line.addAll(List.of("--data-dir", data.toString()));
    return Shell.run(Map.of(), PATIENCE, "", line);
  }

  private static Shell.Result server(DataDirectory data) {
    String file = data.configuration().toString();
    return Shell.run(Map.of(), PATIENCE, "", List.of(ORDINAL, "server", "--config", file));
  }

  private static Shell.Result kubectl(DataDirectory controller, String... words) {
    List<String> line = new ArrayList<>(List.of("kubectl"));
    line.addAll(List.of(words));
    return Shell.run(Map.of("KUBECONFIG", controller.kubeconfig().toString()), PATIENCE, "", line);
  }
}
