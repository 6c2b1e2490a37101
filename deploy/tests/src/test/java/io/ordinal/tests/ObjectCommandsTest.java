package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    assertThat(ordinal("rollout", "undo", "sts/web")).contains("statefulset.apps/web rolled back");
    ordinal("rollout", "status", "sts/web", "--timeout", "60s");

    assertThat(ordinal("describe", "pod", "web-0"))
        .contains("Name:  web-0", "Scheduled", "Started");
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
  void objects_are_shown_as_kubectl_shows_them() throws IOException {
    ordinal("apply", "-f", file("map.yaml", MAP));
    assertThat(ageless(ordinal("get", "cm", "settings")))
        .isEqualTo(ageless(kubectl("get", "cm", "settings")));
    assertThat(ordinal("get", "cm", "settings", "-o", "name")).isEqualTo("configmap/settings\n");
    assertThat(ageless(ordinal("get", "cm,svc", "-A")))
        .isEqualTo(ageless(kubectl("get", "cm,svc", "-A")));
    assertThat(ordinal("get", "cm", "settings", "-o", "yaml")).contains("data:\n  colour: blue\n");
    assertThat(kubectl("apply", "-f", place.resolve("map.yaml").toString()))
        .contains("configmap/settings unchanged");
    ordinal("delete", "cm", "settings");
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
