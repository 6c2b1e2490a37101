package io.ordinal.bench;

import io.ordinal.controller.document.Json;
import io.ordinal.tests.hosts.Fault;
import io.ordinal.tests.hosts.Faults;
import io.ordinal.tests.hosts.Lab;
import io.ordinal.tests.hosts.LabCluster;
import io.ordinal.tests.hosts.LabCluster.Shape;
import io.ordinal.tests.hosts.Witness;
import io.ordinal.tests.hosts.Workloads;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Loses a node, again and again, and times on the clock of a client that watches pods until its
 * replicas are ready elsewhere: Redis on shared volumes. Counts by the kernel's process list
 * whether any identity ever ran twice.
 */
public final class LossBench {
  private static final String SET = "movable";
  private static final int REPLICAS = 3;
  private static final long PATIENCE_SECONDS = 120;
  private static final Duration START = Duration.ofSeconds(180);

  private final LabCluster cluster;
  private final LifeWatch watch;
  private final Faults faults;
  private final Map<String, Series> times;

  private LossBench(LabCluster cluster, LifeWatch watch, Faults faults, Map<String, Series> times) {
    this.cluster = cluster;
    this.watch = watch;
    this.faults = faults;
    this.times = times;
  }

  /**
   * Arguments: number of losses of each kind (10); number of controllers (3); number of nodes (3);
   * a file of settings for every member (none).
   */
  public static void main(String[] args) throws Exception {
    int runs = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    int controllers = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    int nodes = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    String settings = args.length > 3 ? Files.readString(Path.of(args[3])) : "";
    Map<String, Series> times =
        Map.of("kill", new Series("SIGKILL to ready"), "cable", new Series("cut cable to ready"));
    ObjectNode figures = Json.object();
    try (Lab lab = Lab.open(controllers + nodes)) {
      Runtime.getRuntime().addShutdownHook(new Thread(lab::close));
      LabCluster cluster = LabCluster.start(lab, Shape.apart(controllers, nodes, settings));
      cluster.makeSharedClass("shared");
      cluster.apply(Workloads.redis(SET, REPLICAS, "automatic", "shared"));
      cluster.awaitReady(SET, REPLICAS, START);
      var apis = cluster.shape().controllers().stream().map(cluster::api).toList();
      try (LifeWatch watch = new LifeWatch(apis);
          Witness witness = new Witness(lab::owns)) {
        LossBench bench = new LossBench(cluster, watch, new Faults(lab), times);
        bench.watch.await("the watch", lives -> bench.whole(lives), PATIENCE_SECONDS);
        for (int run = 0; run < runs; run++) bench.lose(run, controllers + run % nodes);
        times.values().forEach(each -> each.print(figures));
        List<Witness.Overlap> overlaps = witness.overlaps();
        overlaps.forEach(System.out::println);
        System.out.printf("%-34s %d in %d looks%n", "overlaps", overlaps.size(), witness.looks());
        figures.put("overlaps", overlaps.size());
      }
      System.out.println(new String(Json.bytes(figures), StandardCharsets.UTF_8));
    }
    System.exit(0);
  }

  private void lose(int run, int host) throws Exception {
    time("kill", run, new Fault.KillNode(host));
    time("cable", run, new Fault.Unplug(host));
  }

  private void time(String way, int run, Fault fault) throws Exception {
    int host = fault instanceof Fault.KillNode kill ? kill.host() : ((Fault.Unplug) fault).host();
    String node = cluster.lab().host(host).name();
    Map<String, LifeWatch.Life> before = awaitReplicaOn(node);
    Map<String, LifeWatch.Life> there =
        before.entrySet().stream()
            .filter(each -> each.getValue().node().equals(node))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    long begin = System.nanoTime();
    faults.begin(fault);
    watch.await(
        "life elsewhere",
        lives -> there.keySet().stream().allMatch(pod -> movedOn(there.get(pod), lives.get(pod))),
        PATIENCE_SECONDS);
    long last =
        there.keySet().stream()
            .mapToLong(each -> watch.lives().get(each).readySince())
            .max()
            .orElseThrow();
    double seconds = (last - begin) / 1e9;
    times.get(way).add(seconds);
    System.out.printf(
        "run %3d  %-6s %s with %s: %.2f s%n", run, way, node, there.keySet(), seconds);
    faults.heal(fault);
    cluster.awaitWhole(START);
    watch.await("a whole set", this::whole, PATIENCE_SECONDS);
  }

  private static boolean movedOn(LifeWatch.Life before, LifeWatch.Life now) {
    return now != null && now.ready() && now.incarnation() > before.incarnation();
  }

  private boolean whole(Map<String, LifeWatch.Life> lives) {
    return lives.size() == REPLICAS && lives.values().stream().allMatch(LifeWatch.Life::ready);
  }

  /** A node that came back is empty: pods are deleted until one is placed there. */
  private Map<String, LifeWatch.Life> awaitReplicaOn(String node) throws Exception {
    for (int tried = 0; ; tried++) {
      Map<String, LifeWatch.Life> lives = watch.lives();
      boolean there =
          whole(lives) && lives.values().stream().anyMatch(each -> each.node().equals(node));
      if (there) return lives;
      if (tried > 5 * REPLICAS)
        throw new IllegalStateException("nothing comes to " + node + ": " + lives);
      String crowded =
          lives.values().stream()
              .collect(Collectors.groupingBy(LifeWatch.Life::node, Collectors.counting()))
              .entrySet()
              .stream()
              .max(Map.Entry.comparingByValue())
              .orElseThrow()
              .getKey();
      String pod =
          lives.entrySet().stream()
              .filter(each -> each.getValue().node().equals(crowded))
              .findFirst()
              .orElseThrow()
              .getKey();
      LifeWatch.Life old = lives.get(pod);
      cluster.any(api -> api.delete("/api/v1/namespaces/default/pods/" + pod)).ok();
      watch.await("a new life", now -> movedOn(old, now.get(pod)) && whole(now), PATIENCE_SECONDS);
    }
  }
}
