package io.ordinal.controller.api;

import io.ordinal.controller.api.call.HangUp;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.store.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Lets so many requests be worked on at once, of the large ones fewer, and of those that change one
 * object one: otherwise each that is written makes all others begin anew, and luck decides who is
 * ever written. The others wait, outside of what is worked on: users in turn, and of one user who
 * has waited longest first. More than may wait are told to come back, the youngest first, and have
 * waited since they first asked when they do. One user has at most three quarters of either, so
 * that a flood is not everybody's. Who hangs up waits no more. Thread safe.
 */
final class InFlight {
  /** One request, worked on or waiting. */
  private static final class Place {
    private static final Comparator<Place> AGE =
        Comparator.comparingLong((Place each) -> each.since).thenComparingLong(each -> each.number);

    private final Asked asked;
    private final long since;
    private final long number;

    /** Whether it may begin; false when it has to go. */
    private final CompletableFuture<Boolean> admitted = new CompletableFuture<>();

    private boolean atOnce;
    private Optional<Turn> turn = Optional.empty();

    private Place(Asked asked, long since, long number) {
      this.asked = asked;
      this.since = since;
      this.number = number;
    }
  }

  /** To change an object. It knows nothing of the request, which may have ended long before. */
  private static final class Turn {
    private final ObjectKey object;
    private boolean timed;

    private Turn(ObjectKey object) {
      this.object = object;
    }
  }

  private final LoadSettings.Bounds bounds;
  private final LongSupplier nanoTime;
  private final Executor executor;
  private final Shares all;
  private final Shares large;
  private final Map<ObjectKey, Turn> turns = new HashMap<>();

  /** How many wait for each object. */
  private final Map<ObjectKey, Integer> wanted = new HashMap<>();

  /** Those of each user that wait; whose turn is next stands first. */
  private final Map<String, NavigableSet<Place>> lines = new LinkedHashMap<>();

  private final Returning returning = new Returning();
  private int waiting;
  private long number;

  /**
   * @param nanoTime monotonic
   * @param executor begins those that have waited
   */
  InFlight(LoadSettings.Bounds bounds, LongSupplier nanoTime, Executor executor) {
    this.bounds = bounds;
    this.all = new Shares(bounds.most());
    this.large = new Shares(bounds.large());
    this.nanoTime = nanoTime;
    this.executor = executor;
  }

  /** Throws a StatusException with 429, or fails with it, when there are too many. */
  <T> CompletionStage<T> run(Asked asked, Supplier<CompletionStage<T>> request) {
    Place place = enter(asked);
    if (place.atOnce) return worked(place, request);
    CompletionStage<T> answer =
        place.admitted.thenComposeAsync(
            in -> {
              if (in) return worked(place, request);
              throw tooMany();
            },
            executor);
    bound(place);
    return answer;
  }

  /** It waits until its patience ends, or its client goes. */
  private void bound(Place place) {
    CompletableFuture<?> patience =
        new CompletableFuture<>()
            .completeOnTimeout(null, bounds.patience().toNanos(), TimeUnit.NANOSECONDS);
    HangUp.Wish gone = place.asked.gone().then(() -> withdraw(place));
    patience.whenComplete((over, failure) -> withdraw(place));
    place.admitted.whenComplete(
        (in, failure) -> {
          gone.close();
          patience.complete(null);
        });
  }

  private <T> CompletionStage<T> worked(Place place, Supplier<CompletionStage<T>> request) {
    try {
      return request.get().whenComplete((answer, failure) -> leave(place));
    } catch (RuntimeException | Error failed) {
      leave(place);
      throw failed;
    }
  }

  private Place enter(Asked asked) {
    Place place;
    Optional<Place> displaced = Optional.empty();
    synchronized (this) {
      long time = nanoTime.getAsLong();
      place = new Place(asked, returning.since(asked, time), ++number);
      if (mayBegin(place)) {
        begin(place);
        place.atOnce = true;
        return place;
      }
      displaced = displaced(place);
      displaced.ifPresent(each -> returning.note(each.asked, each.since, time));
      if (displaced.isPresent() && displaced.get() == place) throw tooMany();
      displaced.ifPresent(this::unqueue);
      queue(place);
      asked.object().map(turns::get).ifPresent(this::limit);
    }
    displaced.ifPresent(each -> each.admitted.complete(false));
    return place;
  }

  /** Who has to go when the newcomer waits too: it may be the newcomer. */
  private Optional<Place> displaced(Place newcomer) {
    NavigableSet<Place> own = lines.get(newcomer.asked.user());
    boolean ownIsFull = own != null && own.size() >= Shares.part(bounds.waiting());
    if (!ownIsFull && waiting < bounds.waiting()) return Optional.empty();
    NavigableSet<Place> longest = own;
    if (!ownIsFull) {
      for (NavigableSet<Place> each : lines.values()) {
        if (longest == null || each.size() > longest.size()) longest = each;
      }
    }
    Place youngest = longest.last();
    boolean newcomerGoes = longest == own && Place.AGE.compare(newcomer, youngest) > 0;
    return Optional.of(newcomerGoes ? newcomer : youngest);
  }

  private boolean mayBegin(Place place) {
    Asked asked = place.asked;
    return all.isFree(asked.user())
        && (!asked.large() || large.isFree(asked.user()))
        && asked.object().map(turns::get).isEmpty();
  }

  private void begin(Place place) {
    all.take(place.asked.user());
    if (place.asked.large()) large.take(place.asked.user());
    place.turn = place.asked.object().map(Turn::new);
    place.turn.ifPresent(turn -> turns.put(turn.object, turn));
  }

  /** After a while it holds up the next one no more. */
  private void limit(Turn turn) {
    if (turn.timed) return;
    turn.timed = true;
    CompletableFuture.delayedExecutor(
            bounds.turnPatience().toNanos(), TimeUnit.NANOSECONDS, executor)
        .execute(
            () -> {
              List<Place> begun;
              synchronized (this) {
                turns.remove(turn.object, turn);
                begun = beginNext();
              }
              begun.forEach(each -> each.admitted.complete(true));
            });
  }

  private void leave(Place place) {
    List<Place> begun = List.of();
    synchronized (this) {
      boolean makesWay = makesWay(place);
      all.give(place.asked.user());
      if (place.asked.large()) large.give(place.asked.user());
      place.turn.ifPresent(turn -> turns.remove(turn.object, turn));
      if (makesWay) begun = beginNext();
    }
    begun.forEach(each -> each.admitted.complete(true));
  }

  /** Whether anybody may wait for what it has. If not, those who wait are not looked at. */
  private boolean makesWay(Place place) {
    return place.asked.large()
        || !all.isFree(place.asked.user())
        || place.turn.filter(turn -> wanted.containsKey(turn.object)).isPresent();
  }

  /** Those whose turn it is now, before any newcomer finds what came free. */
  private List<Place> beginNext() {
    List<Place> begun = new ArrayList<>();
    for (Optional<Place> next = next(); next.isPresent(); next = next()) {
      begin(next.get());
      next.get().turn.ifPresent(this::limit);
      begun.add(next.get());
    }
    return begun;
  }

  private Optional<Place> next() {
    if (all.isFull()) return Optional.empty();
    for (Map.Entry<String, NavigableSet<Place>> line : lines.entrySet()) {
      if (!all.isFree(line.getKey())) continue;
      for (Place each : line.getValue()) {
        if (!mayBegin(each)) continue;
        unqueue(each);
        NavigableSet<Place> left = lines.remove(line.getKey());
        if (left != null) lines.put(line.getKey(), left); // Behind the other users.
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  private void queue(Place place) {
    lines.computeIfAbsent(place.asked.user(), none -> new TreeSet<>(Place.AGE)).add(place);
    place.asked.object().ifPresent(object -> wanted.merge(object, 1, Integer::sum));
    waiting++;
  }

  /** Whether it waited until now: who takes it out of its line decides what becomes of it. */
  private boolean unqueue(Place place) {
    NavigableSet<Place> line = lines.get(place.asked.user());
    if (line == null || !line.remove(place)) return false;
    waiting--;
    place.asked.object().ifPresent(object -> wanted.merge(object, -1, InFlight::leftOf));
    if (line.isEmpty()) lines.remove(place.asked.user());
    return true;
  }

  private static Integer leftOf(int before, int change) {
    return before + change == 0 ? null : before + change;
  }

  private void withdraw(Place place) {
    synchronized (this) {
      if (!unqueue(place)) return;
      if (!place.asked.gone().hasHappened())
        returning.note(place.asked, place.since, nanoTime.getAsLong());
    }
    place.admitted.complete(false);
  }

  private static StatusException tooMany() {
    return Refusal.tooMany("too many requests, please try again later");
  }

  /** Requests that wait. */
  synchronized int waiting() {
    return waiting;
  }
}
