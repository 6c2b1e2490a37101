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
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Loses a node, again and again, and times on the clock of a client that watches the API until its
 * replicas are ready elsewhere: Redis on shared volumes. Counts by the kernel's process list
 * whether any identity ever ran twice.
 */
public final class LossBench {
  private static final String SET = "movable";
  private static final int REPLICAS = 3;
  private static final String USAGE =
      """
      run LossBench [LOSSES OF EACH KIND (10)] [CONTROLLERS (3)] [NODES (3)] [SETTINGS (none)]

      Redis on shared volumes over several hosts (network namespaces; root is needed). Kills a
      node's member and processes, and pulls a node's cable; prints the time until every replica of
      it is ready elsewhere, and how often the kernel showed an identity twice. SETTINGS is a file
      that every member reads over its own.
      """;
  private static final long PATIENCE_SECONDS = 60;
  private static final Duration START = Duration.ofSeconds(180);

  private final LabCluster cluster;
  private final LifeWatch watch;
  private final NodeWatch nodes;
  private final Faults faults;
  private final LossFigures figures = new LossFigures();

  private LossBench(LabCluster cluster, LifeWatch watch, NodeWatch nodes) {
    this.cluster = cluster;
    this.watch = watch;
    this.nodes = nodes;
    this.faults = new Faults(cluster.lab());
  }

  /**
   * Arguments: number of losses (10); number of controllers (3); number of nodes (3); a file of
   * settings for every member, or - for none (-); the ways to lose a node, in turn (kill,cut).
   */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    int controllers = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    int nodes = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    boolean set = args.length > 3 && !args[3].equals("-");
    String settings = set ? Files.readString(Path.of(args[3])) : "";
    List<String> ways = List.of((args.length > 4 ? args[4] : "kill,cut").split(","));
    ways.forEach(way -> fault(way, 0)); // Those that are none are refused now.
    ObjectNode figures = Json.object();
    try (Lab lab = Lab.open(controllers + nodes)) {
      Runtime.getRuntime().addShutdownHook(new Thread(lab::close));
      LabCluster cluster = LabCluster.start(lab, Shape.apart(controllers, nodes, settings));
      cluster.makeSharedClass("shared");
      cluster.apply(Workloads.redis(SET, REPLICAS, "automatic", "shared"));
      cluster.awaitReady(SET, REPLICAS, START);
      var apis = cluster.shape().controllers().stream().map(cluster::api).toList();
      try (LifeWatch watch = new LifeWatch(apis);
          NodeWatch silent = new NodeWatch(apis);
          Witness witness = new Witness(lab::owns)) {
        LossBench bench = new LossBench(cluster, watch, silent);
        int done = bench.lose(rounds, ways);
        bench.figures.print(done, witness, figures);
      }
      System.out.println(new String(Json.bytes(figures), StandardCharsets.UTF_8));
    }
    System.exit(0);
  }

  /** Goes on after a round that failed, unless the cluster does not become whole again. */
  private int lose(int rounds, List<String> ways) throws InterruptedException {
    int host = 0;
    for (int round = 0; round < rounds; round++) {
      try {
        awaitWhole();
        host = next(host);
        lose(round, ways.get(round % ways.size()), host);
      } catch (TimeoutException | AssertionError | IllegalStateException failure) {
        figures.addFailed();
        System.out.printf("round %3d  failed: %s%s%n", round, failure, cluster.pods());
        faults.healAll();
        if (!recovered()) return round + 1;
      }
    }
    return rounds;
  }

  private void awaitWhole() throws InterruptedException, TimeoutException {
    cluster.awaitWhole(START);
    watch.await("a whole set", LossBench::whole, PATIENCE_SECONDS);
  }

  private boolean recovered() throws InterruptedException {
    try {
      awaitWhole();
      return true;
    } catch (TimeoutException | AssertionError broken) {
      System.out.println("the cluster is not whole again: " + broken);
      return false;
    }
  }

  /** The next node, in turn, that has a replica. */
  private int next(int last) {
    Set<String> inhabited =
        watch.lives().values().stream().map(LifeWatch.Life::node).collect(Collectors.toSet());
    int hosts = cluster.lab().hosts().size();
    for (int step = 1; step <= hosts; step++) {
      int host = (last + step) % hosts;
      if (inhabited.contains(cluster.lab().host(host).name())) return host;
    }
    throw new IllegalStateException("no replica is anywhere");
  }

  private void lose(int round, String way, int host) throws InterruptedException, TimeoutException {
    String node = cluster.lab().host(host).name();
    Map<String, LifeWatch.Life> there =
        watch.lives().entrySet().stream()
            .filter(each -> each.getValue().node().equals(node))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    Fault fault = fault(way, host);
    long begin = System.nanoTime();
    faults.begin(fault);
    watch.await(
        "life elsewhere",
        lives -> there.keySet().stream().allMatch(pod -> movedOn(there.get(pod), lives.get(pod))),
        PATIENCE_SECONDS);
    Map<String, LifeWatch.Life> lives = watch.lives();
    Loss loss =
        Loss.of(begin, nodes.silentSince(node), there.keySet().stream().map(lives::get).toList());
    faults.heal(fault);
    awaitWhole();
    double whole = (System.nanoTime() - begin) / 1e9;
    figures.add(way, loss, whole);
    System.out.printf(
        "round %3d  %-4s %s with %s: %s; whole again after %.2f s%n",
        round, way, node, there.keySet(), loss, whole);
  }

  private static Fault fault(String way, int host) {
    return switch (way) {
      case "kill" -> new Fault.KillNode(host);
      case "cut" -> new Fault.Unplug(host);
      default -> throw new IllegalArgumentException("kill or cut, not " + way);
    };
  }

  private static boolean movedOn(LifeWatch.Life before, LifeWatch.Life now) {
    return now != null && now.ready() && now.incarnation() > before.incarnation();
  }

  private static boolean whole(Map<String, LifeWatch.Life> lives) {
    return lives.size() == REPLICAS && lives.values().stream().allMatch(LifeWatch.Life::ready);
  }
}
