package io.ordinal.tests.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What becomes of volumes, and of lives that do not move, when their machine is lost. */
@Tag("long")
class VolumeLossTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static Lab lab;
  private static LabCluster cluster;
  private static Faults faults;

  @BeforeAll
  static void up() throws IOException {
    assumeTrue(Lab.hasCables(), "network namespaces need root, ip and nft");
    lab = Lab.open(3);
    cluster = LabCluster.start(lab, LabCluster.Shape.of(1, 3, ""));
    faults = new Faults(lab);
    kubectl("cordon", lab.host(0).name()); // The only controller is not to be lost.
    cluster.apply(storageClass("spare", "local", "onNodeLoss: Rebuild, rebuildAfter: 5s"));
    String hooked = "path: %1$s, fencing: hook, hook: %1$s/revoke".formatted(lab.shared());
    cluster.apply(storageClass("hooked", "shared", hooked));
    Path hook = lab.shared().resolve("revoke");
    Files.writeString(
        hook,
        """
        #!/bin/sh
        echo "$*" >>%1$s/asked
        [ -e %1$s/granted ] || { echo "the switch does not answer"; exit 7; }
        echo "port is off"
        """
            .formatted(lab.shared()));
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void heal() {
    if (faults != null) faults.healAll();
    cluster.awaitWhole(PATIENCE);
  }

  @AfterAll
  static void down() {
    if (lab != null) lab.close();
  }

  @Test
  void a_lost_local_volume_is_replaced_by_an_empty_one_and_kept() throws Exception {
    cluster.apply(Workloads.keeper("spare", "spare", "ReadWriteOnce"));
    cluster.awaitReady("spare", 1, PATIENCE);
    int lost = cluster.hostOf("spare-0");
    assertThat(kubectl("logs", "spare-0")).isEmpty();
    String old = claim("data-spare-0").path("spec").path("volumeName").asString();
    faults.begin(new Fault.PowerOff(Set.of(lost)));
    awaitMoved("spare", lost);

    String next = claim("data-spare-0").path("spec").path("volumeName").asString();
    assertThat(next).isEqualTo(old + "-1");
    assertThat(annotation(volume(next), "ordinal.io/rebuilt-from")).isEqualTo(old);
    assertThat(kubectl("logs", "spare-0")).as("files that it found").isEmpty();
    assertThat(annotation(volume(old), "ordinal.io/superseded-by")).isEqualTo(next);
    assertThat(volume(old).at("/status/phase").asString()).isEqualTo("Released");
    assertThat(volume(old).at("/spec/persistentVolumeReclaimPolicy").asString())
        .isEqualTo("Retain");
    awaitEvent("spare-0", "VolumeRebuilt", "only a user removes it");

    heal(); // The machine is back, and the old volume with it.
    kubectl("delete", "pod", "spare-0");
    cluster.awaitReady("spare", 1, PATIENCE);
    assertThat(claim("data-spare-0").path("spec").path("volumeName").asString()).isEqualTo(next);
    assertThat(marks(lost)).as("the old data").hasSize(1);
    kubectl("delete", "pv", old, "--timeout=30s");
    assertThat(cluster.any(api -> api.get("/api/v1/persistentvolumes/" + old)).code())
        .isEqualTo(404);
  }

  @Test
  void a_shared_volume_waits_for_its_hook() throws Exception {
    cluster.apply(Workloads.keeper("hooked", "hooked", "ReadWriteOnce"));
    cluster.awaitReady("hooked", 1, PATIENCE);
    int lost = cluster.hostOf("hooked-0");
    String volume = claim("data-hooked-0").path("spec").path("volumeName").asString();
    long before = Objects.incarnation(pod("hooked-0"));
    faults.begin(new Fault.PowerOff(Set.of(lost)));
    awaitEvent("hooked-0", "revoke ended with 7", "the switch does not answer");
    assertThat(Objects.ready(pod("hooked-0"))).isFalse();
    String next = Objects.node(pod("hooked-0"));
    long after = Objects.incarnation(pod("hooked-0"));
    List<String> asked = Files.readAllLines(lab.shared().resolve("asked"));
    assertThat(asked.get(0))
        .isEqualTo(
            "fence %s %s/%s h%d %d %s %d"
                .formatted(volume, lab.shared(), volume, lost, before, next, after));

    Files.createFile(lab.shared().resolve("granted"));
    awaitMoved("hooked", lost);
    assertThat(kubectl("logs", "hooked-0")).as("files that it found").isEqualTo("mark\n");
    awaitEvent("hooked-0", "VolumeFenced", "port is off");
  }

  @Test
  void a_hook_is_refused_to_volumes_of_several_writers() {
    cluster.apply(Workloads.keeper("many", "hooked", "ReadWriteMany"));
    awaitEvent("many-0", "FailedScheduling", "ReadWriteMany is not possible");
    kubectl("delete", "statefulset", "many");
  }

  @Test
  void pods_on_two_nodes_share_a_claim_of_many() {
    cluster.apply(storageClass("all", "shared", "path: " + lab.shared()));
    cluster.apply(
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: everybody}
        spec: {storageClassName: all, accessModes: [ReadWriteMany], resources: {requests: {storage: 1Mi}}}
        """);
    for (int host = 1; host < 3; host++) cluster.apply(sharer("sharer-" + host, host, ""));
    String late = "ready-late"; // Decided on first, mounts last: its other volume is not there.
    cluster.apply(sharer(late, 1, ", {name: c, configMap: {name: later}}"));
    cluster.apply(sharer("sharer-9", 2, ""));
    for (String pod : List.of("sharer-1", "sharer-2", "sharer-9")) awaitReady(pod);
    kubectl("create", "configmap", "later", "--from-literal=a=b");
    awaitReady(late);
    assertThat(Objects.incarnation(pod(late))).isLessThan(Objects.incarnation(pod("sharer-9")));
    kubectl(
        "delete", "pod", "--grace-period=0", "--force", "sharer-1", "sharer-2", "sharer-9", late);
  }

  private static void awaitReady(String pod) {
    Until.within(PATIENCE, pod + " ready", () -> Objects.ready(pod(pod)), () -> events(pod));
  }

  private static String sharer(String name, int host, String more) {
    return """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s}
        spec:
          nodeName: %s
          containers:
            - {name: main, image: busybox, command: [sleep, "100000"], volumeMounts: [{name: v, mountPath: /v}]}
          volumes: [{name: v, persistentVolumeClaim: {claimName: everybody}}%s]
        """
        .formatted(name, lab.host(host).name(), more);
  }

  @Test
  void a_kept_life_waits_for_its_machine() {
    cluster.apply(Workloads.kept("stays", 1));
    cluster.apply(Workloads.movable("moves", 2));
    cluster.awaitReady("stays", 1, PATIENCE);
    cluster.awaitReady("moves", 2, PATIENCE);
    int lost = cluster.hostOf("stays-0");
    long before = Objects.incarnation(pod("stays-0"));
    faults.begin(new Fault.PowerOff(Set.of(lost)));
    Until.within(PATIENCE, "moves", () -> hostsOf("moves").stream().noneMatch(h -> h == lost));
    assertThat(cluster.hostOf("stays-0")).isEqualTo(lost);
    assertThat(Objects.ready(pod("stays-0"))).isFalse();
    assertThat(Objects.incarnation(pod("stays-0"))).isEqualTo(before);
    heal();
    cluster.awaitReady("stays", 1, PATIENCE);
    assertThat(cluster.hostOf("stays-0")).isEqualTo(lost);
  }

  private static List<Integer> hostsOf(String set) {
    cluster.awaitReady(set, 2, PATIENCE);
    return List.of(cluster.hostOf(set + "-0"), cluster.hostOf(set + "-1"));
  }

  private static void awaitMoved(String set, int lost) {
    Until.within(
        PATIENCE,
        set + " ready elsewhere",
        () -> Objects.ready(pod(set + "-0")) && cluster.hostOf(set + "-0") != lost,
        () -> cluster.pods() + "\n" + events(set + "-0"));
  }

  private static void awaitEvent(String pod, String... words) {
    Until.within(
        PATIENCE,
        "an event of " + pod + " with " + List.of(words),
        () ->
            events(pod).lines().anyMatch(line -> List.of(words).stream().allMatch(line::contains)),
        () -> events(pod));
  }

  private static String events(String pod) {
    String field = "involvedObject.name=" + pod;
    return kubectl("get", "events", "--field-selector", field);
  }

  /** Files of that name in the volumes of a host. */
  private static List<Path> marks(int host) throws IOException {
    try (var files = Files.walk(lab.host(host).directory().node().resolve("volumes"))) {
      return files.filter(each -> each.getFileName().toString().equals("mark")).toList();
    }
  }

  private static String storageClass(String name, String provisioner, String parameters) {
    return """
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: %s}
        provisioner: ordinal.io/%s
        parameters: {%s}
        """
        .formatted(name, provisioner, parameters);
  }

  private static String kubectl(String... words) {
    return cluster.kubectl(0, "", words).ok();
  }

  private static JsonNode pod(String name) {
    return cluster.get("/api/v1/namespaces/default/pods/" + name);
  }

  private static JsonNode claim(String name) {
    return cluster.get("/api/v1/namespaces/default/persistentvolumeclaims/" + name);
  }

  private static JsonNode volume(String name) {
    return cluster.get("/api/v1/persistentvolumes/" + name);
  }

  private static String annotation(JsonNode object, String name) {
    return object.path("metadata").path("annotations").path(name).asString("");
  }
}
