package io.ordinal.bench;

import io.ordinal.controller.document.Json;
import io.ordinal.tests.hosts.Api;
import io.ordinal.tests.hosts.Fault;
import io.ordinal.tests.hosts.Faults;
import io.ordinal.tests.hosts.Lab;
import io.ordinal.tests.hosts.LabCluster;
import io.ordinal.tests.hosts.LabCluster.Shape;
import io.ordinal.tests.hosts.Until;
import io.ordinal.tests.hosts.Workloads;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/**
 * Cuts controllers off from the others, in turn, and times from the moment that packets pass again
 * until a client of that controller has its write acknowledged, and until the cluster is whole.
 */
public final class HealBench {
  private static final String SET = "standing";
  private static final int CONTROLLERS = 3;
  private static final Duration START = Duration.ofSeconds(180);
  private static final String USAGE =
      """
      run HealBench [ROUNDS (6)] [SECONDS CUT OFF (14)] [SETTINGS (none)]

      Three controllers and a node on hosts of their own (network namespaces; root is needed). All
      packets of one controller vanish for so long. SETTINGS is a file that every member reads over
      its own.
      """;

  private HealBench() {}

  public static void main(String[] args) throws Exception {
    Usage.ifAsked(args, USAGE);
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 6;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 14;
    String settings = args.length > 2 ? Files.readString(Path.of(args[2])) : "";
    ObjectNode figures = Json.object();
    try (Lab lab = Lab.open(CONTROLLERS + 1)) {
      Runtime.getRuntime().addShutdownHook(new Thread(lab::close));
      LabCluster cluster = LabCluster.start(lab, Shape.apart(CONTROLLERS, 1, settings));
      cluster.apply(Workloads.movable(SET, 1));
      cluster.awaitReady(SET, 1, START);
      Series writes = new Series("healed to write");
      Series whole = new Series("healed to whole");
      Faults faults = new Faults(lab);
      for (int round = 0; round < rounds; round++) {
        int cut = round % CONTROLLERS;
        boolean led = cluster.leader() == cut;
        Fault fault = new Fault.CutOff(cut, Fault.Way.BOTH, Set.of());
        faults.begin(fault);
        TimeUnit.SECONDS.sleep(seconds);
        faults.heal(fault);
        long begin = System.nanoTime();
        awaitWrite(cluster.api(cut), round);
        double written = (System.nanoTime() - begin) / 1e9;
        cluster.awaitWhole(START);
        double all = (System.nanoTime() - begin) / 1e9;
        writes.add(written);
        whole.add(all);
        System.out.printf(
            "round %2d  h%d%s: write after %.2f s, whole after %.2f s%n",
            round, cut, led ? ", which led" : "", written, all);
      }
      writes.print(figures);
      whole.print(figures);
      System.out.println(new String(Json.bytes(figures), StandardCharsets.UTF_8));
    }
    System.exit(0);
  }

  private static void awaitWrite(Api api, int round) {
    String path = "/apis/apps/v1/namespaces/default/statefulsets/" + SET;
    String patch = "{\"metadata\": {\"annotations\": {\"round\": \"" + round + "\"}}}";
    Until.within(START, "a write through the healed one", () -> api.patch(path, patch).done());
  }
}
