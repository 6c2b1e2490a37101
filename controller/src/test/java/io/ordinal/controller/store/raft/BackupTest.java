package io.ordinal.controller.store.raft;

import static io.ordinal.controller.store.raft.StoreMembers.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.store.Compacted;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.Restored;
import io.ordinal.controller.store.SampleDocuments;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackupTest {
  private static final int WRITES = 300;
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final StoreSettings SETTINGS = TestSettings.with("");

  @TempDir Path directory;

  private StoreMembers members;
  private final ByteArrayOutputStream backup = new ByteArrayOutputStream();

  @BeforeEach
  void start() {
    members = StoreMembers.of(directory, 3, "");
    for (int i = 0; i < WRITES; i++) put(members.any(), i);
  }

  @AfterEach
  void close() {
    members.close();
  }

  private static void put(RaftObjectStore store, int number) {
    Operation put =
        new Operation.Put(
            SampleDocuments.pod("a", "x" + number % 50),
            SampleDocuments.draft("u", number, "v".repeat(1000)),
            Condition.ANY);
    assertThat(await(store.commit(Transaction.of(put)))).isInstanceOf(Outcome.Committed.class);
  }

  private Restored restore(Path target, Instant at) throws IOException {
    return Backups.restore(
        SETTINGS,
        new ByteArrayInputStream(backup.toByteArray()),
        target,
        () -> at,
        OptionalLong.empty());
  }

  private static void assertHoldsAll(RaftObjectStore store) {
    for (int i = 0; i < 50; i++) {
      int number = i;
      long generation =
          await(
              store.read(
                  Freshness.LINEARIZABLE,
                  view ->
                      view.get(SampleDocuments.pod("a", "x" + number)).orElseThrow().generation()));
      assertThat(generation).isEqualTo(WRITES - 50 + number);
    }
  }

  @Test
  void a_backup_of_any_member_makes_a_new_store_that_grows() throws Exception {
    BackupManifest manifest = await(members.follower().backup(backup, NOW));
    assertThat(manifest.revision()).isEqualTo(WRITES);
    Path target = directory.resolve("restored");
    Restored restored = restore(target.resolve("member-0"), NOW.plus(Duration.ofDays(1)));
    assertThat(restored.from()).isEqualTo(members.any().group().id());
    assertThat(restored.revision()).isGreaterThan(86_400L * 1_000_000);
    try (StoreMembers anew = new StoreMembers(target, "", Optional.empty())) {
      anew.start(0).awaitLeader();
      assertThat(anew.any().group().id()).isEqualTo(restored.group());
      assertHoldsAll(anew.any());
      assertThat(await(anew.any().read(Freshness.LOCAL, Restored::in))).contains(restored);
      assertThat(await(anew.any().read(Freshness.LOCAL, View::revision)).value())
          .isEqualTo(restored.revision());
      assertThat(await(anew.any().read(Freshness.LOCAL, BackupTest::isCompacted))).isTrue();
      put(anew.any(), WRITES - 1);
      anew.grow(1);
      anew.grow(2);
      anew.all().forEach(BackupTest::assertHoldsAll);
      put(anew.follower(), WRITES - 1);
      anew.awaitEqual();
      anew.stop(2);
      anew.start(2);
      anew.awaitEqual();
    }
  }

  private static boolean isCompacted(View view) {
    try {
      view.changes(SampleDocuments.pod("a", "x").resource(), "", new Revision(WRITES), 10);
      return false;
    } catch (Compacted e) {
      return true;
    }
  }

  @Test
  void a_lone_survivor_has_all_that_was_acknowledged() throws Exception {
    RaftObjectStore survivor = members.follower();
    for (RaftObjectStore store : members.all())
      if (store != survivor) members.stop(members.numberOf(store));
    await(survivor.backup(backup, NOW));
    Path target = directory.resolve("restored");
    restore(target, NOW);
    try (RaftObjectStore store = RaftObjectStore.start(SETTINGS, target)) {
      assertHoldsAll(store);
    }
  }

  @Test
  void the_directory_of_a_dead_member_is_enough() throws Exception {
    RaftObjectStore survivor = members.follower();
    Path place = members.place(members.numberOf(survivor));
    members.close();
    BackupManifest manifest = Backups.ofDirectory(SETTINGS, place, backup);
    Path target = directory.resolve("restored");
    restore(target, manifest.asOf().plusSeconds(60));
    try (RaftObjectStore store = RaftObjectStore.start(SETTINGS, target)) {
      assertHoldsAll(store);
    }
  }

  @Test
  void what_is_damaged_or_cannot_be_bounded_is_refused() throws Exception {
    await(members.any().backup(backup, NOW));
    Path target = directory.resolve("restored");
    assertThatThrownBy(() -> restore(target, NOW.minus(Duration.ofDays(1))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be bounded");
    byte[] whole = backup.toByteArray();
    backup.reset();
    backup.write(whole, 0, whole.length / 2);
    assertThatThrownBy(() -> restore(target, NOW)).isInstanceOf(IOException.class);
    backup.reset();
    backup.write(whole, 0, whole.length);
    restore(target, NOW);
    assertThatThrownBy(() -> restore(target, NOW))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("already");
  }
}
