package io.ordinal.bench;

import io.ordinal.controller.document.Json;
import io.ordinal.tests.hosts.Api;
import io.ordinal.tests.hosts.Fault;
import io.ordinal.tests.hosts.Faults;
import io.ordinal.tests.hosts.Lab;
import io.ordinal.tests.hosts.LabCluster;
import io.ordinal.tests.hosts.LabCluster.Shape;
import io.ordinal.tests.hosts.Workloads;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * SIGKILL to the controller that leads the store, again and again: until a client of the others can
 * write, and until a set that was scaled at that moment gets its next pod.
 */
public final class LeaderBench {
  private static final String SET = "growing";
  private static final int CONTROLLERS = 3;
  private static final String USAGE =
      """
      run LeaderBench [KILLS (20)] [NODES (3)] [SETTINGS (none)]

      Three controllers and some nodes on hosts of their own (network namespaces; root is needed).
      Kills the controller whose store leads, and scales a set at that moment; prints the time until
      a client of the others has its write acknowledged and until the set's next pod exists, also
      of those kills alone that took the singletons' host as well, as a table and as JSON. SETTINGS
      is a file that every member reads over its own.
      """;
  private static final long PATIENCE_SECONDS = 120;
  private static final Duration START = Duration.ofSeconds(180);

  private final LabCluster cluster;
  private final LifeWatch watch;
  private final Faults faults;
  private final Series writes = new Series("leader killed to write");
  private final Series sequencing = new Series("leader killed to next pod");
  private final Series both = new Series("leader and singleton to next pod");
  private final Series bothWrites = new Series("leader and singleton to write");

  private LeaderBench(LabCluster cluster, LifeWatch watch, Faults faults) {
    this.cluster = cluster;
    this.watch = watch;
    this.faults = faults;
  }

  public static void main(String[] args) throws Exception {
    Usage.ifAsked(args, USAGE);
    int kills = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    int nodes = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    String settings = args.length > 2 ? Files.readString(Path.of(args[2])) : "";
    ObjectNode figures = Json.object();
    try (Lab lab = Lab.open(CONTROLLERS + nodes)) {
      Runtime.getRuntime().addShutdownHook(new Thread(lab::close));
      LabCluster cluster = LabCluster.start(lab, Shape.apart(CONTROLLERS, nodes, settings));
      cluster.apply(Workloads.movable(SET, 1));
      cluster.awaitReady(SET, 1, START);
      var apis = cluster.shape().controllers().stream().map(cluster::api).toList();
      try (LifeWatch watch = new LifeWatch(apis)) {
        LeaderBench bench = new LeaderBench(cluster, watch, new Faults(lab));
        for (int kill = 0; kill < kills; kill++) bench.kill(kill);
        bench.writes.print(figures);
        bench.sequencing.print(figures);
        bench.bothWrites.print(figures);
        bench.both.print(figures);
      }
      System.out.println(new String(Json.bytes(figures), StandardCharsets.UTF_8));
    }
    System.exit(0);
  }

  private void kill(int number) throws Exception {
    watch.await("one pod", lives -> lives.size() == 1, PATIENCE_SECONDS);
    int leader = cluster.leader();
    boolean alsoSingleton = leader == cluster.singleton();
    Fault fault = new Fault.KillMember(leader);
    List<Api> others =
        cluster.shape().controllers().stream()
            .filter(each -> each != leader)
            .map(cluster::api)
            .toList();
    long begin = System.nanoTime();
    faults.begin(fault);
    scale(others, 2);
    double written = (System.nanoTime() - begin) / 1e9;
    watch.await("the next pod", lives -> lives.containsKey(SET + "-1"), PATIENCE_SECONDS);
    double sequenced = (System.nanoTime() - begin) / 1e9;
    writes.add(written);
    sequencing.add(sequenced);
    if (alsoSingleton) {
      bothWrites.add(written);
      both.add(sequenced);
    }
    String role = alsoSingleton ? "leader and singleton" : "leader";
    System.out.printf(
        "kill %3d  %s: write %.2f s, next pod %.2f s%n", number, role, written, sequenced);
    faults.heal(fault);
    cluster.awaitWhole(START);
    scale(others, 1);
    watch.await("one pod", lives -> lives.size() == 1 && one(lives), PATIENCE_SECONDS);
  }

  private static boolean one(Map<String, LifeWatch.Life> lives) {
    return lives.containsKey(SET + "-0") && lives.get(SET + "-0").ready();
  }

  /** Asks the others in turn until one has done it. */
  private static void scale(List<Api> apis, int replicas) {
    String patch = "{\"spec\": {\"replicas\": " + replicas + "}}";
    String path = "/apis/apps/v1/namespaces/default/statefulsets/" + SET;
    long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
    for (int turn = 0; System.nanoTime() < deadline; turn++) {
      if (apis.get(turn % apis.size()).patch(path, patch).done()) return;
    }
    throw new IllegalStateException("nobody takes the write");
  }
}
