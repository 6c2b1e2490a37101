package io.ordinal.bench;

import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The store's group alone, three members with mutual TLS in processes of their own, of which one is
 * killed and started again, in turns the leader and another: for how long could nobody write? The
 * time of the loss and the time after the return are told apart.
 */
public final class ElectionBench {
  private static final int MEMBERS = 3;
  private static final String USAGE =
      """
      run ElectionBench DIRECTORY [ROUNDS (10)] [SECONDS AWAY (3)] [BUSY PROCESSES (0)]

      Three members of a store's group with mutual TLS, each a process that writes through its own
      member all the time. One is killed and started again, in turns the leader and another; prints
      for how long nobody could write while it was away, and after it was back. The directory is
      made, and left with the members' logs. BENCH_OPTS="... -Dbench.ratis=INFO" logs elections.
      """;
  private static final long LEADERLESS_MS = 20_000;

  private final Path directory;
  private final List<ElectionMember> members = new ArrayList<>();
  private final List<Process> busy = new ArrayList<>();

  private ElectionBench(Path directory) {
    this.directory = directory;
  }

  public static void main(String[] args) throws Exception {
    Usage.ifAsked(args, USAGE);
    Path directory = Path.of(args[0]);
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 10;
    int away = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    int load = args.length > 3 ? Integer.parseInt(args[3]) : 0;
    Files.createDirectories(directory);
    ElectionBench bench = new ElectionBench(directory);
    Runtime.getRuntime().addShutdownHook(new Thread(bench::close));
    bench.start();
    for (int i = 0; i < load; i++)
      bench.busy.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
    ObjectNode figures = Json.object();
    Series leaderLost = new Series("leader lost");
    Series otherLost = new Series("other lost");
    Series back = new Series("member back");
    for (int round = 0; round < rounds; round++) {
      int leader = bench.leader();
      int victim = round % 2 == 0 ? leader : (leader + 1) % MEMBERS;
      double[] seconds = bench.lose(victim, away);
      (victim == leader ? leaderLost : otherLost).add(seconds[0]);
      back.add(seconds[1]);
      System.out.printf(
          "round %2d  %-6s lost: %.2f s without writes, after its return: %.2f s%n",
          round, victim == leader ? "leader" : "other", seconds[0], seconds[1]);
    }
    leaderLost.print(figures);
    otherLost.print(figures);
    back.print(figures);
    System.out.println(new String(Json.bytes(figures), StandardCharsets.UTF_8));
    System.exit(0);
  }

  private Path log(int member) {
    return directory.resolve("member-" + member + ".log");
  }

  private void start() throws Exception {
    Path credentials = directory.resolve("pki");
    ElectionMember.prepare(credentials);
    for (int i = 0; i < MEMBERS; i++) {
      ElectionMember member =
          new ElectionMember(directory.resolve("store-" + i), credentials, freePort());
      members.add(member);
      if (i > 0) member.join(members.get(0).group());
      member.begin(log(i));
      if (i > 0) members.get(0).add(member);
      member.awaitWrites();
    }
  }

  private int leader() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LEADERLESS_MS);
    while (System.nanoTime() < deadline) {
      List<Integer> leading =
          IntStream.range(0, MEMBERS).filter(each -> members.get(each).leads()).boxed().toList();
      if (leading.size() == 1) return leading.get(0);
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new IllegalStateException("nobody leads");
  }

  /** Longest times without a write, in seconds: while it was away, and since its start. */
  private double[] lose(int victim, int away) throws Exception {
    List<ElectionMember> others = new ArrayList<>(members);
    others.remove(victim);
    TimeUnit.SECONDS.sleep(2);
    for (ElectionMember each : others) each.takeGaps();
    members.get(victim).kill();
    TimeUnit.SECONDS.sleep(away);
    long back = System.currentTimeMillis();
    members.get(victim).start(log(victim));
    TimeUnit.SECONDS.sleep(3);
    double lost = 0;
    double returned = 0;
    for (ElectionMember each : others) {
      for (ElectionMember.Gap gap : each.takeGaps()) {
        double seconds = (gap.to() - gap.from()) / 1000.0;
        if (gap.from() < back) lost = Math.max(lost, seconds);
        else returned = Math.max(returned, seconds);
      }
    }
    return new double[] {lost, returned};
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void close() {
    busy.forEach(Process::destroyForcibly);
    try {
      for (ElectionMember each : members) each.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
