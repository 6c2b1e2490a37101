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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * SIGKILL to the controller that leads the store, again and again: until a client of the others can
 * write, and until a set that was scaled at that moment gets its next pod. No node is lost, so no
 * life may end.
 */
public final class LeaderBench {
  private static final String SET = "growing";
  private static final String STANDING = "standing";
  private static final int CONTROLLERS = 3;
  private static final String USAGE =
      """
      run LeaderBench [KILLS (20)] [NODES (3)] [SETTINGS (none)]

      Three controllers and some nodes on hosts of their own (network namespaces; root is needed).
      Kills the controller whose store leads, and scales a set at that moment; prints the time until
      a client of the others has its write acknowledged and until the set's next pod exists, also
      of those kills alone that took the singletons' host as well, as a table and as JSON. SETTINGS
      is a file that every member reads over its own. Two more replicas for each node do nothing but
      run: every life of theirs that ended with a kill was ended in vain.
      """;
  private static final long PATIENCE_SECONDS = 120;
  private static final Duration START = Duration.ofSeconds(180);

  private final LabCluster cluster;
  private final int standing;
  private final LifeWatch watch;
  private final Faults faults;
  private final Series writes = new Series("leader killed to write");
  private final Series sequencing = new Series("leader killed to next pod");
  private final Series both = new Series("leader and singleton to next pod");
  private final Series bothWrites = new Series("leader and singleton to write");

  private int ended;

  private LeaderBench(LabCluster cluster, int standing, LifeWatch watch, Faults faults) {
    this.cluster = cluster;
    this.standing = standing;
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
      int standing = 2 * nodes;
      cluster.apply(Workloads.movable(SET, 1));
      cluster.apply(Workloads.movable(STANDING, standing));
      cluster.awaitReady(STANDING, standing, START);
      cluster.awaitReady(SET, 1, START);
      var apis = cluster.shape().controllers().stream().map(cluster::api).toList();
      try (LifeWatch watch = new LifeWatch(apis)) {
        LeaderBench bench = new LeaderBench(cluster, standing, watch, new Faults(lab));
        for (int kill = 0; kill < kills; kill++) bench.kill(kill);
        bench.writes.print(figures);
        bench.sequencing.print(figures);
        bench.bothWrites.print(figures);
        bench.both.print(figures);
        System.out.printf("%-34s %d%n", "lives ended in vain", bench.ended);
        figures.put("lives_ended_in_vain", bench.ended);
      }
      System.out.println(new String(Json.bytes(figures), StandardCharsets.UTF_8));
    }
    System.exit(0);
  }

  private void kill(int number) throws Exception {
    watch.await("all at rest", this::atRest, PATIENCE_SECONDS);
    Map<String, Long> before = incarnations();
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
    faults.heal(fault);
    cluster.awaitWhole(START);
    scale(others, 1);
    watch.await("all at rest", this::atRest, PATIENCE_SECONDS);
    Map<String, Long> after = incarnations();
    long inVain = before.keySet().stream().filter(each -> !same(each, before, after)).count();
    ended += (int) inVain;
    System.out.printf(
        "kill %3d  %s: write %.2f s, next pod %.2f s, %d lives ended in vain%n",
        number, alsoSingleton ? "leader and singleton" : "leader", written, sequenced, inVain);
  }

  private static boolean same(String pod, Map<String, Long> before, Map<String, Long> after) {
    return before.get(pod).equals(after.get(pod));
  }

  private Map<String, Long> incarnations() {
    Map<String, Long> found = new HashMap<>();
    watch.lives().forEach((pod, life) -> found.put(pod, life.incarnation()));
    return found;
  }

  private boolean atRest(Map<String, LifeWatch.Life> lives) {
    return lives.size() == standing + 1
        && lives.containsKey(SET + "-0")
        && lives.values().stream().allMatch(LifeWatch.Life::ready);
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
