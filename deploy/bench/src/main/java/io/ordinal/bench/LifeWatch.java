package io.ordinal.bench;

import io.ordinal.tests.hosts.Api;
import io.ordinal.tests.hosts.Objects;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** What a client knows of pods whose watch goes on at another controller when one is gone. */
final class LifeWatch implements AutoCloseable {
  /**
   * @param begunSince nanoTime at which this client first heard of this life
   * @param placedSince nanoTime at which it first heard that it has a node; 0 while it has none
   * @param readySince nanoTime at which it first heard that it is ready; 0 while it is not
   */
  record Life(String node, long incarnation, long begunSince, long placedSince, long readySince) {
    boolean ready() {
      return readySince > 0;
    }
  }

  private final Map<String, Life> lives = new HashMap<>();
  private final Following following;

  LifeWatch(List<Api> apis) {
    this.following = new Following(apis, "/api/v1/pods?watch=1", this::take);
  }

  private synchronized void take(JsonNode event) {
    JsonNode pod = event.path("object");
    if (event.path("type").asString("").equals("DELETED")) {
      lives.remove(Objects.name(pod));
    } else {
      Life before = lives.get(Objects.name(pod));
      lives.put(Objects.name(pod), life(pod, before, System.nanoTime()));
    }
    notifyAll();
  }

  private static Life life(JsonNode pod, Life before, long now) {
    String node = Objects.node(pod);
    long incarnation = Objects.incarnation(pod);
    boolean ready = Objects.ready(pod) && !Objects.condemned(pod);
    if (before == null || before.incarnation() != incarnation) {
      return new Life(node, incarnation, now, node.isEmpty() ? 0 : now, ready ? now : 0);
    }
    return new Life(
        node,
        incarnation,
        before.begunSince(),
        since(!node.isEmpty(), before.placedSince(), now),
        since(ready, before.readySince(), now));
  }

  private static long since(boolean now, long before, long time) {
    if (!now) return 0;
    return before > 0 ? before : time;
  }

  synchronized Map<String, Life> lives() {
    return Map.copyOf(lives);
  }

  synchronized void await(String what, Predicate<Map<String, Life>> condition, long seconds)
      throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.test(lives)) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) throw new TimeoutException(what + " not within " + seconds + " s: " + lives);
      wait(left);
    }
  }

  @Override
  public void close() {
    following.close();
  }
}
