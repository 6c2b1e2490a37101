package io.ordinal.bench;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.document.Json;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.tests.hosts.Host;
import io.ordinal.tests.hosts.Lab;
import io.ordinal.tests.hosts.LabCluster;
import io.ordinal.tests.hosts.LabCluster.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import tools.jackson.databind.node.ObjectNode;

/**
 * What controllers cost when nothing happens: CPU and bytes of each, with many nodes that only
 * renew their leases. The nodes are simulated in this JVM and speak to real controllers over
 * Artery.
 */
public final class TrafficBench {
  private static final double TICKS_PER_SECOND = 100;
  private static final int USER_TICKS = 11;
  private static final int ARTERY_PORT = 7650;
  private static final String USAGE =
      """
      run TrafficBench [SIMULATED NODES (100)] [CONTROLLERS (3)] [SECONDS (60)] [SETTINGS (none)]

      Controllers on hosts of their own (network namespaces; root is needed) at rest, then with many
      nodes that only renew their leases. The nodes are actors in this process. Prints of each
      controller CPU, memory, the bytes on its network interface, and what came in for the store,
      for the cluster and from agents; and the same as JSON. SETTINGS is a file that every controller
      reads over its own; the nodes renew as often as it says.
      """;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration REGISTRATION = Duration.ofMinutes(2);

  /** What one controller has used up so far. */
  private record Use(
      double cpuSeconds,
      long residentKib,
      long received,
      long sent,
      Map<String, LinkCounters.Count> links) {
    static Use of(Host host, String device, LinkCounters links) throws IOException {
      String stat =
          Files.readString(Path.of("/proc/" + host.member().orElseThrow().pid() + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]);
      String table = host.run("cat", "/proc/net/dev").ok();
      String line =
          table
              .lines()
              .filter(each -> each.strip().startsWith(device + ":"))
              .findFirst()
              .orElseThrow();
      String[] counts = line.substring(line.indexOf(':') + 1).strip().split("\\s+");
      return new Use(
          ticks / TICKS_PER_SECOND,
          residentKib(host.member().orElseThrow().pid()),
          Long.parseLong(counts[0]),
          Long.parseLong(counts[8]),
          links.read());
    }

    private static long residentKib(long pid) throws IOException {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmRSS:")) return Long.parseLong(line.replaceAll("\\D", ""));
      }
      throw new IOException("no VmRSS of " + pid);
    }
  }

  private TrafficBench() {}

  public static void main(String[] args) throws Exception {
    Usage.ifAsked(args, USAGE);
    int nodes = args.length > 0 ? Integer.parseInt(args[0]) : 100;
    int controllers = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 60;
    String settings = args.length > 3 ? Files.readString(Path.of(args[3])) : "";
    ObjectNode figures = Json.object();
    try (Lab lab = Lab.open(controllers)) {
      Runtime.getRuntime().addShutdownHook(new Thread(lab::close));
      Shape shape =
          new Shape(
              Shape.of(controllers, controllers, "").controllers(),
              Set.of(),
              settings + "\nordinal.member.tls = off");
      LabCluster cluster = LabCluster.start(lab, shape);
      List<Host> hosts = shape.controllers().stream().map(lab::host).toList();
      List<String> addresses = hosts.stream().map(Host::address).toList();
      Map<Host, LinkCounters> links = new LinkedHashMap<>();
      hosts.forEach(each -> links.put(each, new LinkCounters(each, addresses)));
      measure(cluster, links, "no nodes", seconds, figures);
      LongAdder granted = new LongAdder();
      ActorSystem<Void> system = simulate(cluster, nodes, renewal(settings), granted);
      await(cluster, nodes);
      long before = granted.sum();
      measure(cluster, links, nodes + " nodes", seconds, figures);
      double rate = (granted.sum() - before) / (double) seconds;
      System.out.printf("%-16s %.1f renewals granted a second%n", nodes + " nodes", rate);
      figures.put("granted_per_second", rate);
      system.terminate();
      System.out.println(new String(Json.bytes(figures), StandardCharsets.UTF_8));
    }
    System.exit(0);
  }

  private static void await(LabCluster cluster, int nodes) throws InterruptedException {
    long begin = System.nanoTime();
    int ready = 0;
    while (ready < nodes) {
      if (System.nanoTime() - begin > REGISTRATION.toNanos())
        throw new IllegalStateException(ready + " of " + nodes + " nodes are ready");
      TimeUnit.MILLISECONDS.sleep(200);
      ready = cluster.readyNodes().size();
    }
    System.out.printf(
        "%d nodes were ready after %.1f s%n", nodes, (System.nanoTime() - begin) / 1e9);
  }

  private static void measure(
      LabCluster cluster, Map<Host, LinkCounters> links, String what, int seconds, ObjectNode all)
      throws Exception {
    String device = cluster.lab().device();
    Map<Host, Use> before = new LinkedHashMap<>();
    for (var each : links.entrySet())
      before.put(each.getKey(), Use.of(each.getKey(), device, each.getValue()));
    TimeUnit.SECONDS.sleep(seconds);
    for (var each : links.entrySet()) {
      Host host = each.getKey();
      Use now = Use.of(host, device, each.getValue());
      tell(what + " " + host, before.get(host), now, seconds, all);
    }
  }

  private static void tell(String what, Use before, Use now, int seconds, ObjectNode all) {
    double cpu = 100 * (now.cpuSeconds() - before.cpuSeconds()) / seconds;
    double in = (now.received() - before.received()) / 1024.0 / seconds;
    double out = (now.sent() - before.sent()) / 1024.0 / seconds;
    System.out.printf(
        "%-16s %5.1f %% of a core, %4d MiB, %7.1f KiB/s in, %7.1f KiB/s out; in for",
        what, cpu, now.residentKib() / 1024, in, out);
    ObjectNode figures = all.putObject(what);
    figures.put("cpu_percent", cpu).put("rss_kib", now.residentKib());
    figures.put("in_kib_s", in).put("out_kib_s", out);
    now.links()
        .forEach(
            (link, count) -> {
              LinkCounters.Count former = before.links().get(link);
              double kib = (count.bytes() - former.bytes()) / 1024.0 / seconds;
              double packets = (count.packets() - former.packets()) / (double) seconds;
              System.out.printf(" %s %.1f (%.0f packets/s)", link, kib, packets);
              figures.putObject(link).put("in_kib_s", kib).put("in_packets_s", packets);
            });
    System.out.println();
  }

  private static Duration renewal(String settings) {
    return ConfigFactory.parseString(settings)
        .withFallback(ConfigFactory.load())
        .getDuration("ordinal.agent.host.renewal");
  }

  private static ActorSystem<Void> simulate(
      LabCluster cluster, int nodes, Duration renewal, LongAdder granted) {
    List<String> doors =
        cluster.shape().controllers().stream()
            .map(
                each -> "pekko://ordinal@" + cluster.lab().host(each).address() + ":" + ARTERY_PORT)
            .map(each -> each + "/user/" + FrontDoorRequest.ACTOR_NAME)
            .toList();
    return ActorSystem.create(
        guardian(doors, nodes, renewal, granted), "ordinal", config(cluster.lab().ownAddress()));
  }

  private static Behavior<Void> guardian(
      List<String> doors, int nodes, Duration renewal, LongAdder granted) {
    return Behaviors.setup(
        context -> {
          var system = Adapter.toClassic(context.getSystem());
          List<ActorRef<FrontDoorRequest>> found = new ArrayList<>();
          for (String each : doors) {
            // Blocks only the start of this program.
            found.add(
                Adapter.toTyped(
                    system.actorSelection(each).resolveOne(PATIENCE).toCompletableFuture().join()));
          }
          for (int node = 0; node < nodes; node++) {
            String name = "simulated-" + node;
            var door = found.get(node % found.size());
            Duration phase = renewal.multipliedBy(node).dividedBy(nodes);
            context.spawn(SimulatedNode.create(name, door, granted, renewal, phase), name);
          }
          return Behaviors.empty();
        });
  }

  private static Config config(String address) {
    return ConfigFactory.load(
        ConfigFactory.parseString(
            """
            pekko.actor.provider = remote
            pekko.actor.allow-java-serialization = off
            pekko.loglevel = WARNING
            pekko.remote.warn-about-direct-use = off
            pekko.remote.warn-unsafe-watch-outside-cluster = off
            pekko.remote.artery.canonical { hostname = "%s", port = 7650 }
            """
                .formatted(address)));
  }
}
