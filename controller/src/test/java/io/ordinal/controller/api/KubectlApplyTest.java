package io.ordinal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The real kubectl with {@code --server-side}, against a server over a store in memory. */
@EnabledIf(
    value = "io.ordinal.controller.api.Kubectl#isRecent",
    disabledReason = "kubectl 1.27 or newer is needed")
class KubectlApplyTest {
  private static final String SET =
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: web, labels: {app: web}}
      spec:
        serviceName: web
        replicas: 3
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers:
            - name: main
              image: counter:1
              ports: [{containerPort: 80, name: http}]
              env: [{name: A, value: "1"}, {name: B, value: "2"}]
            - name: side
              image: side:1
      """;

  @TempDir static Path directory;
  private static ServedApi api;
  private static Kubectl kubectl;

  @BeforeAll
  static void serve() throws Exception {
    TestCertificates certificates = new TestCertificates();
    api = ServedApi.overTls(certificates, InstantSource.system());
    kubectl =
        new Kubectl(
            Files.createDirectory(directory.resolve("admin")),
            api.server.port(),
            certificates,
            "CN=admin,O=system:masters");
    kubectl.write("ns.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: default}\n");
    kubectl.run("create", "-f", file("ns.yaml")).ok();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void a_set_is_applied_changed_and_fought_over() {
    kubectl.write("set.yaml", SET);
    assertThat(apply("set.yaml").ok()).isEqualTo("statefulset.apps/web serverside-applied\n");
    String revision = get("web", "{.metadata.resourceVersion}");
    assertThat(apply("set.yaml").ok()).isEqualTo("statefulset.apps/web serverside-applied\n");
    assertThat(get("web", "{.metadata.resourceVersion}")).isEqualTo(revision);
    assertThat(get("web", "{.metadata.generation}")).isEqualTo("1");

    kubectl.write("given-up.yaml", SET.replace("{name: A, value: \"1\"}, ", ""));
    apply("given-up.yaml").ok();
    assertThat(get("web", "{.spec.template.spec.containers[0].env[*].name}")).isEqualTo("B");

    kubectl.run("scale", "sts", "web", "--replicas=5").ok();
    Kubectl.Result refused = apply("given-up.yaml");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.output())
        .contains(
            "error: Apply failed with 1 conflict: conflict with \"kubectl\" with subresource"
                + " \"scale\" using apps/v1: .spec.replicas",
            "Please review the fields above");
    apply("given-up.yaml", "--force-conflicts").ok();
    assertThat(get("web", "{.spec.replicas}")).isEqualTo("3");

    kubectl.write("other.yaml", SET.replace("counter:1", "counter:2"));
    refused = apply("other.yaml", "--field-manager=other");
    assertThat(refused.output())
        .contains(
            "conflict with \"kubectl\":" + " .spec.template.spec.containers[name=\"main\"].image");
    assertThat(kubectl.run("get", "sts", "web", "-o", "yaml").ok()).doesNotContain("managedFields");
    assertThat(kubectl.run("get", "sts", "web", "-o", "yaml", "--show-managed-fields").ok())
        .contains("manager: kubectl", "operation: Apply", "k:{\"name\":\"main\"}:");
  }

  @Test
  void what_was_applied_by_the_client_goes_over_to_the_server() {
    kubectl.write("client.yaml", SET.replace("web", "moved"));
    kubectl.run("apply", "-f", file("client.yaml")).ok();
    kubectl.write("server.yaml", SET.replace("web", "moved").replace("counter:1", "counter:2"));
    apply("server.yaml").ok();
    String managed =
        get("moved", "{range .metadata.managedFields[*]}{.manager}:{.operation} {end}");
    assertThat(managed)
        .contains("kubectl:Apply", "kubectl-last-applied:Apply")
        .doesNotContain("kubectl-client-side-apply");
    kubectl.write(
        "less.yaml", SET.replace("web", "moved").replace("{name: A, value: \"1\"}, ", ""));
    apply("less.yaml").ok();
    assertThat(get("moved", "{.spec.template.spec.containers[0].env[*].name}")).isEqualTo("B");
    assertThat(kubectl.run("apply", "-f", file("less.yaml")).ok()).contains("moved");
  }

  @Test
  void a_dry_run_and_a_difference_are_told_and_nothing_is_stored() {
    kubectl.write("dry.yaml", SET.replace("web", "dry"));
    assertThat(apply("dry.yaml", "--dry-run=server").ok())
        .isEqualTo("statefulset.apps/dry serverside-applied (server dry run)\n");
    assertThat(kubectl.run("get", "sts", "dry").exit()).isEqualTo(1);
    apply("dry.yaml").ok();
    kubectl.write("changed.yaml", SET.replace("web", "dry").replace("side:1", "side:2"));
    Kubectl.Result difference = kubectl.run("diff", "--server-side", "-f", file("changed.yaml"));
    assertThat(difference.exit()).isEqualTo(1);
    assertThat(difference.output()).contains("side:2");
  }

  private static Kubectl.Result apply(String name, String... more) {
    String[] all = new String[more.length + 4];
    all[0] = "apply";
    all[1] = "--server-side";
    all[2] = "-f";
    all[3] = file(name);
    System.arraycopy(more, 0, all, 4, more.length);
    return kubectl.run(all);
  }

  private static String get(String name, String path) {
    return kubectl.run("get", "sts", name, "-o", "jsonpath=" + path).ok();
  }

  private static String file(String name) {
    return directory.resolve("admin").resolve(name).toString();
  }
}
