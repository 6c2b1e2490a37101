package io.ordinal.controller.store.raft;

import static io.ordinal.controller.store.raft.StoreMembers.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.StoreGroup;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The leader, in a process of its own, is frozen and killed while writers write. */
final class StoreGroupFaultTest {
  /** Far more than it takes on a machine that has nothing else to do: about a second. */
  private static final long LONGEST_SILENCE_MS = 8_000;

  @TempDir Path directory;

  private final int port = StoreMembers.freePort();
  private StoreMembers members;
  private MemberProcess other;
  private Path place;
  private Numbers numbers;
  private final AtomicInteger turn = new AtomicInteger();

  @BeforeEach
  void start() throws Exception {
    members = StoreMembers.of(directory, 2, "");
    place = directory.resolve("other");
    UUID id = RaftObjectStore.joining(place, members.any().group().id());
    other = MemberProcess.start(place, port);
    await(members.any().group().add(new StoreGroup.Member(id, "127.0.0.1:" + port)));
    Awaitility.await()
        .atMost(StoreMembers.PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              for (RaftObjectStore store : members.all()) await(store.group().stepDown());
              return members.any().group().leader().equals(Optional.of(id));
            });
    numbers = new Numbers(4, this::oneOf);
    awaitProgress(200);
  }

  @AfterEach
  void close() throws Exception {
    if (numbers != null) numbers.close(); // It begins when the start succeeded.
    other.close();
    members.close();
  }

  private ObjectStore oneOf() {
    return members.get(turn.incrementAndGet() % 2);
  }

  private void awaitProgress(int more) {
    long before = numbers.acknowledged();
    Awaitility.await()
        .atMost(StoreMembers.PATIENCE)
        .until(() -> numbers.acknowledged() > before + more);
  }

  private void assertSound() throws Exception {
    numbers.close();
    Awaitility.await()
        .atMost(StoreMembers.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(other.ask("digest"))
                    .isEqualTo(await(members.get(0).group().digest()).toString()));
    members.awaitEqual();
    for (RaftObjectStore store : members.all()) numbers.assertKept(store);
  }

  @Test
  void a_frozen_leader_is_replaced_and_follows_when_it_wakes() throws Exception {
    numbers.longestSilenceMs();
    other.signal("STOP");
    awaitProgress(200);
    long silence = numbers.longestSilenceMs();
    System.out.println("writes stood still for " + silence + " ms");
    assertThat(silence).isLessThan(LONGEST_SILENCE_MS);
    other.signal("CONT");
    awaitProgress(200);
    assertSound();
  }

  @Test
  void a_killed_leader_is_replaced_and_comes_back_with_its_disk() throws Exception {
    numbers.longestSilenceMs();
    other.signal("KILL");
    awaitProgress(200);
    long silence = numbers.longestSilenceMs();
    System.out.println("writes stood still for " + silence + " ms");
    assertThat(silence).isLessThan(LONGEST_SILENCE_MS);
    other.awaitEnd();
    other = MemberProcess.start(place, port);
    awaitProgress(200);
    assertSound();
  }
}
