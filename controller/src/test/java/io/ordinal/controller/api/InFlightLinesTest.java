package io.ordinal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.api.call.HangUp;
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
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose requests wait for whose. */
class InFlightLinesTest {
  private static final Optional<ObjectKey> NONE = Optional.empty();
  private static final Duration LONG = Duration.ofMinutes(1);

  private final AtomicLong time = new AtomicLong();
  private final Map<String, CompletableFuture<String>> begun = new LinkedHashMap<>();

  @Test
  void where_all_places_to_wait_are_taken_the_youngest_of_who_has_most_makes_room() {
    InFlight one = flight(1, 1, 4);
    ask(one, "storm", false, "working");
    List<CompletableFuture<String>> storm = new ArrayList<>();
    for (int i = 0; i < 3; i++) storm.add(ask(one, "storm", false, "storm " + i));
    assertThatThrownBy(() -> ask(one, "storm", false, "a fourth of four"))
        .isInstanceOf(StatusException.class);
    CompletableFuture<String> ann = ask(one, "ann", false, "ann");
    CompletableFuture<String> bob = ask(one, "bob", false, "bob");
    assertThat(storm.get(2)).isCompletedExceptionally();
    assertThat(storm.get(1)).isNotDone();
    assertThat(ann).isNotDone();
    assertThat(bob).isNotDone();
    assertThat(one.waiting()).isEqualTo(4);
  }

  @Test
  void large_ones_wait_for_large_ones_only_and_small_ones_go_past_them() {
    InFlight eight = flight(8, 2, 8);
    ask(eight, "ann", true, "ann's");
    ask(eight, "ann", true, "ann's second");
    ask(eight, "ann", false, "small");
    assertThat(begun.keySet()).containsExactly("ann's", "small");
    ask(eight, "bob", true, "bob's");
    ask(eight, "bob", true, "bob's second");
    assertThat(begun.keySet()).containsExactly("ann's", "small", "bob's");
    begun.get("ann's").complete("done");
    assertThat(begun.keySet()).containsExactly("ann's", "small", "bob's", "ann's second");
  }

  @Test
  void a_large_one_takes_no_large_place_while_it_waits_for_its_object() {
    InFlight eight = flight(8, 2, 8);
    Optional<ObjectKey> object = Optional.of(SampleDocuments.pod("a", "one"));
    ask(eight, "ann", object, true, "first");
    ask(eight, "bob", object, true, "waits for it");
    ask(eight, "cid", true, "of another");
    assertThat(begun.keySet()).containsExactly("first", "of another");
  }

  /** Short bursts, each worked off to its end: nobody is left waiting for what is free. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whoever_waits_begins_when_what_it_waits_for_is_free(long seed) {
    Random random = new Random(seed);
    InFlight flight = flight(4, 2, 100);
    for (int round = 0; round < 400; round++) {
      List<CompletableFuture<String>> asked = new ArrayList<>();
      for (int i = 0; i < 3 + random.nextInt(12); i++) {
        String user = List.of("ann", "bob", "cid").get(random.nextInt(3));
        Optional<ObjectKey> object =
            random.nextBoolean()
                ? NONE
                : Optional.of(SampleDocuments.pod("a", "p" + random.nextInt(2)));
        String name = round + " " + i;
        asked.add(ask(flight, user, object, random.nextInt(4) == 0, name));
        if (random.nextInt(3) == 0) endOne(random);
      }
      while (!begun.isEmpty()) endOne(random);
      assertThat(flight.waiting()).as("seed %d, round %d", seed, round).isZero();
      assertThat(asked).allMatch(CompletableFuture::isDone);
    }
  }

  private void endOne(Random random) {
    if (begun.isEmpty()) return;
    String name = new ArrayList<>(begun.keySet()).get(random.nextInt(begun.size()));
    begun.remove(name).complete("done");
  }

  private InFlight flight(int most, int large, int waiting) {
    LoadSettings.Bounds bounds = new LoadSettings.Bounds(most, large, waiting, LONG, LONG);
    return new InFlight(bounds, time::incrementAndGet, Runnable::run);
  }

  private CompletableFuture<String> ask(InFlight flight, String user, boolean large, String name) {
    return ask(flight, user, NONE, large, name);
  }

  private CompletableFuture<String> ask(
      InFlight flight, String user, Optional<ObjectKey> object, boolean large, String name) {
    Asked asked = new Asked(user, object, large, new HangUp(), name::hashCode);
    return flight
        .run(asked, () -> begun.computeIfAbsent(name, none -> new CompletableFuture<>()))
        .toCompletableFuture();
  }
}
