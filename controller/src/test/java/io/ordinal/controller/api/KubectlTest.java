package io.ordinal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The real kubectl against a server over a store in memory; nobody runs any pods. */
@EnabledIf(
    value = "io.ordinal.controller.api.Kubectl#isRecent",
    disabledReason = "kubectl 1.27 or newer is needed")
class KubectlTest {
  private static final String SET =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec:
        clusterIP: None
        selector: {app: web}
        ports: [{port: 80, name: http}]
      ---
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
        volumeClaimTemplates:
        - metadata: {name: data}
          spec:
            accessModes: [ReadWriteOnce]
            resources: {requests: {storage: 1Gi}}
      """;

  @TempDir static Path directory;
  private static ServedApi api;
  private static Kubectl kubectl;
  private static Kubectl stranger;

  @BeforeAll
  static void serve() throws Exception {
    TestCertificates certificates = new TestCertificates();
    api = ServedApi.overTls(certificates, InstantSource.system());
    int port = api.server.port();
    kubectl =
        new Kubectl(
            Files.createDirectory(directory.resolve("admin")),
            port,
            certificates,
            "CN=admin,O=system:masters");
    stranger =
        new Kubectl(
            Files.createDirectory(directory.resolve("bob")), port, certificates, "CN=bob,O=users");
    kubectl.write("ns.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: default}\n");
    kubectl.run("create", "-f", file("ns.yaml")).ok();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void a_set_is_applied_shown_scaled_and_deleted() throws Exception {
    kubectl.write("set.yaml", SET);
    assertThat(kubectl.run("apply", "-f", file("set.yaml")).ok())
        .isEqualTo("service/web created\nstatefulset.apps/web created\n");
    String revision = revision("sts", "web");
    assertThat(kubectl.run("apply", "-f", file("set.yaml")).ok()).contains("service/web unchanged");
    assertThat(revision("sts", "web")).isEqualTo(revision);
    assertThat(kubectl.run("get", "sts", "-o", "wide").ok())
        .containsPattern(
            "NAME +READY +AGE +CONTAINERS +IMAGES\\s+web +0/3 +\\d+s +main +counter:1");
    assertThat(kubectl.run("get", "sts", "web", "-o", "jsonpath={.spec.replicas}").ok())
        .isEqualTo("3");
    assertThat(kubectl.run("get", "sts", "web", "-o", "yaml").ok())
        .contains("podManagementPolicy: OrderedReady", "revisionHistoryLimit: 10");
    assertThat(kubectl.run("get", "svc").ok()).containsPattern("web +ClusterIP +None");
    assertThat(kubectl.run("describe", "sts", "web").ok())
        .contains("Replicas:           3 desired");
    assertThat(kubectl.run("scale", "sts", "web", "--replicas=5").ok())
        .isEqualTo("statefulset.apps/web scaled\n");
    assertThat(kubectl.run("scale", "sts", "web", "--replicas=1", "--current-replicas=5").ok())
        .isEqualTo("statefulset.apps/web scaled\n");
    assertThat(kubectl.run("get", "sts", "web", "-o", "jsonpath={.spec.replicas}").ok())
        .isEqualTo("1");
    assertThat(kubectl.run("label", "sts", "web", "tier=db").ok()).contains("labeled");
    assertThat(kubectl.run("get", "sts", "-l", "tier=db", "-o", "name").ok())
        .isEqualTo("statefulset.apps/web\n");
    assertThat(kubectl.run("get", "all").ok()).contains("service/web", "statefulset.apps/web");
    kubectl.write("changed.yaml", SET.replace("counter:1", "counter:2"));
    assertThat(kubectl.run("diff", "-f", file("changed.yaml")).output()).contains("counter:2");
    assertThat(kubectl.run("apply", "-f", file("changed.yaml")).ok())
        .isEqualTo("service/web unchanged\nstatefulset.apps/web configured\n");
    assertThat(kubectl.run("delete", "-f", file("changed.yaml")).ok())
        .contains("service \"web\" deleted", "statefulset.apps \"web\" deleted");
    assertThat(kubectl.run("get", "sts").ok())
        .isEqualTo("No resources found in default namespace.\n");
  }

  @Test
  void what_is_not_served_is_passed_over_by_describe() throws Exception {
    assertThat(kubectl.run("describe", "namespace", "default").ok())
        .contains("Active", "No LimitRange resource.")
        .doesNotContain("quota");
    assertThat(kubectl.run("create", "priorityclass", "high", "--value=5").output())
        .contains("the server could not find the requested resource");
    assertThat(kubectl.run("top", "pods").output()).contains("No resources found");
    assertThat(kubectl.run("explain", "endpointslice.endpoints.conditions").ok())
        .contains("ready", "serving", "terminating");
  }

  @Test
  void a_rollout_is_followed_to_its_end() throws Exception {
    kubectl.write("roll.yaml", SET.replace("web", "roll"));
    kubectl.run("apply", "-f", file("roll.yaml")).ok();
    Path output = directory.resolve("rollout.txt");
    Process rollout = kubectl.start(output, "rollout", "status", "sts/roll");
    Awaitility.await().untilAsserted(() -> assertThat(output).content().contains("Waiting for"));
    String status =
        "{\"status\":{\"observedGeneration\":1,\"replicas\":3,\"readyReplicas\":3,"
            + "\"currentReplicas\":3,\"updatedReplicas\":3,\"availableReplicas\":3,"
            + "\"currentRevision\":\"roll-1\",\"updateRevision\":\"roll-1\"}}";
    kubectl.run("patch", "sts", "roll", "--subresource=status", "--type=merge", "-p", status).ok();
    assertThat(rollout.waitFor(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    assertThat(output).content().contains("3 new pods have been updated");
    kubectl.run("delete", "-f", file("roll.yaml")).ok();
  }

  @Test
  void changes_are_watched() throws Exception {
    Path output = directory.resolve("watch.txt");
    Process watch = kubectl.start(output, "get", "cm", "-w", "--output-watch-events");
    kubectl.write("cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: seen}\n");
    Awaitility.await().until(() -> api.server.openWatches() > 0);
    kubectl.run("apply", "-f", file("cm.yaml")).ok();
    kubectl.run("label", "cm", "seen", "a=b").ok();
    kubectl.run("delete", "cm", "seen").ok();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(output)
                    .content()
                    .containsPattern("(?s)ADDED +seen.*MODIFIED +seen.*DELETED +seen"));
    watch.destroy();
    Awaitility.await().until(() -> api.server.openWatches() == 0);
  }

  @Test
  void a_pod_is_made_and_deleted_through_its_replica() {
    assertThat(kubectl.run("run", "bare", "--image=busybox").ok()).isEqualTo("pod/bare created\n");
    assertThat(kubectl.run("get", "pods").ok()).containsPattern("bare +0/1 +Pending +0");
    kubectl.run("annotate", "pod", "bare", "a=b").ok();
    assertThat(kubectl.run("delete", "pod", "bare").ok()).contains("pod \"bare\" deleted");
  }

  @Test
  void typed_commands_are_understood() {
    kubectl.run("create", "namespace", "made").ok();
    kubectl.run("create", "configmap", "made", "-n", "made", "--from-literal=a=b").ok();
    kubectl.run("create", "secret", "generic", "made", "-n", "made", "--from-literal=k=v").ok();
    kubectl.run("create", "service", "clusterip", "made", "-n", "made", "--tcp=80:8080").ok();
    assertThat(kubectl.run("get", "cm", "made", "-n", "made", "-o", "jsonpath={.data}").ok())
        .isEqualTo("{\"a\":\"b\"}");
    assertThat(kubectl.run("get", "secret", "made", "-n", "made", "-o", "jsonpath={.data.k}").ok())
        .isEqualTo("dg==");
    assertThat(
            kubectl.run("get", "svc", "made", "-n", "made", "-o", "jsonpath={.spec.ports[0]}").ok())
        .contains("\"port\":80", "\"targetPort\":8080");
    assertThat(kubectl.run("delete", "ns", "made", "--wait=false").ok()).contains("deleted");
    assertThat(kubectl.run("create", "configmap", "late", "-n", "made").output())
        .contains("unable to create new content in namespace made because it is being terminated");
    assertThat(kubectl.run("delete", "ns", "default").output())
        .contains("this namespace may not be deleted");
  }

  @Test
  void bad_input_gets_the_error_of_kubernetes_and_stores_nothing() {
    bad(
        SET.replace("name: web, labels", "name: bad, labels")
            .replace("replicas: 3", "replicas: -1"),
        "spec.replicas: Invalid value: -1: must be greater than or equal to 0");
    bad(
        SET.replace("matchLabels: {app: web}", "matchLabels: {app: other}"),
        "`selector` does not match template `labels`");
    bad(
        SET.replace("serviceName: web", "serviceNaem: web"),
        "strict decoding error: unknown field \"spec.serviceNaem\"");
  }

  @Test
  void lists_are_sorted_paged_and_gathered() {
    kubectl.run("create", "namespace", "many").ok();
    for (String name : List.of("b", "a", "c")) {
      kubectl.run("create", "configmap", name, "-n", "many", "--from-literal=k=" + name).ok();
    }
    assertThat(kubectl.run("get", "cm", "-n", "many", "--sort-by={.data.k}").ok())
        .containsPattern("(?s)NAME.*\\na .*\\nb .*\\nc ");
    assertThat(kubectl.run("get", "cm", "-n", "many", "--chunk-size=1", "-o", "name").ok())
        .isEqualTo("configmap/a\nconfigmap/b\nconfigmap/c\n");
    assertThat(kubectl.run("get", "cm", "-A", "--show-labels").ok())
        .containsPattern("many +a +1 +\\d+s +<none>");
    assertThat(kubectl.run("describe", "ns", "many").output()).contains("Status:       Active");
    assertThat(kubectl.run("events", "-n", "many").ok()).contains("No events found");
    kubectl.run("delete", "cm", "--all", "-n", "many").ok();
    kubectl.run("wait", "--for=delete", "cm/a", "-n", "many", "--timeout=5s").ok();
  }

  @Test
  void fields_are_explained() {
    assertThat(kubectl.run("explain", "statefulset.spec.replicas").ok())
        .contains("KIND:       StatefulSet", "replicas <integer>");
  }

  @Test
  void strangers_may_see_the_version_and_nothing_else() {
    assertThat(stranger.run("get", "--raw", "/healthz").ok()).isEqualTo("ok");
    assertThat(stranger.run("get", "--raw", "/api/v1/namespaces/default/pods").output())
        .contains(
            "pods is forbidden: User \"bob\" cannot list resource \"pods\" in API group \"\" in"
                + " the namespace \"default\"");
    assertThat(stranger.run("version").ok()).contains("Server Version: v1.32.5");
  }

  private static String revision(String kind, String name) {
    return kubectl.run("get", kind, name, "-o", "jsonpath={.metadata.resourceVersion}").ok();
  }

  private static void bad(String manifest, String fault) {
    kubectl.write("bad.yaml", manifest);
    Kubectl.Result result = kubectl.run("create", "-f", file("bad.yaml"));
    assertThat(result.output()).contains(fault);
    assertThat(result.exit()).isEqualTo(1);
    kubectl.run("delete", "svc", "web", "--ignore-not-found").ok();
    assertThat(kubectl.run("get", "sts", "bad", "--ignore-not-found").ok()).isEmpty();
  }

  private static String file(String name) {
    return directory.resolve("admin").resolve(name).toString();
  }
}
