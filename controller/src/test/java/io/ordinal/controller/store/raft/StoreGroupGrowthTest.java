package io.ordinal.controller.store.raft;

import static io.ordinal.controller.store.raft.StoreMembers.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members come and go while writers write through any of them. */
final class StoreGroupGrowthTest {
  // So that newcomers and those that were away need a snapshot.
  private static final String SMALL =
      "log { snapshot-after = 100 KiB, segment = 1 MiB, kept-entries = 10, kept-snapshots = 2 }\n";
  private static final int WRITERS = 4;

  @TempDir Path directory;

  private StoreMembers members;
  private final Random random = new Random(20261121);

  @AfterEach
  void close() {
    members.close();
  }

  private ObjectStore oneOf() {
    List<RaftObjectStore> all = members.all();
    return all.get(random.nextInt(all.size()));
  }

  private void awaitProgress(Numbers numbers, int more) {
    long before = numbers.acknowledged();
    Awaitility.await()
        .atMost(StoreMembers.PATIENCE)
        .until(() -> numbers.acknowledged() > before + more);
  }

  private long firstLogFile(int member) throws IOException {
    try (Stream<Path> all = Files.walk(members.place(member).resolve("raft"))) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("log_"))
          .mapToLong(name -> Long.parseLong(name.replace("inprogress_", "").split("[_-]")[1]))
          .min()
          .orElseThrow();
    }
  }

  private void assertSound(Numbers numbers) throws Exception {
    members.awaitEqual();
    for (RaftObjectStore store : members.all()) numbers.assertKept(store);
  }

  @Test
  void grows_to_five_and_shrinks_to_one_while_writers_write() throws Exception {
    members = StoreMembers.of(directory, 1, SMALL);
    Numbers numbers = new Numbers(WRITERS, this::oneOf);
    for (int i = 1; i < 5; i++) {
      members.grow(i);
      awaitProgress(numbers, 100);
    }
    assertThat(members.leader().group().members()).hasSize(5);
    for (int i = 0; i < 4; i++) {
      RaftObjectStore gone = members.get(i);
      UUID id = gone.group().self();
      members.withdraw(i);
      await(members.any().group().remove(id));
      gone.close();
      awaitProgress(numbers, 100);
    }
    numbers.close();
    assertThat(members.any().group().members()).hasSize(1);
    assertSound(numbers);
  }

  @Test
  void a_lost_disk_heals_as_a_new_member_by_snapshot() throws Exception {
    members = StoreMembers.of(directory, 3, SMALL);
    Numbers numbers = new Numbers(WRITERS, this::oneOf);
    awaitProgress(numbers, 500);
    int lost = members.numberOf(members.follower());
    UUID lostId = members.get(lost).group().self();
    members.stop(lost);
    CheckpointStorage.delete(members.place(lost));
    await(members.any().group().remove(lostId));
    members.grow(lost);
    awaitProgress(numbers, 100);
    numbers.close();
    assertSound(numbers);
    assertThat(firstLogFile(lost)).as("it came by snapshot").isGreaterThan(0);
  }

  @Test
  void who_was_away_longer_than_the_log_is_kept_catches_up() throws Exception {
    members = StoreMembers.of(directory, 3, SMALL);
    Numbers numbers = new Numbers(WRITERS, this::oneOf);
    awaitProgress(numbers, 100);
    int away = members.numberOf(members.follower());
    members.stop(away);
    awaitProgress(numbers, 6000);
    members.start(away);
    awaitProgress(numbers, 100);
    numbers.close();
    assertSound(numbers);
    assertThat(firstLogFile(away)).as("it came by snapshot").isGreaterThan(0);
  }

  @Test
  void every_member_tells_every_change_once_and_in_order() throws Exception {
    members = StoreMembers.of(directory, 3, "");
    Numbers numbers = new Numbers(WRITERS, this::oneOf);
    awaitProgress(numbers, 200);
    RaftObjectStore leader = members.leader();
    await(leader.group().stepDown());
    awaitProgress(numbers, 200);
    numbers.close();
    Revision end = await(members.any().read(Freshness.LINEARIZABLE, View::revision));
    for (RaftObjectStore store : members.all())
      assertThat(Numbers.follow(store, end))
          .isEqualTo(LongStream.rangeClosed(1, end.value()).boxed().toList());
    assertSound(numbers);
  }
}
