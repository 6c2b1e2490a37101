package io.ordinal.bench;

import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API of a cluster of one, over TLS with kept-alive connections and fsync on, with ConfigMaps
 * of 1 KB: creates, updates and gets a second at 1, 16 and 64 clients; lists; the time from sending
 * a create until a watch shows it. Prints a line a figure and one JSON line.
 */
public final class ApiBench {
  private static final String USAGE =
      """
      ApiBench ORDINAL [SECONDS] [LISTED] [WARM]
        ORDINAL   path of the command `ordinal`
        SECONDS   that each load lasts (8)
        LISTED    objects in the lists (5000)
        WARM      seconds of creates, gets and updates before, which are not counted (15 each)
      """;
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String LISTED_MAPS = "/api/v1/namespaces/listed/configmaps";
  private static final int UPDATED = 500;
  private static final int CREATES_WATCHED = 200;

  private final OneMember member;
  private final URI server;
  private final SSLContext tls;
  private final double seconds;
  private final ObjectNode figures = Json.object();

  private ApiBench(OneMember member, double seconds) throws Exception {
    this.member = member;
    this.server = member.server();
    this.tls = member.tls();
    this.seconds = seconds;
  }

  public static void main(String[] args) throws Exception {
    Usage.ifAsked(args, USAGE);
    double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 8;
    int listed = args.length > 2 ? Integer.parseInt(args[2]) : 5000;
    double warm = args.length > 3 ? Double.parseDouble(args[3]) : 15;
    try (OneMember member = new OneMember(args[0])) {
      member.up();
      ApiBench bench = new ApiBench(member, seconds);
      bench.loads(warm);
      bench.lists(listed);
      bench.watches(1);
      bench.watches(100);
      bench.say("rss_mib", member.rssMib(), "memory of the member afterwards");
      System.out.println(new String(Json.bytes(bench.figures), StandardCharsets.UTF_8));
    }
  }

  private void loads(double warmSeconds) throws Exception {
    List<HttpLine> lines = lines(64);
    ApiLoad warm = new ApiLoad(lines.subList(0, 16));
    warm.run((line, n) -> line.ask("POST", MAPS, map("warm-" + n)), warmSeconds);
    warm.run((line, n) -> line.get(MAPS + "/warm-" + n % UPDATED), warmSeconds);
    warm.run(ApiBench::update, warmSeconds);
    for (int clients : List.of(1, 16, 64)) {
      ApiLoad load = new ApiLoad(lines.subList(0, clients));
      measure(
          load,
          "create",
          clients,
          (line, n) -> line.ask("POST", MAPS, map("c" + clients + "-" + n)));
      measure(load, "update", clients, ApiBench::update);
      measure(load, "get", clients, (line, n) -> line.get(MAPS + "/warm-" + n % UPDATED));
    }
    close(lines);
  }

  private static HttpLine.Answer update(HttpLine line, long n) throws IOException {
    String name = "warm-" + n % UPDATED;
    return line.ask("PUT", MAPS + "/" + name, map(name, n));
  }

  private void measure(ApiLoad load, String what, int clients, ApiLoad.Ask ask) throws Exception {
    double before = member.cpuSeconds();
    ApiLoad.Figures found = load.run(ask, seconds);
    double cpu = (member.cpuSeconds() - before) / (found.perSecond() * seconds) * 1e6;
    System.out.printf(
        "%-8s %3d clients %9.0f/s  p50 %7.2f ms  p99 %7.2f ms  member's CPU %6.0f us  refused %d%n",
        what, clients, found.perSecond(), found.p50Ms(), found.p99Ms(), cpu, found.refused());
    figures
        .putObject(what + "_" + clients)
        .put("per_second", Math.round(found.perSecond()))
        .put("p50_ms", found.p50Ms())
        .put("p99_ms", found.p99Ms())
        .put("cpu_us", Math.round(cpu))
        .put("refused", found.refused());
  }

  private void lists(int count) throws Exception {
    try (HttpLine line = new HttpLine(server, tls)) {
      line.ask("POST", "/api/v1/namespaces", named("Namespace", "listed"));
      for (int i = 0; i < count; i++) line.ask("POST", LISTED_MAPS, map("listed-" + i));
      long[] times = new long[20];
      int bytes = 0;
      double allocated = 0;
      for (int i = -5; i < times.length; i++) {
        if (i == 0) allocated = member.allocatedMib();
        long begin = System.nanoTime();
        bytes = line.get(LISTED_MAPS).body().length;
        if (i >= 0) times[i] = System.nanoTime() - begin;
      }
      double mib = (member.allocatedMib() - allocated) / times.length;
      Arrays.sort(times);
      say("list_bytes", bytes, "bytes of a list of " + count);
      say("list_p50_ms", ApiLoad.at(times, 0.5) / 1e6, "the list, median of " + times.length);
      say("list_max_ms", times[times.length - 1] / 1e6, "the list, slowest");
      say("list_allocated_mib", mib, "allocated for a list, on average");
    }
  }

  private void watches(int watchers) throws Exception {
    Map<String, Long> sent = new ConcurrentHashMap<>();
    Series latencies =
        new Series(
            "create to event, " + watchers + (watchers == 1 ? " watcher" : " watchers"),
            1000,
            "ms");
    List<HttpLine> lines = lines(watchers);
    List<Thread> readers = new ArrayList<>();
    String revision =
        Json.object(lines.get(0).get(MAPS + "?limit=1").body())
            .at("/metadata/resourceVersion")
            .asString();
    for (HttpLine line : lines) {
      line.open(MAPS + "?watch=1&resourceVersion=" + revision);
      Thread reader = new Thread(() -> follow(line, sent, latencies));
      reader.start();
      readers.add(reader);
    }
    try (HttpLine line = new HttpLine(server, tls)) {
      for (int i = 0; i < CREATES_WATCHED; i++) {
        String name = "seen-" + watchers + "-" + i;
        byte[] body = map(name);
        sent.put(name, System.nanoTime());
        line.ask("POST", MAPS, body);
        Thread.sleep(10); // The pace of the load, not a wait for something.
      }
    }
    for (Thread reader : readers) reader.join();
    close(lines);
    latencies.print(figures);
  }

  /** Until it has seen every create. */
  private static void follow(HttpLine line, Map<String, Long> sent, Series latencies) {
    try {
      for (int seen = 0; seen < CREATES_WATCHED; seen++) {
        String event = line.nextLine();
        long now = System.nanoTime();
        int from = event.indexOf("\"name\":\"seen-") + 8;
        String name = event.substring(from, event.indexOf('"', from));
        latencies.add((now - sent.get(name)) / 1e9);
      }
    } catch (IOException broken) {
      throw new IllegalStateException("a watch broke", broken);
    }
  }

  private List<HttpLine> lines(int count) throws IOException {
    List<HttpLine> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      HttpLine line = new HttpLine(server, tls);
      line.get("/version");
      lines.add(line);
    }
    return lines;
  }

  private static void close(List<HttpLine> lines) throws IOException {
    for (HttpLine line : lines) line.close();
  }

  private static byte[] map(String name) {
    return map(name, 0);
  }

  private static byte[] map(String name, long salt) {
    ObjectNode map = Json.object(named("ConfigMap", name));
    map.putObject("data").put("v", salt + "-" + "x".repeat(1024));
    return Json.bytes(map);
  }

  private static byte[] named(String kind, String name) {
    ObjectNode object = Json.object();
    object.put("apiVersion", "v1").put("kind", kind).putObject("metadata").put("name", name);
    return Json.bytes(object);
  }

  private void say(String name, double value, String meaning) {
    double rounded = Math.round(value * 100) / 100.0;
    figures.put(name, rounded);
    System.out.printf("%-24s %10.2f  %s%n", name, rounded, meaning);
  }
}
