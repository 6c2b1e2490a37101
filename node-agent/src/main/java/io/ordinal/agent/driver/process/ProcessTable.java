package io.ordinal.agent.driver.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All processes of the machine at one moment: whose children they are and what they used. */
final class ProcessTable {
  /** Clock ticks a second: the kernel counts in these for programs, whatever its own are. */
  static final long TICKS_PER_SECOND = 100;

  private static final int PARENT = 1;
  private static final int USER_TICKS = 11;
  private static final int CHILDREN_SYSTEM_TICKS = 14;
  private static final int START_TICKS = 19;
  private static final int BYTES_PER_KIBIBYTE = 1024;

  /**
   * One process.
   *
   * @param ticks of itself and of those of its children that have ended and that it knows of, so
   *     that what a tree used never falls while the tree lives
   */
  record Entry(long pid, long parent, long startTicks, long ticks) {}

  /**
   * What a tree of processes used so far, and holds.
   *
   * @param ticks since it began
   */
  record Sum(long ticks, long memoryBytes) {}

  private final Path proc;
  private final Map<Long, Entry> entries;
  private final Map<Long, List<Long>> children = new HashMap<>();

  private ProcessTable(Path proc, Map<Long, Entry> entries) {
    this.proc = proc;
    this.entries = entries;
    for (Entry each : entries.values()) {
      children.computeIfAbsent(each.parent(), fresh -> new ArrayList<>()).add(each.pid());
    }
  }

  /**
   * @param proc where the kernel tells of processes
   */
  static ProcessTable read(Path proc) throws IOException {
    Map<Long, Entry> found = new HashMap<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        try {
          String stat = Files.readString(process.resolve("stat"));
          long pid = Long.parseLong(process.getFileName().toString());
          found.put(pid, entry(pid, stat));
        } catch (IOException gone) {
          continue; // It ended meanwhile.
        }
      }
    }
    return new ProcessTable(proc, found);
  }

  /** The name stands in parentheses and may itself contain blanks and parentheses. */
  static Entry entry(long pid, String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ");
    long ticks = 0;
    for (int i = USER_TICKS; i <= CHILDREN_SYSTEM_TICKS; i++) ticks += Long.parseLong(fields[i]);
    return new Entry(
        pid, Long.parseLong(fields[PARENT]), Long.parseLong(fields[START_TICKS]), ticks);
  }

  /** Whether this very process is there. */
  boolean has(ProcessIdentity process) {
    Entry found = entries.get(process.pid());
    return found != null && found.startTicks() == process.startTicks();
  }

  /** What these processes and all below them used and hold. */
  Sum sum(Collection<Long> roots) {
    Set<Long> counted = new HashSet<>();
    Deque<Long> left = new ArrayDeque<>(roots);
    long ticks = 0;
    long own = 0;
    long shared = 0;
    while (!left.isEmpty()) {
      long pid = left.pop();
      Entry entry = entries.get(pid);
      if (entry == null || !counted.add(pid)) continue;
      left.addAll(children.getOrDefault(pid, List.of()));
      ticks += entry.ticks();
      Map<String, Long> status = memory(pid);
      own += status.getOrDefault("RssAnon", 0L);
      long others = status.getOrDefault("RssFile", 0L) + status.getOrDefault("RssShmem", 0L);
      shared = Math.max(shared, others); // Processes of one program have most of it in common.
    }
    return new Sum(ticks, own + shared);
  }

  private Map<String, Long> memory(long pid) {
    try {
      return figures(Files.readString(proc.resolve(pid + "/status")));
    } catch (IOException gone) {
      return Map.of();
    }
  }

  /** Lines such as {@code RssAnon: 12 kB}, in bytes. */
  static Map<String, Long> figures(String text) {
    Map<String, Long> found = new HashMap<>();
    for (String line : text.split("\n")) {
      int colon = line.indexOf(':');
      if (colon < 0 || !line.endsWith(" kB")) continue;
      String kibibytes = line.substring(colon + 1, line.length() - " kB".length()).strip();
      found.put(line.substring(0, colon), Long.parseLong(kibibytes) * BYTES_PER_KIBIBYTE);
    }
    return found;
  }

  /** What all of the machine used so far, and has in use. */
  static Sum machine(Path proc) throws IOException {
    String[] fields = Files.readString(proc.resolve("stat")).split("\n")[0].strip().split(" +");
    long busy = 0;
    // user nice system (idle iowait) irq softirq steal; guests are in user.
    for (int i : new int[] {1, 2, 3, 6, 7, 8}) {
      if (i < fields.length) busy += Long.parseLong(fields[i]);
    }
    Map<String, Long> memory = figures(Files.readString(proc.resolve("meminfo")));
    long used = memory.getOrDefault("MemTotal", 0L) - memory.getOrDefault("MemAvailable", 0L);
    return new Sum(busy, used);
  }
}
