package io.ordinal.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** Many bodies at once that are as large as may be and made of small values, and larger ones. */
final class LargeBodies implements Siege {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final int CLIENTS = 100;
  private static final int SECONDS = 20;

  @Override
  public void lay(Town town) throws Exception {
    Map<Integer, LongAdder> codes = new ConcurrentHashMap<>();
    AtomicBoolean over = new AtomicBoolean();
    List<Callable<Void>> clients = new ArrayList<>();
    byte[] fits = body((3 << 20) - 200);
    byte[] larger = body((3 << 20) + 200);
    for (int i = 0; i < CLIENTS; i++) {
      byte[] body = i % 10 == 0 ? larger : fits;
      clients.add(() -> client(town, body, codes, over));
    }
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    List<java.util.concurrent.Future<Void>> running =
        clients.stream().map(threads::submit).toList();
    double most = 0;
    for (int i = 0; i < SECONDS * 10; i++) {
      Thread.sleep(100);
      most = Math.max(most, town.member().rssMib());
    }
    over.set(true);
    for (java.util.concurrent.Future<Void> each : running) each.get();
    threads.shutdown();
    System.out.println("  answered " + codes);
    codes.forEach((code, count) -> town.say("large_" + code, count.sum(), "answers " + code));
    town.say("large_rss_most_mib", most, "most memory of the member meanwhile");
    town.say("large_heap_mib", town.member().liveHeapMib(), "live heap afterwards");
  }

  private static Void client(
      Town town, byte[] body, Map<Integer, LongAdder> codes, AtomicBoolean over) throws Exception {
    HttpLine line = town.line();
    while (!over.get()) {
      try {
        HttpLine.Answer answer = line.ask("POST", MAPS, body);
        codes.computeIfAbsent(answer.status(), none -> new LongAdder()).increment();
        if (answer.retryAfter() > 0) Thread.sleep(answer.retryAfter() * 1000L);
      } catch (IOException cut) {
        codes.computeIfAbsent(0, none -> new LongAdder()).increment();
        line = town.line();
      }
    }
    line.close();
    return null;
  }

  /** A ConfigMap whose field that nobody knows has many values. */
  private static byte[] body(int bytes) {
    String head =
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"large\"},\"data\":[";
    StringBuilder text = new StringBuilder(bytes).append(head);
    while (text.length() < bytes - 4) text.append("[],");
    return text.append("0]}").toString().getBytes(StandardCharsets.UTF_8);
  }
}
