package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Accounts, tokens, roles and the audit log of a whole system, by kubectl. */
@Tag("long")
class AccessTest {
  private static Cluster cluster;
  private static Path audit;

  @BeforeAll
  static void up() throws Exception {
    cluster = Cluster.prepared();
    audit = cluster.directory().path().resolveSibling("audit").resolve("audit.log");
    cluster.directory().prepare(new java.util.Random());
    Files.writeString(
        cluster.directory().configuration(),
        "\nordinal.api.audit.file = \"" + audit + "\"\n",
        java.nio.file.StandardOpenOption.APPEND);
    cluster.ordinal("up").ok();
  }

  @AfterAll
  static void down() {
    cluster.close();
  }

  @Test
  void every_namespace_has_its_account() {
    assertThat(cluster.kubectl("get", "sa", "-A").ok())
        .containsPattern("default +default +0")
        .containsPattern("kube-system +default +0");
    cluster.kubectl("create", "ns", "fresh").ok();
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> cluster.kubectl("get", "sa", "default", "-n", "fresh").code() == 0);
    cluster.kubectl("delete", "ns", "fresh", "--timeout=30s").ok();
  }

  @Test
  void an_account_does_what_its_binding_says() {
    cluster.kubectl("create", "ns", "shop").ok();
    cluster.kubectl("create", "sa", "clerk", "-n", "shop").ok();
    cluster
        .kubectl(
            "create",
            "rolebinding",
            "c",
            "-n",
            "shop",
            "--clusterrole=view",
            "--serviceaccount=shop:clerk")
        .ok();
    String token = cluster.kubectl("create", "token", "clerk", "-n", "shop").ok().trim();
    assertThat(as(token, "get", "pods", "-n", "shop").ok()).isEmpty();
    Shell.Result refused = as(token, "get", "secrets", "-n", "shop");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .isEqualTo(
            "Error from server (Forbidden): secrets is forbidden: User"
                + " \"system:serviceaccount:shop:clerk\" cannot list resource \"secrets\" in API"
                + " group \"\" in the namespace \"shop\"\n");
    assertThat(as(token, "auth", "can-i", "delete", "pods", "-n", "shop").out()).isEqualTo("no\n");
    String who = "--as=system:serviceaccount:shop:clerk";
    assertThat(cluster.kubectl("auth", "can-i", "get", "pods", "-n", "shop", who).ok())
        .isEqualTo("yes\n");
    assertThat(cluster.kubectl("auth", "can-i", "get", "pods", who).out()).isEqualTo("no\n");
    String first = cluster.kubectl("auth", "can-i", "--list", "-n", "shop", who).ok();
    assertThat(first).containsPattern("pods/log +\\[\\] +\\[\\] +\\[get list watch\\]");
  }

  @Test
  void the_administrators_token_is_in_a_file_for_its_owner() throws Exception {
    Path file = cluster.directory().adminToken();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(as(Files.readString(file).trim(), "auth", "can-i", "*", "*").ok())
        .isEqualTo("yes\n");
    assertThat(as("wrong", "get", "pods").err()).contains("You must be logged in to the server");
    assertThat(Files.readString(cluster.directory().log()))
        .doesNotContain(Files.readString(file).trim());
  }

  @Test
  void what_was_done_is_in_the_audit_log_and_no_secret_is() throws Exception {
    cluster.kubectl("create", "secret", "generic", "s", "--from-literal=p=hunter2").ok();
    cluster.kubectl("create", "sa", "noted").ok();
    String token = cluster.kubectl("create", "token", "noted").ok().trim();
    as(token, "get", "pods");
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () ->
                assertThat(Files.readString(audit))
                    .contains(
                        "\"verb\":\"create\",\"user\":{\"username\":\"ordinal-admin\"",
                        "\"username\":\"system:serviceaccount:default:noted\"",
                        "\"authorization.k8s.io/decision\":\"forbid\"")
                    .doesNotContain("hunter2", "aHVudGVyMg", token));
  }

  /** With a token, and without the certificate of the kubeconfig. */
  private static Shell.Result as(String token, String... arguments) {
    String server =
        cluster.kubectl("config", "view", "-o", "jsonpath={.clusters[0].cluster.server}").ok();
    List<String> line =
        new java.util.ArrayList<>(
            List.of(
                "kubectl",
                "--server",
                server,
                "--insecure-skip-tls-verify",
                "--token",
                token,
                "--cache-dir",
                audit.resolveSibling("cache").toString()));
    line.addAll(List.of(arguments));
    return Shell.run(Map.of("KUBECONFIG", "/dev/null"), Duration.ofSeconds(30), "", line);
  }
}
