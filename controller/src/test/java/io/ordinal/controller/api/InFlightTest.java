package io.ordinal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.api.call.HangUp;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.SampleDocuments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InFlightTest {
  private static final Optional<ObjectKey> ONE = Optional.of(SampleDocuments.pod("a", "one"));
  private static final Optional<ObjectKey> OTHER = Optional.of(SampleDocuments.pod("a", "other"));
  private static final Duration LONG = Duration.ofMinutes(1);

  private final AtomicLong time = new AtomicLong();
  private final Map<String, CompletableFuture<String>> begun = new LinkedHashMap<>();

  @Test
  void a_third_waits_until_one_is_done_and_a_fourth_comes_back() {
    InFlight two = flight(2, 1, LONG, LONG);
    ask(two, "ann", "first");
    ask(two, "bob", "second");
    CompletableFuture<String> third = ask(two, "ann", "third");
    assertThatThrownBy(() -> ask(two, "ann", "fourth"))
        .hasMessage("too many requests, please try again later");
    assertThat(begun).containsOnlyKeys("first", "second");
    end("first");
    assertThat(begun).containsOnlyKeys("first", "second", "third");
    end("third");
    assertThat(third).isCompletedWithValue("third");
    assertThat(two.waiting()).isZero();
  }

  @Test
  void those_that_change_one_object_go_one_after_another_and_take_no_place_while_they_wait() {
    InFlight four = flight(4, 8, LONG, LONG);
    for (int i = 0; i < 5; i++) ask(four, "ann", ONE, "one " + i);
    ask(four, "ann", OTHER, "other");
    ask(four, "ann", "none");
    assertThat(begun.keySet()).containsExactly("one 0", "other", "none");
    for (int i = 0; i < 4; i++) {
      end("one " + i);
      assertThat(begun).containsKey("one " + (i + 1)).doesNotContainKey("one " + (i + 2));
    }
  }

  @Test
  void one_that_takes_long_holds_up_the_next_for_a_while_only() {
    InFlight hasty = flight(4, 8, LONG, Duration.ofMillis(20));
    hasty.run(asked("ann", ONE, 1), CompletableFuture::new);
    CompletionStage<String> next =
        hasty.run(asked("ann", ONE, 2), () -> CompletableFuture.completedStage("next"));
    assertThat(next.toCompletableFuture()).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo("next");
  }

  @Test
  void who_waits_for_too_long_is_told_to_come_back() {
    InFlight hasty = flight(1, 8, Duration.ofMillis(20), LONG);
    ask(hasty, "ann", "first");
    assertThat(ask(hasty, "ann", "late"))
        .failsWithin(10, TimeUnit.SECONDS)
        .withThrowableThat()
        .withCauseInstanceOf(StatusException.class);
    end("first");
    assertThat(begun).containsOnlyKeys("first");
    ask(hasty, "ann", "next");
    assertThat(begun).containsKey("next");
  }

  @Test
  void a_refused_request_leaves_no_trace() {
    InFlight two = flight(2, 1, LONG, LONG);
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(
              () ->
                  two.run(
                      asked("ann", ONE, 1),
                      () -> {
                        throw Refusal.badRequest("bad");
                      }))
          .hasMessage("bad");
    }
    two.run(
        asked("ann", ONE, 1),
        () -> CompletableFuture.failedStage(new IllegalStateException("fails later")));
    ask(two, "ann", ONE, "in");
    assertThat(begun).containsKey("in");
  }

  @Test
  void one_user_leaves_a_quarter_to_the_others_who_take_turns() {
    InFlight eight = flight(8, 8, LONG, LONG);
    for (int i = 0; i < 9; i++) ask(eight, "storm", "storm " + i);
    ask(eight, "ann", "ann 0");
    ask(eight, "ann", "ann 1");
    ask(eight, "ann", "ann 2");
    ask(eight, "bob", "bob 0");
    assertThat(begun).hasSize(8).containsKeys("ann 0", "ann 1");
    end("storm 0");
    assertThat(begun).containsKey("storm 6");
    end("ann 0");
    assertThat(begun).containsKey("ann 2");
    end("storm 1");
    assertThat(begun).containsKey("bob 0");
  }

  @Test
  void who_comes_back_has_waited_since_the_first_time() {
    InFlight one = flight(1, 3, LONG, LONG);
    ask(one, "ann", "working");
    ask(one, "ann", "waiting");
    CompletableFuture<String> young = ask(one, "ann", "young");
    time.addAndGet(1_000_000_000);
    assertThatThrownBy(() -> ask(one, "ann", "told to come back"))
        .isInstanceOf(StatusException.class);
    end("working");
    time.addAndGet(1_000_000_000);
    ask(one, "ann", "newcomer");
    time.addAndGet(100);
    ask(one, "ann", "told to come back");
    end("waiting");
    end("young");
    assertThat(young).isCompleted();
    assertThat(begun.keySet()).containsExactly("working", "waiting", "young", "told to come back");
  }

  /** A storm of many on one object, with fewer places than there are of them. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void nobody_starves_in_a_storm(long seed) {
    int clients = 60;
    Random random = new Random(seed);
    InFlight storm = flight(8, 24, LONG, LONG);
    int[] done = new int[clients];
    long[] back = new long[clients];
    List<CompletableFuture<String>> asked = new ArrayList<>();
    for (int i = 0; i < clients; i++) asked.add(null);
    for (int step = 0; step < 20_000; step++) {
      time.addAndGet(10_000_000);
      int client = random.nextInt(clients);
      CompletableFuture<String> mine = asked.get(client);
      if (mine != null && mine.isDone()) {
        boolean refused = mine.isCompletedExceptionally();
        if (refused) back[client] = time.get() + 1_000_000_000;
        else done[client]++;
        asked.set(client, null);
      }
      if (asked.get(client) == null && time.get() >= back[client]) {
        try {
          asked.set(client, ask(storm, "all", ONE, "client " + client));
        } catch (StatusException refused) {
          back[client] = time.get() + 1_000_000_000;
        }
      }
      if (step % 5 == 0 && !begun.isEmpty()) end(begun.keySet().iterator().next());
    }
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (int each : done) {
      least = Math.min(least, each);
      most = Math.max(most, each);
    }
    assertThat(least).as("seed %d, most %d", seed, most).isGreaterThan(most / 2);
  }

  @Test
  void who_hangs_up_waits_no_more_and_is_not_worked_on() {
    InFlight two = flight(2, 2, LONG, LONG);
    ask(two, "ann", ONE, "working");
    HangUp connection = new HangUp();
    CompletionStage<String> left =
        two.run(
            new Asked("ann", ONE, false, connection, () -> 1),
            () -> begun.computeIfAbsent("left", none -> new CompletableFuture<>()));
    assertThat(two.waiting()).isEqualTo(1);
    connection.happen();
    assertThat(two.waiting()).isZero();
    assertThat(left).isCompletedExceptionally();
    end("working");
    ask(two, "ann", ONE, "next");
    assertThat(begun).containsOnlyKeys("working", "next");
  }

  @Test
  void what_waited_leaves_nothing_behind_at_its_connection() {
    InFlight one = flight(1, 2, LONG, LONG);
    HangUp connection = new HangUp();
    for (int i = 0; i < 100; i++) {
      String name = "working " + i;
      ask(one, "ann", name);
      CompletionStage<String> waited =
          one.run(
              new Asked("ann", Optional.empty(), false, connection, () -> 1),
              () -> CompletableFuture.completedStage("waited"));
      end(name);
      assertThat(waited).isCompletedWithValue("waited");
    }
    assertThat(connection.wishes()).isZero();
  }

  @Test
  void an_error_in_a_request_leaves_no_trace_either() {
    InFlight one = flight(1, 2, LONG, LONG);
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(
              () ->
                  one.run(
                      asked("ann", ONE, 1),
                      () -> {
                        throw new StackOverflowError("deep");
                      }))
          .hasMessage("deep");
    }
    ask(one, "ann", ONE, "in");
    assertThat(begun).containsKey("in");
  }

  /** What is asked just when a place comes free finds that it is taken. */
  @Test
  void a_newcomer_does_not_begin_before_those_who_wait() {
    List<String> order = new ArrayList<>();
    List<Runnable> later = new ArrayList<>();
    LoadSettings.Bounds bounds = new LoadSettings.Bounds(1, 1, 8, LONG, LONG);
    InFlight one = new InFlight(bounds, time::get, later::add);
    CompletableFuture<String> working = new CompletableFuture<>();
    one.run(asked("ann", ONE, 1), () -> working);
    one.run(asked("ann", ONE, 2), () -> began(order, "waiting"));
    working.complete("done");
    one.run(asked("bob", ONE, 3), () -> began(order, "newcomer"));
    assertThat(order).isEmpty();
    while (!later.isEmpty()) later.remove(0).run();
    assertThat(order).containsExactly("waiting", "newcomer");
  }

  /** Many clients hang up, fail and come, all at once. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void nothing_is_lost_when_many_hang_up_while_others_end(long seed) throws Exception {
    int threads = 4;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      LoadSettings.Bounds bounds = new LoadSettings.Bounds(3, 3, 40, Duration.ofMillis(2), LONG);
      InFlight busy = new InFlight(bounds, System::nanoTime, pool);
      AtomicInteger working = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      List<CompletableFuture<?>> clients = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Random random = new Random(seed * threads + i);
        clients.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int step = 0; step < 2_000; step++) storm(busy, random, working, most);
                }));
      }
      for (CompletableFuture<?> each : clients) each.get(1, TimeUnit.MINUTES);
      await().until(() -> busy.waiting() == 0 && free(busy) == 3);
      assertThat(most).hasValueLessThanOrEqualTo(3);
    } finally {
      pool.shutdownNow();
    }
  }

  private static void storm(
      InFlight busy, Random random, AtomicInteger working, AtomicInteger most) {
    HangUp connection = new HangUp();
    CompletableFuture<String> work = new CompletableFuture<>();
    Optional<ObjectKey> object = random.nextBoolean() ? ONE : Optional.empty();
    try {
      busy.run(
          new Asked("user " + random.nextInt(3), object, false, connection, random::nextInt),
          () -> {
            most.accumulateAndGet(working.incrementAndGet(), Math::max);
            return work.whenComplete((done, failure) -> working.decrementAndGet());
          });
    } catch (StatusException refused) {
      return;
    }
    if (random.nextBoolean()) connection.happen();
    CompletableFuture.runAsync(() -> work.complete("done"));
  }

  /** As many as begin at once. */
  private static int free(InFlight flight) {
    CompletableFuture<String> work = new CompletableFuture<>();
    AtomicInteger begun = new AtomicInteger();
    for (int i = 0; i < 4; i++) {
      flight.run(
          asked("free " + i, i == 0 ? ONE : Optional.empty(), i),
          () -> {
            if (!work.isDone()) begun.incrementAndGet();
            return work;
          });
    }
    work.complete("done");
    return begun.get();
  }

  private static CompletionStage<String> began(List<String> order, String name) {
    order.add(name);
    return CompletableFuture.completedStage(name);
  }

  private static Asked asked(String user, Optional<ObjectKey> object, int likeness) {
    return new Asked(user, object, false, new HangUp(), () -> likeness);
  }

  private InFlight flight(int most, int waiting, Duration patience, Duration turnPatience) {
    LoadSettings.Bounds bounds =
        new LoadSettings.Bounds(most, most, waiting, patience, turnPatience);
    return new InFlight(bounds, time::get, Runnable::run);
  }

  private CompletableFuture<String> ask(InFlight flight, String user, String name) {
    return ask(flight, user, Optional.empty(), name);
  }

  private CompletableFuture<String> ask(
      InFlight flight, String user, Optional<ObjectKey> object, String name) {
    return flight
        .run(
            asked(user, object, name.hashCode()),
            () -> begun.computeIfAbsent(name, none -> new CompletableFuture<>()))
        .toCompletableFuture();
  }

  /** Those that began stay known but for the storm's, which ask again by the same name. */
  private void end(String name) {
    CompletableFuture<String> work = begun.get(name);
    if (name.startsWith("client ")) begun.remove(name);
    work.complete(name);
  }
}
