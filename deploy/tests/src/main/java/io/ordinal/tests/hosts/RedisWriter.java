package io.ordinal.tests.hosts;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Writes numbered records to one Redis without pause, wherever it is, and keeps those that were
 * acknowledged. A record that was not may have been written all the same.
 */
public final class RedisWriter implements AutoCloseable {
  private static final long PERIOD_MILLIS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String name;
  private final Supplier<String> place;
  private final Set<String> acknowledged = new ConcurrentSkipListSet<>();
  private final Thread thread;
  private volatile boolean closed;
  private volatile long refused;
  private long longestGapNanos;

  /**
   * @param name of the replica; every record begins with it
   * @param place its present address, or empty
   */
  public RedisWriter(String name, Supplier<String> place) {
    this.name = name;
    this.place = place;
    this.thread = new Thread(this::write, "writer-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  public String name() {
    return name;
  }

  public int acknowledged() {
    return acknowledged.size();
  }

  /** How many records were not acknowledged. */
  public long refused() {
    return refused;
  }

  /** The longest time between two acknowledgements. */
  public synchronized Duration longestGap() {
    return Duration.ofNanos(longestGapNanos);
  }

  /**
   * Acknowledged records that the replica does not have, and records that are not its own. It must
   * run.
   */
  public Set<String> lost() {
    Set<String> before = new TreeSet<>(acknowledged);
    Set<String> found = new HashSet<>();
    Until.within(PATIENCE, "the records of " + name, () -> found.addAll(read()) || found.isEmpty());
    Set<String> wrong = new TreeSet<>(before);
    wrong.removeAll(found);
    found.stream().filter(each -> !each.startsWith(name + ":")).forEach(wrong::add);
    return wrong;
  }

  private List<String> read() throws IOException {
    try (RedisConnection connection = new RedisConnection(place.get())) {
      return connection.ask("SMEMBERS written");
    }
  }

  private void write() {
    long number = 0;
    long last = System.nanoTime();
    while (!closed) {
      String address = place.get();
      try (RedisConnection connection = new RedisConnection(address)) {
        while (!closed) {
          String record = name + ":" + ++number;
          connection.ask("SADD written " + record);
          acknowledged.add(record);
          last = acknowledgedAt(last);
          Thread.sleep(PERIOD_MILLIS);
        }
      } catch (IOException | IllegalArgumentException away) {
        refused++;
        LockSupport.parkNanos(PERIOD_MILLIS * 1_000_000);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private synchronized long acknowledgedAt(long last) {
    long now = System.nanoTime();
    longestGapNanos = Math.max(longestGapNanos, now - last);
    return now;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
