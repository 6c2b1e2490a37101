package io.ordinal.bench;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Times of one kind, in the order in which they were taken. */
final class Series {
  private final String name;
  private final double scale;
  private final String unit;
  private final List<Double> seconds = new ArrayList<>();

  Series(String name) {
    this(name, 1, "s");
  }

  /**
   * @param scale how many of the unit are a second
   */
  Series(String name, double scale, String unit) {
    this.name = name;
    this.scale = scale;
    this.unit = unit;
  }

  synchronized void add(double value) {
    seconds.add(value);
  }

  /** A line for people, and the figures for programs. */
  synchronized void print(ObjectNode figures) {
    if (seconds.isEmpty()) return;
    List<Double> sorted = new ArrayList<>(seconds);
    sorted.sort(null);
    double p50 = scale * at(sorted, 0.50);
    double p99 = scale * at(sorted, 0.99);
    double most = scale * sorted.get(sorted.size() - 1);
    System.out.printf(
        "%-34s p50 %6.2f %s  p99 %6.2f %s  max %6.2f %s  of %d%n",
        name, p50, unit, p99, unit, most, unit, sorted.size());
    figures
        .putObject(name.replace(' ', '_'))
        .put("p50", p50)
        .put("p99", p99)
        .put("max", most)
        .put("runs", sorted.size());
  }

  private static double at(List<Double> sorted, double share) {
    int index = (int) Math.ceil(share * sorted.size()) - 1;
    return sorted.get(Math.max(index, 0));
  }
}
