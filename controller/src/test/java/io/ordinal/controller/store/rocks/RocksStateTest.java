package io.ordinal.controller.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.Compacted;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RandomTransactions;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.SampleDocuments;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RocksStateTest {
  private static final RocksSettings SETTINGS = new RocksSettings(1 << 20, 1 << 20);
  private static final UUID PROPOSER = UUID.randomUUID();

  @TempDir Path directory;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 5);
  }

  private RocksState open(String name) {
    return RocksState.open(directory.resolve(name), SETTINGS);
  }

  private static List<LogEntry> entries(long seed, int count) {
    Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
    RandomTransactions transactions = new RandomTransactions(random);
    List<LogEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(
          random.nextInt(20) == 0
              ? new LogEntry.PurgeFeed(new Revision(random.nextInt(i + 1)))
              : new LogEntry.Batch(transactions.several()));
    }
    return entries;
  }

  /** Positions leave gaps, as entries that are not ours do. */
  private static Origin origin(Position position) {
    return new Origin(PROPOSER, position.index() + 1);
  }

  private static Position position(int entry) {
    return new Position(1 + entry / 100, 2L * entry);
  }

  private static void apply(RocksState state, List<LogEntry> entries) {
    for (int i = 0; i < entries.size(); i++)
      if (position(i).isAfter(state.position()))
        state.apply(position(i), origin(position(i)), entries.get(i));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void behaves_as_the_store_in_memory(long seed) {
    InMemoryObjectStore model = new InMemoryObjectStore();
    try (RocksState state = open("state")) {
      List<LogEntry> entries = entries(seed, 300);
      for (int i = 0; i < entries.size(); i++) {
        Applied applied = state.apply(position(i), origin(position(i)), entries.get(i));
        List<Outcome> expected = applyTo(model, entries.get(i));
        assertThat(applied.outcomes().stream().map(RocksStateTest::essence).toList())
            .as("seed %d, entry %d", seed, i)
            .isEqualTo(expected.stream().map(RocksStateTest::essence).toList());
        assertThat(applied.revision()).isEqualTo(model.revision());
      }
      List<String> expected =
          model.read(Freshness.LOCAL, RocksStateTest::describe).toCompletableFuture().join();
      assertThat(state.read(RocksStateTest::describe)).as("seed %d", seed).isEqualTo(expected);
      assertThat(expected).as("seed %d: something to compare", seed).hasSizeGreaterThan(20);
    }
  }

  private static List<Outcome> applyTo(InMemoryObjectStore model, LogEntry entry) {
    return entry.match(
        new LogEntry.Cases<>() {
          @Override
          public List<Outcome> batch(LogEntry.Batch batch) {
            return batch.transactions().stream()
                .map(each -> model.commit(each).toCompletableFuture().join())
                .toList();
          }

          @Override
          public List<Outcome> purgeFeed(LogEntry.PurgeFeed purge) {
            model.purgeFeed(purge.upTo());
            return List.of();
          }
        });
  }

  /** The words for people may differ. */
  private static Outcome essence(Outcome outcome) {
    return outcome instanceof Outcome.Refused refused
        ? new Outcome.Refused(refused.operation(), "", refused.revision())
        : outcome;
  }

  private static List<String> describe(View view) {
    List<String> found = new ArrayList<>(List.of("revision " + view.revision()));
    for (ResourceName resource : RandomTransactions.resources()) {
      for (String namespace : List.of("", "a", "b-ü")) {
        for (StoredObject each : view.list(resource, namespace))
          found.add(
              each.toString().replaceAll("document=.*", "")
                  + text(each.document())
                  + view.countAfter(each.key(), namespace));
        for (Change each : changes(view, resource, namespace))
          found.add(
              each.revision()
                  + each.key().toString()
                  + each.deleted()
                  + text(each.document())
                  + each.previous().map(RocksStateTest::text));
      }
    }
    for (String family : List.of("replica", "lease"))
      view.records(family).forEach(r -> found.add(r.key() + " " + r.version() + text(r.value())));
    return found;
  }

  private static String text(byte[] document) {
    return SampleDocuments.text(document);
  }

  private static List<Change> changes(View view, ResourceName resource, String namespace) {
    try {
      view.changes(resource, namespace, Revision.ZERO, Integer.MAX_VALUE);
    } catch (Compacted e) {
      try {
        return view.changes(resource, namespace, e.oldest(), Integer.MAX_VALUE);
      } catch (Compacted again) {
        throw new AssertionError("the oldest must be readable", again);
      }
    }
    return List.of();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void the_same_entries_make_the_same_state(long seed) {
    List<LogEntry> entries = entries(seed, 200);
    try (RocksState one = open("one");
        RocksState other = open("other")) {
      apply(one, entries);
      apply(other, entries.subList(0, 77));
      assertThat(other.digest()).as("seed %d", seed).isNotEqualTo(one.digest());
      apply(other, entries);
      assertThat(other.digest()).as("seed %d", seed).isEqualTo(one.digest());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_crash_loses_nothing_that_the_log_does_not_bring_back(long seed) {
    List<LogEntry> entries = entries(seed, 200);
    try (RocksState undisturbed = open("undisturbed")) {
      apply(undisturbed, entries);
      RocksState crashed = open("crashed");
      apply(crashed, entries.subList(0, 60));
      crashed.close();
      crashed = open("crashed");
      assertThat(crashed.position()).isEqualTo(position(59));
      apply(crashed, entries.subList(0, 140));
      crashed.closeWithoutFlush();
      crashed = open("crashed");
      assertThat(crashed.position()).as("the unflushed is lost").isEqualTo(position(59));
      apply(crashed, entries);
      assertThat(crashed.digest()).as("seed %d", seed).isEqualTo(undisturbed.digest());
      crashed.close();
    }
  }

  @Test
  void a_checkpoint_is_the_state_at_its_moment() {
    List<LogEntry> entries = entries(7, 100);
    try (RocksState state = open("state")) {
      apply(state, entries.subList(0, 50));
      RocksState.Digest then = state.digest();
      state.checkpoint(directory.resolve("checkpoint"));
      apply(state, entries);
      try (RocksState copy = open("checkpoint")) {
        assertThat(copy.digest()).isEqualTo(then);
        assertThat(copy.position()).isEqualTo(position(49));
        apply(copy, entries);
        assertThat(copy.digest()).isEqualTo(state.digest());
      }
    }
  }

  @Test
  void a_view_does_not_move_while_entries_are_applied() {
    List<LogEntry> entries = entries(8, 60);
    try (RocksState state = open("state")) {
      apply(state, entries.subList(0, 30));
      boolean still =
          state.read(
              view -> {
                List<String> before = describe(view);
                apply(state, entries);
                return describe(view).equals(before);
              });
      assertThat(still).isTrue();
    }
  }

  @Test
  void an_entry_is_not_applied_twice() {
    try (RocksState state = open("state")) {
      LogEntry entry = new LogEntry.Batch(List.of(Transaction.of()));
      state.apply(new Position(1, 5), origin(new Position(1, 5)), entry);
      assertThatThrownBy(() -> state.apply(new Position(1, 5), origin(new Position(1, 5)), entry))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void what_is_kept_is_let_go_when_it_is_closed_and_with_the_state_at_the_latest() {
    RocksState state = open("state");
    apply(state, entries(1, 20));
    KeptState first = state.keep();
    KeptState second = state.keep();
    Revision then = state.revision();
    List<LogEntry> more = entries(1, 60);
    apply(state, more);
    assertThat(state.revision().isAfter(then)).isTrue();
    assertThat(first.read(View::revision)).isEqualTo(then);
    first.close();
    first.close();
    assertThat(state.kept()).isEqualTo(1);
    assertThatThrownBy(() -> first.read(View::revision)).isInstanceOf(StoreUnavailable.class);
    assertThat(second.read(View::revision)).isEqualTo(then);
    state.close();
    assertThat(state.kept()).isZero();
    assertThatThrownBy(() -> second.read(View::revision)).isInstanceOf(StoreUnavailable.class);
    second.close();
  }

  @Test
  void a_closed_state_cannot_be_read() {
    RocksState state = open("state");
    state.close();
    state.close();
    assertThatThrownBy(() -> state.read(View::revision)).isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(state::sizeBytes).isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> state.checkpoint(directory.resolve("late")))
        .isInstanceOf(StoreUnavailable.class);
  }

  @Test
  void a_database_in_use_cannot_be_opened() {
    try (RocksState state = open("state")) {
      assertThat(state.revision()).isEqualTo(Revision.ZERO);
      assertThatThrownBy(() -> open("state"))
          .isInstanceOf(DatabaseFault.class)
          .hasMessageContaining("state");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CURRENT", "MANIFEST", ".sst"})
  void a_damaged_database_says_so(String part) throws IOException {
    RocksState state = open("state");
    apply(state, entries(9, 100));
    state.close();
    damage(part);
    assertThatThrownBy(
            () -> {
              try (RocksState damaged = open("state")) {
                damaged.digest();
              }
            })
        .isInstanceOf(DatabaseFault.class)
        .hasMessageContaining(directory.resolve("state").toString());
  }

  private void damage(String part) throws IOException {
    int damaged = 0;
    try (Stream<Path> files = Files.list(directory.resolve("state"))) {
      for (Path file : files.filter(f -> f.getFileName().toString().contains(part)).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < Math.min(bytes.length, 64); i++) bytes[i] ^= 0x55;
        Files.write(file, bytes);
        damaged++;
      }
    }
    assertThat(damaged).isPositive();
  }
}
