package io.ordinal.bench;

import io.ordinal.cli.client.ApiClient;
import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Times a whole cluster of one, as a client sees it: start-up, ordered and parallel scale-up of a
 * set with a claim each, scale-down, SIGKILL of a process to ready again, and the member's memory.
 * Prints a line a figure and one JSON line.
 */
public final class SetBench {
  private static final String SETS = "/apis/apps/v1/namespaces/default/statefulsets";
  private final int replicas;
  private final ApiClient api;
  private final PodWatch watch;
  private final OneMember member;
  private final ObjectNode figures;

  private SetBench(
      int replicas, ApiClient api, PodWatch watch, OneMember member, ObjectNode figures) {
    this.replicas = replicas;
    this.api = api;
    this.watch = watch;
    this.member = member;
    this.figures = figures;
  }

  /**
   * Arguments: path of the command {@code ordinal}; number of replicas (100); number of kills (20).
   */
  public static void main(String[] args) throws Exception {
    String ordinal = args[0];
    int replicas = args.length > 1 ? Integer.parseInt(args[1]) : 100;
    int kills = args.length > 2 ? Integer.parseInt(args[2]) : 20;
    ObjectNode figures = Json.object();
    try (OneMember member = new OneMember(ordinal)) {
      member.up(); // The first start also makes keys and certificates.
      member.down();
      long begin = System.nanoTime();
      member.up();
      say(
          figures,
          "up_seconds",
          seconds(begin),
          "`ordinal up` of a stopped member, the command's own start included");
      var tls = member.tls();
      URI server = member.server();
      HttpClient http =
          HttpClient.newBuilder().sslContext(tls).version(HttpClient.Version.HTTP_1_1).build();
      try (PodWatch watch = new PodWatch(http, server)) {
        new SetBench(replicas, new ApiClient(server, tls), watch, member, figures).all(kills);
      }
      System.out.println(new String(Json.bytes(figures), StandardCharsets.UTF_8));
    }
  }

  private void all(int kills) throws Exception {
    say(figures, "rss_idle_mib", member.rssMib(), "memory of the member before any set");
    scaleUp("warm", "OrderedReady", 3, null);
    scaleDown("warm");
    scaleUp("ordered", "OrderedReady", replicas, "ordered_up_seconds");
    say(
        figures,
        "rss_loaded_mib",
        member.rssMib(),
        "memory of the member with " + replicas + " replicas");
    kills("ordered", kills);
    long begin = System.nanoTime();
    scaleDown("ordered");
    say(figures, "ordered_down_seconds", seconds(begin), "ordered scale-down of " + replicas);
    scaleUp("parallel", "Parallel", replicas, "parallel_up_seconds");
    begin = System.nanoTime();
    scaleDown("parallel");
    say(figures, "parallel_down_seconds", seconds(begin), "parallel scale-down of " + replicas);
  }

  private void scaleUp(String name, String policy, int count, String figure) throws Exception {
    if (api.get(SETS + "/" + name).isEmpty()) api.post(SETS, manifest(name, policy));
    long begin = System.nanoTime();
    api.mergePatch(SETS + "/" + name, replicasPatch(count));
    watch.await(pods -> ready(pods, name) == count, 400);
    if (figure != null)
      say(figures, figure, seconds(begin), policy + " scale-up 0 to " + count + ", a claim each");
  }

  private void scaleDown(String name) throws Exception {
    api.mergePatch(SETS + "/" + name, replicasPatch(0));
    watch.await(pods -> pods.keySet().stream().noneMatch(each -> each.startsWith(name + "-")), 400);
  }

  private void kills(String set, int count) throws Exception {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String pod = set + "-" + i % replicas;
      PodWatch.Seen before = watch.pods().get(pod);
      long begin = System.nanoTime();
      workload(pod).destroyForcibly();
      watch.await(
          pods ->
              pods.get(pod).ready()
                  && pods.get(pod).restarts() > before.restarts()
                  && pods.get(pod).readySince() > begin,
          60);
      times.add((watch.pods().get(pod).readySince() - begin) / 1e6);
    }
    Collections.sort(times);
    say(
        figures,
        "kill_to_ready_p50_ms",
        times.get(times.size() / 2),
        "SIGKILL of a process to ready again, median");
    say(
        figures,
        "kill_to_ready_max_ms",
        times.get(times.size() - 1),
        "the same, slowest of " + count);
  }

  /** The `sleep` of that pod: found by the kernel's list, as the one who kills it would. */
  private ProcessHandle workload(String pod) throws IOException {
    String marker = Files.readString(member.directory().node().resolve("driver/marker")).strip();
    return ProcessHandle.allProcesses()
        .filter(each -> environment(each.pid()).contains("ORDINAL_NAME=" + pod + "\0"))
        .filter(each -> environment(each.pid()).contains("ORDINAL_RUN=" + marker + "/"))
        .filter(
            each -> each.info().command().map(command -> command.endsWith("sleep")).orElse(false))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no process of " + pod));
  }

  private static String environment(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }

  private static long ready(Map<String, PodWatch.Seen> pods, String set) {
    return pods.entrySet().stream()
        .filter(e -> e.getKey().startsWith(set + "-") && e.getValue().ready())
        .count();
  }

  private static ObjectNode replicasPatch(int count) {
    ObjectNode patch = Json.object();
    patch.putObject("spec").put("replicas", count);
    return patch;
  }

  private static ObjectNode manifest(String name, String policy) {
    String text =
        """
        {"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "%1$s"},
         "spec": {"serviceName": "%1$s", "replicas": 0, "podManagementPolicy": "%2$s",
          "selector": {"matchLabels": {"app": "%1$s"}},
          "template": {"metadata": {"labels": {"app": "%1$s"}},
           "spec": {"terminationGracePeriodSeconds": 2,
            "containers": [{"name": "main", "image": "busybox", "command": ["sleep", "100000"],
             "volumeMounts": [{"name": "data", "mountPath": "/data"}]}]}},
          "volumeClaimTemplates": [{"metadata": {"name": "data"},
           "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Mi"}}}}]}}
        """
            .formatted(name, policy);
    return Json.object(text.getBytes(StandardCharsets.UTF_8));
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static void say(ObjectNode figures, String name, double value, String meaning) {
    double rounded = Math.round(value * 100) / 100.0;
    figures.put(name, rounded);
    System.out.printf("%-24s %10.2f  %s%n", name, rounded, meaning);
  }
}
