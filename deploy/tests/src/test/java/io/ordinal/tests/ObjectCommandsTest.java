package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of people without kubectl, against a cluster that kubectl looks at too. */
class ObjectCommandsTest {
  private static final String MAP =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: settings
      data:
        colour: blue
      """;

  private static Cluster cluster;
  @TempDir private Path place;

  @BeforeAll
  static void up() {
    cluster = Cluster.started();
  }

  @AfterAll
  static void down() {
    cluster.close();
  }

  @Test
  void a_set_is_applied_scaled_rolled_out_and_deleted() throws IOException {
    String manifest = file("web.yaml", Manifest.sleepers("web", 2));
    assertThat(ordinal("apply", "-f", manifest)).contains("statefulset.apps/web created");
    assertThat(ordinal("rollout", "status", "sts/web", "--timeout", "60s"))
        .contains("statefulset rolling update complete 2 pods at revision web-");
    assertThat(ordinal("apply", "-f", manifest)).contains("statefulset.apps/web unchanged");

    assertThat(ordinal("scale", "sts/web", "--replicas=3"))
        .isEqualTo("statefulset.apps/web scaled\n");
    assertThat(ordinal("rollout", "restart", "sts", "web")).contains("web restarted");
    ordinal("rollout", "status", "sts/web", "--timeout", "60s");
    assertThat(ordinal("get", "pods", "-l", "app=web", "--no-headers").lines())
        .hasSize(3)
        .allMatch(line -> line.matches("web-[0-2] +1/1 +Running .*"));
    assertThat(ordinal("rollout", "history", "sts/web")).contains("REVISION", "1 ", "2 ");
    assertThat(ordinal("rollout", "history", "sts/web", "--revision=1"))
        .startsWith("statefulset.apps/web with revision #1\nPod Template:\n  metadata:\n")
        .doesNotContain("$patch", "restartedAt");
    assertThat(cluster.ordinal("rollout", "pause", "sts/web").all())
        .contains("error: statefulsets.apps \"web\" pausing is not supported");
    assertThat(ordinal("rollout", "undo", "sts/web")).contains("statefulset.apps/web rolled back");
    ordinal("rollout", "status", "sts/web", "--timeout", "60s");

    assertThat(ordinal("describe", "pod", "web-0"))
        .contains("Name:             web-0\n", "Scheduled", "Started");
    assertThat(ordinal("events", "--for", "sts/web")).contains("SuccessfulCreate", "Pod web-0");
    Shell.Result run =
        cluster.ordinal("exec", "sts/web", "--", "sh", "-c", "echo $ORDINAL_NAME; exit 7");
    assertThat(run.code()).isEqualTo(7);
    assertThat(run.all()).contains("Found 3 pods, using pod/web-0", "web-0\n");
    assertThat(ordinal("delete", "-f", manifest)).contains("statefulset.apps \"web\" deleted");
    assertThat(cluster.ordinal("get", "sts", "web").all())
        .contains("Error from server (NotFound): statefulsets.apps \"web\" not found");
  }

  @Test
  void faulty_objects_do_not_keep_the_others_from_being_applied() throws IOException {
    String job = "---\napiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\n";
    String wrong = "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: [1]\n";
    String manifests =
        file("mixed.yaml", MAP + job + wrong + "---\n" + MAP.replace("settings", "others"));
    Shell.Result result =
        cluster.ordinal("apply", "-f", manifests, "-f", file("bad.yaml", "a: b: c\n"));
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.all())
        .contains("configmap/settings created", "configmap/others created")
        .containsPattern(
            "error: resource mapping not found for name: \"j\" namespace: \"\" from \".*mixed.yaml\""
                + " \\(document 2\\): no matches for kind \"Job\"")
        .containsPattern(
            "Error from server \\(BadRequest\\): error when applying \".*mixed.yaml\" \\(document 3\\): ")
        .containsPattern(
            "error: error parsing .*bad.yaml: error converting YAML to JSON: yaml: line 1: ");
    ordinal("delete", "cm", "settings", "others");
  }

  @Test
  void the_server_merges_and_keeps_account_of_managers() throws IOException {
    String map = file("map.yaml", MAP);
    assertThat(ordinal("apply", "--dry-run=client", "-f", map)).contains("created (dry run)");
    assertThat(ordinal("apply", "--server-side", "-f", map))
        .isEqualTo("configmap/settings serverside-applied\n");
    String other = file("other.yaml", MAP.replace("blue", "red"));
    assertThat(ordinal("apply", "--dry-run=client", "-f", other)).contains("configured (dry run)");
    String[] asAnother = {"--server-side", "--field-manager=me", "-f", other};
    Shell.Result refused = cluster.ordinal("apply", asAnother);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.all()).contains("conflict with \"kubectl\": .data.colour");
    ordinal("apply", "--server-side", "--field-manager=me", "--force-conflicts", "-f", other);
    assertThat(ordinal("get", "cm", "settings", "-o", "yaml")).contains("colour: red");
    ordinal("delete", "cm", "settings");
  }

  @Test
  void logs_of_many_are_told_apart() throws IOException {
    kubectl("apply", "-f", file("talkers.yaml", Manifest.sleepers("talk", 2)));
    ordinal("rollout", "status", "sts/talk", "--timeout", "60s");
    assertThat(ordinal("logs", "-l", "app=talk", "--prefix", "--all-containers").lines())
        .containsExactlyInAnyOrder("[pod/talk-0/main] started", "[pod/talk-1/main] started");
    assertThat(ordinal("logs", "talk-1")).isEqualTo("started\n");
    assertThat(cluster.ordinal("logs", "-l", "app=talk", "-f", "--max-log-requests=1").all())
        .contains("attempting to follow 2 log streams");
    assertThat(cluster.ordinal("logs", "-l", "app=nobody").all())
        .contains("No resources found in default namespace.");
    ordinal("delete", "sts", "talk");
  }

  @Test
  void objects_are_shown_as_kubectl_shows_them() throws IOException {
    ordinal("apply", "-f", file("map.yaml", MAP));
    assertThat(ageless(ordinal("get", "cm", "settings")))
        .isEqualTo(ageless(kubectl("get", "cm", "settings")));
    assertThat(ordinal("get", "cm", "settings", "-o", "name")).isEqualTo("configmap/settings\n");
    for (String several : List.of("cm settings settings", "cm/settings sa/default")) {
      String[] line = ("get " + several).split(" ");
      assertThat(ageless(ordinal(line[0], Arrays.copyOfRange(line, 1, line.length))))
          .isEqualTo(ageless(kubectl(line)));
    }
    assertThat(ageless(ordinal("get", "cm,svc", "-A")))
        .isEqualTo(ageless(kubectl("get", "cm,svc", "-A")));
    assertThat(ordinal("get", "cm", "settings", "-o", "yaml")).contains("data:\n  colour: blue\n");
    assertThat(kubectl("apply", "-f", place.resolve("map.yaml").toString()))
        .contains("configmap/settings unchanged");
    ordinal("delete", "cm", "settings");
  }

  @Test
  void everything_is_described_as_kubectl_describes_it() {
    assumeTrue(KubectlVersion.isDescribed(), "what is described is what kubectl 1.32 describes");
    kubectl("apply", "-f", Path.of("src/test/resources/described.yaml").toString());
    await("each has ended once")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(cluster.restarts("rich-0")).isEqualTo(1);
              assertThat(cluster.restarts("rich-1")).isEqualTo(1);
            });
    cluster.awaitReady("rich", 2);
    for (String what : List.of("pods", "sts", "svc", "pvc", "pv", "node")) {
      await("both have seen the last events of the " + what)
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(lasting(ordinal("describe", what)))
                      .isEqualTo(lasting(kubectl("describe", what)))
                      .isNotBlank());
    }
    assertThat(ordinal("describe", "pod", "rich-0"))
        .contains("    Last State:     Terminated\n", "      Exit Code:    3\n")
        .containsPattern("Events:\n  Type +Reason +Age +From +Message\n");
    assertThat(cluster.ordinal("describe", "pods", "-l", "app=nobody").err())
        .isEqualTo(cluster.kubectl("describe", "pods", "-l", "app=nobody").err());
    kubectl("delete", "-f", Path.of("src/test/resources/described.yaml").toString());
  }

  /** Without what goes on while it is asked for, and how wide that is. */
  private static String lasting(String description) {
    return description
        .replaceAll("RenewTime: .*", "RenewTime: now")
        .replaceAll("\\b[0-9]+[smh]([0-9]+[ms])?(?= |\n)", "AGE")
        .replaceAll(" *[(]x[0-9]+ over [^)]*[)]", "")
        .replaceAll("--+", "-")
        .replaceAll(" +", " ");
  }

  @Test
  void the_cluster_is_told_with_its_versions_and_where_it_listens() {
    String server = cluster.json("version").path("serverVersion").path("gitVersion").asString();
    assertThat(ordinal("version").lines()).hasSize(2).contains("Server Version: " + server);
    assertThat(ordinal("version", "-o", "yaml")).contains("serverVersion:\n", "clientVersion:\n");
    String status = ordinal("status");
    assertThat(status.lines())
        .anyMatch(line -> line.matches("member +running \\(pid [0-9]+, up .*\\)"))
        .anyMatch(line -> line.matches("address +127\\.[0-9.]+ \\(loopback: only this machine .*"))
        .anyMatch(line -> line.matches("CONTROLLER +API +LEADER +AGE +REVISION"))
        .anyMatch(line -> line.matches("NODE +READY"))
        .anyMatch(line -> line.matches("[^ ]+ +True"));
    Shell.Result token = cluster.ordinal("token", "create");
    assertThat(token.out()).as("of use to scripts").matches("[a-z2-7.]{94}\n");
    assertThat(token.err()).contains("only members on this one can join it, at 127.");
  }

  @Test
  void a_mistake_is_named_and_changes_nothing() {
    assertThat(cluster.ordinal("get", "nope").all())
        .contains("error: the server doesn't have a resource type \"nope\"");
    assertThat(cluster.ordinal("delete", "cm", "").all())
        .contains("error: expected the name of one of the configmaps, found ''");
    assertThat(cluster.ordinal("delete", "pods").all())
        .contains("error: expected the names of pods, -l SELECTOR or --all");
    assertThat(cluster.ordinal("scale", "node/none", "--replicas=1").all())
        .contains("error: nodes cannot be scaled; statefulsets can");
    assertThat(cluster.ordinal("rollout", "status", "cm/x").all())
        .contains("error: expected a set such as statefulset/web, found configmap/x");
    assertThat(cluster.ordinal("get", "pods", "-o", "xml").code()).isEqualTo(2);
    assertThat(cluster.ordinal("cordon", "nope").all())
        .isEqualTo("Error from server (NotFound): nodes \"nope\" not found\n");
    assertThat(cluster.ordinal("token", "delete", "nope").all())
        .isEqualTo("error: no token nope; ordinal token list shows those there are\n");
  }

  /** Ages go on between one command and the next, and may be wider then. */
  private static String ageless(String table) {
    return table.replaceAll("[0-9]+[smhd0-9]* *\n", "\n").replaceAll(" +", " ");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(place.resolve(name), text).toString();
  }

  private static String ordinal(String command, String... arguments) {
    return cluster.ordinal(command, arguments).ok();
  }

  private static String kubectl(String... arguments) {
    return cluster.kubectl(arguments).ok();
  }
}
