package io.ordinal.bench;

import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * Ordinary use beside a siege: one who asks for the member's health over a kept connection, one who
 * comes anew each time, a set that rolls over all the time, one that stands and whose pods must
 * stay ready, the node's lease.
 */
final class Townsfolk implements AutoCloseable {
  private static final String SETS = "/apis/apps/v1/namespaces/default/statefulsets";
  private static final String LEASES =
      "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";
  private static final int REPLICAS = 5;

  /** A node renews every second, and its session may lapse after three without. */
  private static final double LATE_SECONDS = 2;

  private static final long MOST_BLIND_NANOS = 700_000_000;

  /** What one of them does over and over. */
  private interface Habit {
    void once() throws Exception;
  }

  private final Siege.Town town;
  private final List<Thread> people = new ArrayList<>();
  private final AtomicInteger unready = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final String standing;
  private volatile boolean over;
  private volatile Series health = new Series("health");
  private volatile Series newcomers = new Series("newcomers");
  private volatile Series rollovers = new Series("rollovers");
  private volatile Series renewals = new Series("renewals");
  private final AtomicInteger late = new AtomicInteger();
  private Optional<Instant> renewed = Optional.empty();
  private long looked;
  private String siege = "";
  private long began;
  private double cpu;
  private int rolled;

  Townsfolk(Siege.Town town) throws Exception {
    this.town = town;
    try (HttpLine line = town.line()) {
      line.ask("POST", SETS, set("standing"));
      line.ask("POST", SETS, set("rolling"));
      while (!settled(line, "standing") || !settled(line, "rolling")) Thread.sleep(100);
      standing = lives(line);
    }
    HttpLine kept = town.line();
    go("health", 50, () -> timed(health, kept));
    go("newcomer", 500, this::newcomer);
    HttpLine looker = town.line();
    go("looker", 200, () -> look(looker));
    HttpLine steward = town.line();
    go("steward", 100, () -> renewal(steward));
    HttpLine roller = town.line();
    go("roller", 500, () -> rollOver(roller));
  }

  void begin(String name) throws Exception {
    siege = name;
    began = System.nanoTime();
    cpu = town.member().cpuSeconds();
    health = new Series(name + " health, kept line", 1000, "ms");
    newcomers = new Series(name + " health, new line", 1000, "ms");
    rollovers = new Series(name + " rollover of " + REPLICAS);
    renewals = new Series(name + " between renewals of the node's lease");
    unready.set(0);
    failed.set(0);
    late.set(0);
    System.out.println(name);
    town.say(name + "_rss_before_mib", town.member().rssMib(), "memory of the member before");
  }

  void end() throws Exception {
    double seconds = (System.nanoTime() - began) / 1e9;
    health.print(town.figures());
    newcomers.print(town.figures());
    rollovers.print(town.figures());
    renewals.print(town.figures());
    town.say(siege + "_late", late.get(), "renewals that came more than 2 s after the one before");
    town.say(siege + "_seconds", seconds, "that it lasted");
    double used = (town.member().cpuSeconds() - cpu) / seconds;
    town.say(siege + "_cpu", 100 * used, "member's CPU, % of a core");
    town.say(siege + "_rss_after_mib", town.member().rssMib(), "memory of the member after");
    town.say(siege + "_failed", failed.get(), "questions of ordinary people that failed");
    town.say(siege + "_unready", unready.get(), "looks at which a standing pod was not ready");
    try (HttpLine line = town.line()) {
      boolean same = standing.equals(lives(line));
      town.say(siege + "_lives_lost", same ? 0 : 1, "whether a standing pod had to begin anew");
    }
  }

  private void go(String name, long pauseMillis, Habit habit) {
    Thread person =
        new Thread(
            () -> {
              while (!over) {
                try {
                  habit.once();
                  Thread.sleep(pauseMillis); // The pace of the load.
                } catch (InterruptedException ended) {
                  return;
                } catch (Exception broken) {
                  if (!over && failed.getAndIncrement() < 3) {
                    System.out.println("  " + name + ": " + broken);
                  }
                }
              }
            },
            name);
    person.setDaemon(true);
    people.add(person);
    person.start();
  }

  private static void timed(Series series, HttpLine line) throws IOException {
    long sent = System.nanoTime();
    int status = line.get("/healthz").status();
    if (status != 200) throw new IOException("/healthz answered " + status);
    series.add((System.nanoTime() - sent) / 1e9);
  }

  private void newcomer() throws Exception {
    long sent = System.nanoTime();
    Series into = newcomers;
    try (HttpLine line = new HttpLine(town.server(), town.tls(), 10_000)) {
      if (line.get("/healthz").status() != 200) throw new IOException("not well");
      into.add((System.nanoTime() - sent) / 1e9);
    }
  }

  private void look(HttpLine line) throws IOException {
    JsonNode status = Json.object(line.get(SETS + "/standing").body()).path("status");
    if (status.path("readyReplicas").asInt(0) != REPLICAS) unready.incrementAndGet();
  }

  /** A look that was itself answered late has missed renewals, and tells nothing of them. */
  private void renewal(HttpLine line) throws IOException {
    long asked = System.nanoTime();
    JsonNode lease = Json.object(line.get(LEASES).body()).at("/items/0/spec/renewTime");
    if (lease.isMissingNode()) return;
    Instant last = Instant.parse(lease.asString());
    long sinceLook = System.nanoTime() - looked;
    looked = asked;
    if (renewed.filter(last::isBefore).isPresent()) return;
    renewed
        .filter(last::isAfter)
        .filter(before -> sinceLook < MOST_BLIND_NANOS)
        .ifPresent(
            before -> {
              double seconds = Duration.between(before, last).toNanos() / 1e9;
              renewals.add(seconds);
              if (seconds > LATE_SECONDS) late.incrementAndGet();
            });
    renewed = Optional.of(last);
  }

  private void rollOver(HttpLine line) throws Exception {
    String patch =
        "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"n\":\"%d\"}}}}}"
            .formatted(++rolled);
    Series into = rollovers;
    long sent = System.nanoTime();
    int code = line.patch("application/merge-patch+json", SETS + "/rolling", bytes(patch)).status();
    if (code == 429) return; // As a person would: later again.
    if (code != 200) throw new IOException("the rollover was answered " + code);
    while (!settled(line, "rolling")) {
      if (over) return;
      if (System.nanoTime() - sent > TimeUnit.SECONDS.toNanos(120)) {
        throw new IOException("no rollover in 120 s");
      }
      Thread.sleep(50);
    }
    into.add((System.nanoTime() - sent) / 1e9);
  }

  private static boolean settled(HttpLine line, String name) throws IOException {
    HttpLine.Answer answer = line.get(SETS + "/" + name);
    if (answer.status() != 200) return false;
    JsonNode set = Json.object(answer.body());
    JsonNode status = set.path("status");
    return status.path("observedGeneration").asLong(0)
            == set.path("metadata").path("generation").asLong(-1)
        && status.path("updatedReplicas").asInt(0) == REPLICAS
        && status.path("readyReplicas").asInt(0) == REPLICAS;
  }

  /** Which lives the standing pods are, and how often their processes began. */
  private static String lives(HttpLine line) throws IOException {
    StringBuilder lives = new StringBuilder();
    byte[] pods = line.get("/api/v1/namespaces/default/pods?labelSelector=app%3Dstanding").body();
    for (JsonNode pod : Json.object(pods).path("items")) {
      lives.append(pod.at("/metadata/uid").asString());
      lives.append(pod.at("/status/containerStatuses/0/restartCount").asInt(-1)).append(' ');
    }
    return lives.toString();
  }

  private static byte[] set(String name) {
    return bytes(
        """
        {"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "%1$s"},
         "spec": {"serviceName": "%1$s", "replicas": %2$d,
          "selector": {"matchLabels": {"app": "%1$s"}},
          "template": {"metadata": {"labels": {"app": "%1$s"}},
           "spec": {"terminationGracePeriodSeconds": 2,
            "containers": [{"name": "main", "image": "busybox", "command": ["sleep", "100000"],
             "readinessProbe": {"exec": {"command": ["true"]}, "periodSeconds": 1}}]}}}}
        """
            .formatted(name, REPLICAS));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws InterruptedException {
    over = true;
    for (Thread each : people) each.interrupt();
  }
}
