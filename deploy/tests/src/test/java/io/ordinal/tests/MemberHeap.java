package io.ordinal.tests;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a member's living objects take, as its JVM tells after full collections. */
final class MemberHeap {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");
  private static final Pattern CLASS = Pattern.compile("\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+)");
  private static final int SHOWN = 25;

  /** Living objects of one class. */
  record Living(long count, long bytes) {
    static final Living NONE = new Living(0, 0);

    Living plus(Living other) {
      return new Living(count + other.count, bytes + other.bytes);
    }

    Living minus(Living other) {
      return new Living(count - other.count, bytes - other.bytes);
    }
  }

  private final String pid;

  MemberHeap(long pid) {
    this.pid = Long.toString(pid);
  }

  /** After a collection; classes and code are not counted. */
  long liveBytes() {
    jcmd("GC.run");
    String info = jcmd("GC.heap_info");
    int classes = info.indexOf("Metaspace");
    Matcher used = USED.matcher(classes < 0 ? info : info.substring(0, classes));
    long kib = 0;
    while (used.find()) kib += Long.parseLong(used.group(1));
    return kib << 10;
  }

  /** By the name of the class. */
  Map<String, Living> classes() {
    Matcher line = CLASS.matcher(jcmd("GC.class_histogram"));
    Map<String, Living> found = new HashMap<>();
    while (line.find()) {
      Living living = new Living(Long.parseLong(line.group(1)), Long.parseLong(line.group(2)));
      found.merge(line.group(3), living, Living::plus);
    }
    return found;
  }

  /** The classes that have grown most, a line for each. */
  static String grown(Map<String, Living> before, Map<String, Living> after) {
    StringBuilder lines = new StringBuilder();
    after.entrySet().stream()
        .map(each -> Map.entry(each.getKey(), growth(each.getKey(), before, each.getValue())))
        .sorted((a, b) -> Long.compare(b.getValue().bytes(), a.getValue().bytes()))
        .limit(SHOWN)
        .forEach(each -> lines.append(line(each.getKey(), each.getValue())));
    return lines.toString();
  }

  private static Living growth(String name, Map<String, Living> before, Living after) {
    return after.minus(before.getOrDefault(name, Living.NONE));
  }

  private static String line(String name, Living growth) {
    return "  %+8d KiB %+8d of %s%n".formatted(growth.bytes() >> 10, growth.count(), name);
  }

  private String jcmd(String what) {
    return Shell.run(Map.of(), Duration.ofSeconds(60), "", List.of("jcmd", pid, what)).ok();
  }
}
