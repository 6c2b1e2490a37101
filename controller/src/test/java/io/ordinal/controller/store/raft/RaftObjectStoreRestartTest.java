package io.ordinal.controller.store.raft;

import static io.ordinal.controller.store.SampleDocuments.draft;
import static io.ordinal.controller.store.SampleDocuments.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.StoreOverloaded;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RaftObjectStoreRestartTest {
  private static final String SMALL =
      "log { snapshot-after = 200 KiB, segment = 1 MiB, kept-entries = 0, kept-snapshots = 1 }\n";

  @TempDir Path directory;

  private RaftObjectStore start(String lines) {
    return RaftObjectStore.start(TestSettings.with(lines), directory);
  }

  private static Outcome put(RaftObjectStore store, int number, int size) {
    Operation put =
        new Operation.Put(
            pod("a", "x" + number % 50), draft("u", number, "v".repeat(size)), Condition.ANY);
    return store.commit(Transaction.of(put)).toCompletableFuture().join();
  }

  private static void fill(RaftObjectStore store, int from, int to) {
    for (int i = from; i < to; i++)
      assertThat(put(store, i, 2000)).isInstanceOf(Outcome.Committed.class);
  }

  private static Revision revision(RaftObjectStore store) {
    return store.read(Freshness.LINEARIZABLE, View::revision).toCompletableFuture().join();
  }

  private List<String> files(String part) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.map(Path::toString).filter(path -> path.contains(part)).toList();
    }
  }

  @Test
  void a_restart_finds_everything() {
    try (RaftObjectStore store = start("")) {
      fill(store, 0, 20);
    }
    try (RaftObjectStore store = start("")) {
      assertThat(revision(store)).isEqualTo(new Revision(20));
      fill(store, 20, 21);
    }
    try (RaftObjectStore store = start("")) {
      assertThat(revision(store)).isEqualTo(new Revision(21));
    }
  }

  @Test
  void bytes_of_log_trigger_snapshots_that_drop_the_log_before_them() throws IOException {
    try (RaftObjectStore store = start(SMALL)) {
      fill(store, 0, 1500);
      Awaitility.await()
          .untilAsserted(
              () -> {
                assertThat(files("checkpoint.")).isNotEmpty();
                assertThat(files("log_0-")).as("the first file of the log").isEmpty();
              });
    }
    try (RaftObjectStore store = start(SMALL)) {
      assertThat(revision(store)).isEqualTo(new Revision(1500));
      fill(store, 1500, 1600);
    }
    try (RaftObjectStore store = start("")) {
      assertThat(revision(store)).isEqualTo(new Revision(1600));
    }
  }

  @Test
  void a_lost_database_is_rebuilt_from_snapshot_and_log() throws IOException {
    try (RaftObjectStore store = start("")) {
      fill(store, 0, 30);
      store.snapshot().toCompletableFuture().join();
      assertThat(files("checkpoint.")).isNotEmpty();
      fill(store, 30, 45);
    }
    CheckpointStorage.delete(directory.resolve("state"));
    try (RaftObjectStore store = start("")) {
      assertThat(revision(store)).isEqualTo(new Revision(45));
      boolean there =
          store
              .read(Freshness.LINEARIZABLE, view -> view.get(pod("a", "x44")).isPresent())
              .toCompletableFuture()
              .join();
      assertThat(there).isTrue();
    }
  }

  @Test
  void a_database_rebuilt_from_the_log_alone_is_the_same() throws IOException {
    try (RaftObjectStore store = start("")) {
      fill(store, 0, 30);
    }
    CheckpointStorage.delete(directory.resolve("state"));
    try (RaftObjectStore store = start("")) {
      assertThat(revision(store)).isEqualTo(new Revision(30));
    }
  }

  @Test
  void a_damaged_database_is_told_and_not_served() throws IOException {
    try (RaftObjectStore store = start("")) {
      fill(store, 0, 5);
    }
    Files.writeString(directory.resolve("state").resolve("CURRENT"), "nonsense");
    assertThatThrownBy(() -> start(""))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining(directory.resolve("state").toString())
        .hasMessageContaining("cannot be opened");
  }

  @Test
  void a_half_written_last_entry_is_cut_off() throws IOException {
    try (RaftObjectStore store = start("")) {
      fill(store, 0, 10);
    }
    Path log = Path.of(files("log_inprogress").get(0));
    long whole = Files.size(log);
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
      byte[] torn = new byte[4096];
      Arrays.fill(torn, 0, 700, (byte) 0x90);
      torn[2] = 0x0F;
      channel.write(ByteBuffer.wrap(torn), whole);
    }
    try (RaftObjectStore store = start("")) {
      assertThat(revision(store)).isEqualTo(new Revision(10));
      fill(store, 10, 12);
    }
    try (RaftObjectStore store = start("")) {
      assertThat(revision(store)).isEqualTo(new Revision(12));
    }
  }

  @Test
  void damage_inside_the_log_is_told_and_not_served() throws IOException {
    try (RaftObjectStore store = start("")) {
      fill(store, 0, 10);
    }
    Path log = Path.of(files("log_inprogress").get(0));
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 5000);
    }
    assertThatThrownBy(() -> start(""))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("corrupted");
  }

  @Test
  void a_directory_in_use_is_told() {
    try (RaftObjectStore store = start("")) {
      assertThat(revision(store)).isEqualTo(Revision.ZERO);
      assertThatThrownBy(() -> start("")).isInstanceOf(StoreUnavailable.class);
      assertThat(put(store, 1, 1)).as("the first goes on").isInstanceOf(Outcome.Committed.class);
    }
  }

  @Test
  void a_port_in_use_is_told() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(() -> start("port = " + taken.getLocalPort()))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining(Integer.toString(taken.getLocalPort()));
    }
    try (RaftObjectStore store = start("")) {
      assertThat(revision(store)).isEqualTo(Revision.ZERO);
    }
  }

  @Test
  void a_closed_store_says_so_at_once() throws Exception {
    RaftObjectStore store = start("");
    store.close();
    Transaction nothing = Transaction.of();
    CompletableFuture<Outcome> commit = store.commit(nothing).toCompletableFuture();
    assertThatThrownBy(() -> commit.get(1, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StoreUnavailable.class);
    for (Freshness freshness : Freshness.values()) {
      CompletableFuture<Revision> read =
          store.read(freshness, View::revision).toCompletableFuture();
      assertThatThrownBy(() -> read.get(1, TimeUnit.SECONDS))
          .hasCauseInstanceOf(StoreUnavailable.class);
    }
    store.close();
  }

  @Test
  void beyond_the_quota_deletes_are_accepted_and_puts_are_not() {
    String tight = "quota { database = 1, check-every = 20ms }";
    try (RaftObjectStore store = start(tight)) {
      Awaitility.await()
          .pollInterval(Duration.ofMillis(20))
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> put(store, 1, 1))
                      .hasCauseInstanceOf(StoreOverloaded.class)
                      .hasMessageContaining("ordinal.store.quota.database"));
      Operation delete = new Operation.Delete(pod("a", "x1"), Condition.ANY);
      assertThat(store.commit(Transaction.of(delete)).toCompletableFuture().join())
          .isInstanceOf(Outcome.Committed.class);
    }
  }
}
