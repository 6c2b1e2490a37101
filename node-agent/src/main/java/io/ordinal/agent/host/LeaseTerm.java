package io.ordinal.agent.host;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a session may count on: each grant lasts from when its request was sent. Pure.
 *
 * @param length of the lease
 * @param sent when each request that is not answered yet was sent, on {@link UpTime}
 * @param deadline of the latest grant; empty before the first
 */
record LeaseTerm(
    Duration length,
    long lastSequence,
    SortedMap<Long, Duration> sent,
    Optional<Duration> deadline) {
  /** Older requests are forgotten: their grants would hardly be worth anything. */
  private static final int REQUESTS_KEPT = 64;

  /**
   * Before any session. Numbers begin at the clock, so that an agent that failed and began again
   * does not repeat those of its requests that may still be answered.
   *
   * @param deadline what the launchers were told before this agent began
   */
  static LeaseTerm begin(Duration now, Optional<Duration> deadline) {
    return new LeaseTerm(Duration.ZERO, now.toMillis(), new TreeMap<>(), deadline);
  }

  /**
   * After another Hello. What was asked before it grants nothing any more, and its numbers do not
   * come again: a late grant can never be taken for the answer to a later request.
   *
   * @param before the session's deadline, if it goes on
   */
  LeaseTerm anew(Duration lease, Optional<Duration> before) {
    return new LeaseTerm(lease, lastSequence, new TreeMap<>(), before);
  }

  /**
   * At most half of the lease, so that a short one is not spent on being polite; unchanged while
   * the length is not known.
   */
  Duration within(Duration politeness) {
    Duration half = length.dividedBy(2);
    return half.isZero() || politeness.compareTo(half) < 0 ? politeness : half;
  }

  /** Until so long before the deadline, which there must be. */
  Duration left(Duration before, Duration now) {
    return deadline.orElseThrow().minus(now).minus(before);
  }

  /** Whether no more than this is left; never before the first grant. */
  boolean endsWithin(Duration rest, Duration now) {
    return deadline.isPresent() && !isPositive(left(rest, now));
  }

  /** After how long there is something to do about the deadline, if there is one. */
  Optional<Duration> nextLook(Duration now, Duration politeness, Duration reserve) {
    if (deadline.isEmpty()) return Optional.empty();
    Duration polite = left(within(politeness), now);
    Duration pause = isPositive(polite) ? polite : left(reserve, now);
    return Optional.of(isPositive(pause) ? pause : Duration.ofMillis(1));
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }

  /** The next request leaves now; its number is {@link #lastSequence()} of the result. */
  LeaseTerm ask(Duration now) {
    TreeMap<Long, Duration> asked = new TreeMap<>(sent);
    asked.put(lastSequence + 1, now);
    while (asked.size() > REQUESTS_KEPT) asked.pollFirstEntry();
    return new LeaseTerm(length, lastSequence + 1, asked, deadline);
  }

  /** A grant that was not asked for, or is older than another, changes nothing. */
  LeaseTerm granted(long sequence) {
    Duration since = sent.get(sequence);
    if (since == null) return this;
    Duration until = since.plus(length);
    boolean longer = deadline.map(now -> until.compareTo(now) > 0).orElse(true);
    TreeMap<Long, Duration> later = new TreeMap<>(sent.tailMap(sequence + 1));
    return new LeaseTerm(length, lastSequence, later, longer ? Optional.of(until) : deadline);
  }
}
