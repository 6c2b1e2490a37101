package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The kubectl commands of everyday use, against a running set. */
class KubectlTest {
  private static Cluster cluster;

  @BeforeAll
  static void up() {
    cluster = Cluster.started();
    cluster.apply(Manifest.sleepers("web", 2)).ok();
    cluster.awaitReady("web", 2);
  }

  @AfterAll
  static void down() {
    cluster.close();
  }

  @Test
  void get_prints_the_columns_of_kubernetes() {
    assertThat(cluster.kubectl("get", "sts", "web").ok()).contains("NAME", "READY", "AGE", "2/2");
    assertThat(cluster.kubectl("get", "pods", "-o", "wide").ok())
        .contains(
            "NAME", "READY", "STATUS", "RESTARTS", "IP", "NODE", "web-0", "1/1", "Running", "127.");
    assertThat(cluster.kubectl("get", "pvc").ok())
        .contains("data-web-0", "Bound", "pvc-", "1Mi", "RWO", "local");
    assertThat(cluster.kubectl("get", "pv,sc,nodes").ok())
        .contains("default/data-web-0", "local (default)", "Ready");
    assertThat(cluster.kubectl("get", "controllerrevisions").ok()).contains("statefulset.apps/web");
    assertThat(cluster.kubectl("get", "events").ok())
        .contains("SuccessfulCreate", "create Pod web-0 in StatefulSet web successful");
  }

  @Test
  void get_prints_yaml_json_and_jsonpath() {
    assertThat(cluster.kubectl("get", "sts", "web", "-o", "yaml").ok())
        .contains("kind: StatefulSet", "observedGeneration");
    assertThat(
            cluster.json("get", "sts", "web").path("spec").path("podManagementPolicy").asString())
        .isEqualTo("OrderedReady");
    assertThat(
            cluster
                .kubectl("get", "pods", "-l", "app=web", "-o", "jsonpath={.items[*].metadata.name}")
                .ok())
        .isEqualTo("web-0 web-1");
    assertThat(
            cluster
                .kubectl("get", "pods", "--field-selector", "metadata.name=web-1", "-o", "name")
                .ok())
        .isEqualTo("pod/web-1\n");
  }

  @Test
  void describe_tells_the_whole_story() {
    assertThat(cluster.kubectl("describe", "sts", "web").ok())
        .contains("Replicas:", "2 desired | 2 total", "SuccessfulCreate");
    assertThat(cluster.kubectl("describe", "pod", "web-0").ok())
        .contains("Status:", "Running", "Controlled By:", "StatefulSet/web", "Started");
    assertThat(cluster.kubectl("describe", "pvc", "data-web-0").ok()).contains("Used By:", "web-0");
    assertThat(cluster.kubectl("describe", "node").ok()).contains("Ready", "Kernel Version");
  }

  @Test
  void services_tell_of_the_pods_behind_them() {
    String service =
        """
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"},
         "spec": {"clusterIP": "None", "selector": {"app": "web"}, "ports": [{"port": 80}]}}
        """;
    cluster.apply(service).ok();
    String addresses = cluster.address("web-0") + "," + cluster.address("web-1");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(cluster.kubectl("get", "endpointslices").ok())
                    .contains("web-", "IPv4", addresses));
    assertThat(cluster.json("get", "endpoints", "web").at("/subsets/0/addresses")).hasSize(2);
    assertThat(cluster.kubectl("describe", "service", "web").ok())
        .contains("Endpoints:", cluster.address("web-0") + ":80");
  }

  @Test
  void pods_that_lack_their_settings_say_so_and_begin_once_those_are_there() {
    cluster.apply(lacking("mounts", "", "'configMap': {'name': 'lacked'}")).ok();
    String variable =
        ", 'env': [{'name': 'K', 'valueFrom': {'configMapKeyRef': {'name': 'lacked', 'key': 'k'}}}]";
    cluster.apply(lacking("reads", variable, "'emptyDir': {}")).ok();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(cluster.kubectl("get", "pods", "mounts", "reads").ok())
                    .containsPattern("mounts +0/1 +ContainerCreating +0 ")
                    .containsPattern("reads +0/1 +CreateContainerConfigError +0 "));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(cluster.kubectl("get", "events").ok())
                    .containsPattern(
                        "Warning +FailedMount +pod/mounts +MountVolume.SetUp failed for volume \"v\" :"
                            + " configmap \"lacked\" not found")
                    .containsPattern(
                        "Warning +Failed +pod/reads +Error: configmap \"lacked\" not"));
    cluster.kubectl("create", "configmap", "lacked", "--from-literal=k=1").ok();
    cluster
        .kubectl("wait", "--for=condition=Ready", "pod/mounts", "pod/reads", "--timeout=60s")
        .ok();
    cluster.kubectl("delete", "pod", "mounts", "reads", "--now").ok();
  }

  private static String lacking(String name, String fields, String volume) {
    return """
        {'apiVersion': 'v1', 'kind': 'Pod', 'metadata': {'name': '%s'}, 'spec': {
         'containers': [{'name': 'c', 'image': 'busybox', 'command': ['sleep', '1000']%s}],
         'volumes': [{'name': 'v', %s}]}}
        """
        .formatted(name, fields, volume)
        .replace('\'', '"');
  }

  @Test
  void annotations_of_the_system_stay_as_they_are_with_a_warning() {
    String[] annotate = {"annotate", "pod", "web-0", "--overwrite", "ordinal.io/incarnation=1"};
    assertThat(cluster.kubectl(annotate).all())
        .contains("Warning: metadata.annotations[ordinal.io/incarnation]: Ordinal alone writes it");
    assertThat(cluster.json("get", "pod", "web-0").at("/metadata/annotations").toString())
        .contains("ordinal.io/incarnation")
        .doesNotContain("\"ordinal.io/incarnation\":\"1\"");
  }

  @Test
  void top_shows_what_is_used() {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(cluster.kubectl("top", "pods").ok()).contains("web-0", "web-1", "Mi"));
    assertThat(cluster.kubectl("top", "pods", "--containers").ok())
        .contains("POD", "NAME", "web-1");
    assertThat(cluster.kubectl("top", "nodes").ok()).containsPattern("CPU\\(?%.* MEMORY\\(?%");
  }

  @Test
  void events_and_leases_are_there_as_newer_clients_know_them() {
    assertThat(cluster.kubectl("get", "events.events.k8s.io").ok()).contains("create Pod web-0");
    String lease =
        """
        {"apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": {"name": "lead"},
         "spec": {"holderIdentity": "me", "leaseDurationSeconds": 15}}
        """;
    cluster.apply(lease).ok();
    assertThat(cluster.kubectl("get", "lease", "lead").ok()).contains("HOLDER", "me");
  }

  @Test
  void rollout_knows_the_history_and_restarts() {
    cluster.apply(Manifest.sleepers("rolled", 1)).ok();
    cluster.awaitReady("rolled", 1);
    cluster.kubectl("rollout", "restart", "statefulset", "rolled").ok();
    assertThat(cluster.kubectl("rollout", "status", "statefulset", "rolled", "--timeout=60s").ok())
        .contains("complete");
    assertThat(
            cluster
                .kubectl("rollout", "history", "statefulset", "rolled")
                .ok()
                .lines()
                .filter(line -> line.matches("\\d+ .*")))
        .hasSize(2);
  }

  @Test
  void label_annotate_and_edit_survive_on_pods() {
    cluster.kubectl("label", "pod", "web-0", "tier=gold").ok();
    cluster.kubectl("annotate", "pod", "web-0", "example.org/note=hello").ok();
    assertThat(cluster.kubectl("get", "pods", "-l", "tier=gold", "-o", "name").ok())
        .isEqualTo("pod/web-0\n");
  }

  @Test
  void watching_prints_changes_as_they_happen() throws Exception {
    Process watch =
        new ProcessBuilder(
                "kubectl",
                "--kubeconfig",
                cluster.directory().kubeconfig().toString(),
                "get",
                "cm",
                "-w",
                "--request-timeout=10s")
            .redirectErrorStream(true)
            .start();
    try (var lines = watch.inputReader()) {
      cluster
          .kubectlWith(
              "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: seen}\ndata: {a: b}\n",
              "create",
              "-f",
              "-")
          .ok();
      assertThat(lines.lines().filter(line -> line.startsWith("seen")).findFirst()).isPresent();
    } finally {
      watch.destroyForcibly();
    }
  }

  @Test
  void explain_and_api_resources_know_the_kinds() {
    assertThat(cluster.kubectl("explain", "sts.spec").ok())
        .contains("volumeClaimTemplates", "serviceName");
    assertThat(cluster.kubectl("api-resources").ok())
        .contains("statefulsets", "sts", "apps/v1", "StatefulSet");
  }

  @Test
  void applying_the_same_file_twice_changes_nothing() {
    String manifest =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: same}
        spec: {clusterIP: None, selector: {app: same}, ports: [{port: 80}]}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: same}
        data: {a: b}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: same}
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}
        """;
    cluster.apply(manifest).ok();

    assertThat(cluster.apply(manifest).ok().lines())
        .containsExactly(
            "service/same unchanged",
            "configmap/same unchanged",
            "persistentvolumeclaim/same unchanged");
    assertThat(cluster.kubectlWith(manifest, "diff", "-f", "-").ok()).isEmpty();
    assertThat(cluster.kubectlWith(manifest, "apply", "--dry-run=server", "-f", "-").ok().lines())
        .allMatch(line -> line.endsWith(" unchanged (server dry run)"));
  }

  /** kubectl says "configured" here as it does against Kubernetes: lists of claims have no keys. */
  @Test
  void applying_the_same_set_twice_starts_no_rollout() {
    cluster.apply(Manifest.sleepers("steady", 0)).ok();
    cluster.apply(Manifest.sleepers("steady", 0)).ok();
    assertThat(cluster.json("get", "sts", "steady").path("metadata").path("generation").asInt())
        .isEqualTo(1);
    assertThat(cluster.kubectlWith(Manifest.sleepers("steady", 0), "diff", "-f", "-").ok())
        .isEmpty();
  }

  @Test
  void every_type_of_patch_and_edit_change_what_they_name() {
    cluster.kubectl("create", "cm", "patched", "--from-literal=a=1").ok();
    cluster.kubectl("patch", "cm", "patched", "-p", "{'data':{'b':'2'}}".replace('\'', '"')).ok();
    cluster
        .kubectl(
            "patch",
            "cm",
            "patched",
            "--type=merge",
            "-p",
            "{'data':{'a':null,'c':'3'}}".replace('\'', '"'))
        .ok();
    cluster
        .kubectl(
            "patch",
            "cm",
            "patched",
            "--type=json",
            "-p",
            "[{'op':'replace','path':'/data/c','value':'4'}]".replace('\'', '"'))
        .ok();
    Map<String, String> environment =
        Map.of(
            "KUBECONFIG",
            cluster.directory().kubeconfig().toString(),
            "KUBE_EDITOR",
            "sed -i s/c:/d:/");
    List<String> edit = List.of("kubectl", "edit", "cm", "patched");
    assertThat(Shell.run(environment, Duration.ofSeconds(20), "", edit).ok()).contains("edited");
    assertThat(cluster.json("get", "cm", "patched").path("data").toString())
        .isEqualTo("{'b':'2','d':'4'}".replace('\'', '"'));
  }

  @Test
  void scale_asks_for_the_number_that_it_expects() {
    cluster.apply(Manifest.sleepers("scaled", 0)).ok();
    assertThat(
            cluster.kubectl("scale", "sts", "scaled", "--current-replicas=9", "--replicas=1").err())
        .contains("Expected replicas to be 9, was 0");
    cluster.kubectl("scale", "sts", "scaled", "--current-replicas=0", "--replicas=1").ok();
    cluster.awaitReady("scaled", 1);
    cluster.kubectl("delete", "sts", "scaled", "--cascade=foreground").ok();
    assertThat(cluster.kubectl("get", "pods", "-l", "app=scaled", "-o", "name").ok()).isEmpty();
  }

  @Test
  void rollout_undo_brings_the_former_template_back() {
    cluster.apply(Manifest.sleepers("undone", 1)).ok();
    cluster.awaitReady("undone", 1);
    cluster.kubectl("set", "env", "sts/undone", "A=b").ok();
    assertThat(cluster.kubectl("rollout", "history", "sts", "undone", "--revision=2").ok())
        .contains("A:\tb");
    cluster.kubectl("rollout", "undo", "sts", "undone").ok();
    cluster.kubectl("rollout", "status", "sts", "undone", "--timeout=60s").ok();
    assertThat(
            cluster.pod("undone-0").path("spec").path("containers").path(0).path("env").isEmpty())
        .isTrue();
    assertThat(cluster.kubectl("rollout", "history", "sts", "undone").ok().lines())
        .anyMatch(line -> line.startsWith("3 "))
        .noneMatch(line -> line.startsWith("1 "));
  }

  @Test
  void logs_of_the_container_before_are_kept() {
    cluster
        .kubectl("run", "twice", "--image=busybox", "--", "sh", "-c", "echo first; sleep 1; exit 4")
        .ok();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> cluster.restarts("twice"), restarts -> restarts > 0);
    assertThat(cluster.kubectl("logs", "twice", "--previous", "--timestamps").ok())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\S+Z first\\n");
    cluster.kubectl("delete", "pod", "twice").ok();
  }

  @Test
  void what_is_not_served_cannot_be_found() {
    for (List<String> command :
        List.of(
            List.of("create", "deployment", "d", "--image=busybox"),
            List.of("create", "job", "j", "--image=busybox"),
            List.of("autoscale", "sts", "web", "--max=3"))) {
      assertThat(cluster.kubectl(command.toArray(String[]::new)).err())
          .as(command.toString())
          .contains("the server could not find the requested resource");
    }
  }

  @Test
  void strangers_get_only_version_and_health() {
    String url =
        cluster.kubectl("config", "view", "-o", "jsonpath={.clusters[0].cluster.server}").ok();
    assertThat(curl(url + "/version")).contains("gitVersion");
    assertThat(curl(url + "/livez")).isEqualTo("ok");
    assertThat(curl(url + "/api/v1/secrets"))
        .contains(
            "secrets is forbidden: User \\\"system:anonymous\\\" cannot list resource \\\"secrets\\\"");
  }

  @Test
  void delete_returns_although_the_next_life_begins_at_once() {
    for (int round = 0; round < 5; round++) {
      long before = cluster.incarnation("web-1");
      assertThat(
              cluster
                  .kubectl("delete", "pod", "web-1", "--force", "--grace-period=0", "--timeout=10s")
                  .out())
          .contains("pod \"web-1\" force deleted");
      cluster.kubectl("wait", "--for=condition=Ready", "pod/web-1", "--timeout=20s").ok();
      assertThat(cluster.incarnation("web-1")).isGreaterThan(before);
    }
  }

  @Test
  void the_kubeconfig_and_keys_are_for_their_owner_only() throws Exception {
    var mode = java.nio.file.Files.getPosixFilePermissions(cluster.directory().kubeconfig());
    assertThat(java.nio.file.attribute.PosixFilePermissions.toString(mode)).isEqualTo("rw-------");
  }

  private static String curl(String url) {
    return Shell.run(Map.of(), Duration.ofSeconds(10), "", List.of("curl", "-sk", url)).ok();
  }
}
