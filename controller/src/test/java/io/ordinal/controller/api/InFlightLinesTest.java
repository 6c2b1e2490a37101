package io.ordinal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.SampleDocuments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

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

  private InFlight flight(int most, int large, int waiting) {
    LoadSettings.Bounds bounds = new LoadSettings.Bounds(most, large, waiting, LONG, LONG);
    return new InFlight(bounds, time::incrementAndGet, Runnable::run);
  }

  private CompletableFuture<String> ask(InFlight flight, String user, boolean large, String name) {
    return ask(flight, user, NONE, large, name);
  }

  private CompletableFuture<String> ask(
      InFlight flight, String user, Optional<ObjectKey> object, boolean large, String name) {
    Asked asked = new Asked(user, object, large, new CompletableFuture<>(), name::hashCode);
    return flight
        .run(asked, () -> begun.computeIfAbsent(name, none -> new CompletableFuture<>()))
        .toCompletableFuture();
  }
}
