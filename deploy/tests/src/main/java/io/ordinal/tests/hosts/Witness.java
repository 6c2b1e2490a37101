package io.ordinal.tests.hosts;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at the kernel's process list all the time and says which lives of one identity were alive
 * at the same moment. It needs not see both at once: a life that began before another was last seen
 * alive overlaps it, whenever it was noticed.
 *
 * <p>A process belongs to a life by its PID namespace, one of whose processes names the life in its
 * environment (Redis writes over its own), or, where there are none, by its own environment.
 */
public final class Witness implements AutoCloseable {
  private static final long PERIOD_MILLIS = 10;
  private static final double YOUTH_SECONDS = 1;
  private static final double TICK = 0.01; // What the kernel's times are cut to.

  /**
   * From when until when processes of a life were alive for sure, in seconds since the machine
   * booted.
   *
   * @param first pid of the process that was seen first
   * @param from not before which: cut to hundredths
   * @param until when the last of them was last seen alive
   */
  public record Sight(Life life, long first, double from, double until) {
    Sight seen(double start, double now) {
      return new Sight(life, first, Math.min(from, start), Math.max(until, now));
    }
  }

  /** Two lives that excluded each other and were alive at the same time for so long at least. */
  public record Overlap(Sight earlier, Sight later, double seconds) {}

  /**
   * Whose a process is.
   *
   * @param stat what tells it from a later one with the same number
   */
  private record Process(Kernel.Stat stat, double looked, Optional<Life> life) {
    /**
     * A young process of nobody's may still turn into one of ours, by exec; an old one may be
     * another by now, which had its number at once.
     */
    boolean mayChange(double now) {
      return life.isEmpty() && (now - stat.start() < YOUTH_SECONDS || now - looked > YOUTH_SECONDS);
    }
  }

  /** A process of a namespace that names its life. The name holds as long as it lives. */
  private record Founder(Life life, Kernel.Stat stat) {
    boolean lives() {
      return Kernel.stat(stat.pid()).filter(stat::same).filter(Kernel.Stat::lives).isPresent();
    }
  }

  private final Interest interest;
  private final String home = Kernel.ownNamespace("pid");
  private final Map<Long, Process> known = new HashMap<>();
  private final Map<String, List<Founder>> namespaces = new HashMap<>();
  private final Map<Life, Sight> sights = new HashMap<>();
  private final Set<Life> alive = new HashSet<>();
  private final Thread thread;
  private final Sightings sightings;
  private Throwable failure;
  private long looks;
  private volatile boolean closed;

  /** Which processes matter: other clusters may run on this machine. */
  public interface Interest {
    boolean in(long pid, Life life);
  }

  public Witness(Interest interest) {
    this(interest, Optional.empty());
  }

  /**
   * @param evidence file for what was seen of each process: new, or gone
   */
  public Witness(Interest interest, Path evidence) {
    this(interest, Optional.of(evidence));
  }

  private Witness(Interest interest, Optional<Path> evidence) {
    this.interest = interest;
    this.sightings = new Sightings(evidence);
    this.thread = new Thread(this::watch, "witness");
    thread.setDaemon(true);
    thread.start();
  }

  /** What was seen so far and must never be. Throws when the witness itself failed. */
  public synchronized List<Overlap> overlaps() {
    if (failure != null) throw new AssertionError("the witness failed", failure);
    List<Overlap> found = new ArrayList<>();
    List<Sight> all = new ArrayList<>(sights.values());
    all.sort(Comparator.comparingDouble(Sight::from).thenComparing(Sight::first));
    for (int i = 0; i < all.size(); i++) {
      for (Sight later : all.subList(i + 1, all.size())) {
        overlap(all.get(i), later).ifPresent(found::add);
      }
    }
    return found;
  }

  private static Optional<Overlap> overlap(Sight earlier, Sight later) {
    if (!earlier.life().excludes(later.life())) return Optional.empty();
    double common = Math.min(earlier.until(), later.until()) - (later.from() + TICK);
    return common > 0 ? Optional.of(new Overlap(earlier, later, common)) : Optional.empty();
  }

  /** Every life that was seen so far. */
  public synchronized List<Sight> sights() {
    return List.copyOf(sights.values());
  }

  /** Lives with a live process at the last look. */
  public synchronized Set<Life> alive() {
    return Set.copyOf(alive);
  }

  /** How often it has looked. */
  public synchronized long looks() {
    return looks;
  }

  private void watch() {
    while (!closed) {
      try {
        look();
        Thread.sleep(PERIOD_MILLIS);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) {
        fail(e);
        return;
      }
    }
  }

  private synchronized void fail(Throwable cause) {
    failure = cause;
  }

  private synchronized void look() {
    alive.clear();
    double now = Kernel.uptime(); // Whoever is found alive was so at this moment.
    List<Long> pids = Kernel.pids();
    Set<Long> present = new HashSet<>(pids);
    sightings.gone(now, present);
    known.keySet().retainAll(present);
    for (long pid : pids) {
      Process process = known.get(pid);
      if (process == null || process.mayChange(now)) meet(pid, now);
      else if (process.life().isPresent() && !see(process, now)) meet(pid, now);
    }
    namespaces.values().forEach(each -> each.removeIf(founder -> !founder.lives()));
    namespaces.values().removeIf(List::isEmpty); // Their numbers are soon given to others.
    looks++;
  }

  /** Learns whose it is. */
  private void meet(long pid, double now) {
    known.remove(pid);
    Optional<Kernel.Stat> stat = Kernel.stat(pid);
    if (stat.isEmpty()) return;
    Optional<Life> life = lifeOf(stat.get()).filter(each -> interest.in(pid, each));
    Process process = new Process(stat.get(), now, life);
    // What was read may be of two that had one number; the next look asks again.
    if (Kernel.stat(pid).filter(stat.get()::same).isEmpty()) return;
    known.put(pid, process);
    if (life.isPresent()) see(process, now);
  }

  /** False when its number is another's by now. */
  private boolean see(Process process, double now) {
    Optional<Kernel.Stat> found = Kernel.stat(process.stat().pid());
    if (found.filter(process.stat()::same).isEmpty()) return found.isEmpty();
    if (!found.get().lives()) return true;
    Life life = process.life().orElseThrow();
    alive.add(life);
    sightings.seen(now, found.get(), life);
    double start = found.get().start();
    double until = Math.max(start, now);
    sights.merge(
        life,
        new Sight(life, found.get().pid(), start, until),
        (before, next) -> before.seen(start, until));
    return true;
  }

  /**
   * The environment comes first. The number of a PID namespace is given to the next one as soon as
   * it is free: it means something only while a process lives that is known to be in it.
   */
  private Optional<Life> lifeOf(Kernel.Stat process) {
    long pid = process.pid();
    Optional<String> namespace = Kernel.namespace(pid, "pid");
    if (namespace.isEmpty()) return Optional.empty();
    Optional<Life> own = Kernel.variable(pid, "ORDINAL_RUN").flatMap(Life::parse);
    if (namespace.get().equals(home)) return own;
    Optional<Life> said =
        own.or(() -> Kernel.variable(pid, "ORDINAL_LAUNCHER").flatMap(Life::parse));
    List<Founder> founders =
        namespaces.computeIfAbsent(namespace.get(), number -> new ArrayList<>());
    said.ifPresent(life -> founders.add(new Founder(life, process)));
    return said.or(() -> founders.stream().filter(Founder::lives).findFirst().map(Founder::life));
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    sightings.close();
  }
}
