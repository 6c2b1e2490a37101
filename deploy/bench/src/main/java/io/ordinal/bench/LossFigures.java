package io.ordinal.bench;

import io.ordinal.tests.hosts.Witness;
import io.ordinal.tests.hosts.Witness.Sight;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** The figures of all rounds, by the way in which nodes were lost. */
final class LossFigures {
  private record Way(Series detect, Series fence, Series place, Series ready, Series round) {
    static Way named(String way) {
      return new Way(
          new Series(way + " to detect"),
          new Series(way + " to fence"),
          new Series(way + " to place"),
          new Series(way + " to ready"),
          new Series(way + " to whole again"));
    }

    List<Series> all() {
      return List.of(detect, fence, place, ready, round);
    }
  }

  private final Map<String, Way> ways = new LinkedHashMap<>();
  private int failed;

  void add(String way, Loss loss, double round) {
    Way series = ways.computeIfAbsent(way, Way::named);
    series.detect().add(loss.detect());
    series.fence().add(loss.fence());
    series.place().add(loss.place());
    series.ready().add(loss.ready());
    series.round().add(round);
  }

  void addFailed() {
    failed++;
  }

  /** Prints them for people and puts them down for programs. */
  void print(int rounds, Witness witness, ObjectNode figures) {
    ways.values().forEach(way -> way.all().forEach(series -> series.print(figures)));
    List<Witness.Overlap> overlaps = witness.overlaps();
    overlaps.forEach(System.out::println);
    System.out.printf("%-34s %d of %d%n", "failed rounds", failed, rounds);
    System.out.printf("%-34s %d in %d looks%n", "overlaps", overlaps.size(), witness.looks());
    figures.put("rounds", rounds).put("failed", failed).put("overlaps", overlaps.size());
    leastGap(witness.sights())
        .ifPresent(
            gap -> {
              System.out.printf("%-34s %.2f s%n", "least time between two lives", gap);
              figures.put("least_gap", gap);
            });
  }

  /** Between the last sight of a life and the start of the next one of its identity. */
  private static OptionalDouble leastGap(List<Sight> sights) {
    return sights.stream()
        .collect(Collectors.groupingBy(each -> each.life().identity()))
        .values()
        .stream()
        .flatMapToDouble(
            lives -> {
              List<Sight> order =
                  lives.stream().sorted(Comparator.comparingDouble(Sight::from)).toList();
              return IntStream.range(1, order.size())
                  .mapToDouble(next -> order.get(next).from() - order.get(next - 1).until());
            })
        .min();
  }
}
