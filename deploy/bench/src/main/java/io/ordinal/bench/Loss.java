package io.ordinal.bench;

import java.util.Collection;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/**
 * How long one loss took, as a client was told: in seconds from the fault.
 *
 * @param detect until the node was said not to be ready
 * @param fence until the first of the old lives was said to be over
 * @param place until the last of the new ones had a node
 * @param ready until all of the new ones were ready
 */
record Loss(double detect, double fence, double place, double ready) {
  /**
   * @param fault nanoTime at which it was begun
   * @param silent nanoTime at which the node was said not to be ready
   * @param next what the replicas live now
   */
  static Loss of(long fault, OptionalLong silent, Collection<LifeWatch.Life> next) {
    double fence =
        (next.stream().mapToLong(LifeWatch.Life::begunSince).min().orElseThrow() - fault) / 1e9;
    return new Loss(
        silent.isPresent() ? (silent.getAsLong() - fault) / 1e9 : fence,
        fence,
        last(fault, next, LifeWatch.Life::placedSince),
        last(fault, next, LifeWatch.Life::readySince));
  }

  private static double last(
      long fault, Collection<LifeWatch.Life> lives, ToLongFunction<LifeWatch.Life> which) {
    return (lives.stream().mapToLong(which).max().orElseThrow() - fault) / 1e9;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "detect %.2f s, fence %.2f s, place %.2f s, ready %.2f s",
        detect,
        fence,
        place,
        ready);
  }
}
