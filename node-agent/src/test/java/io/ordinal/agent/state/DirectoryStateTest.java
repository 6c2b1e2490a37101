package io.ordinal.agent.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.agent.lifecycle.LifeMemory;
import io.ordinal.agent.lifecycle.LifeState;
import io.ordinal.agent.lifecycle.Lives;
import io.ordinal.agent.state.wire.ProtobufStateCodec;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeOrder.RestartPolicy;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.MachineId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStateTest {
  private static final UUID FRESH = new UUID(3, 4);
  private static final Optional<MachineId> HERE = Optional.of(new MachineId("here"));
  private static final LifeName LIFE = new LifeName(Lives.REPLICA, new Incarnation(7));

  @TempDir Path directory;

  private DirectoryState open() {
    return DirectoryState.open(directory, HERE, new ProtobufStateCodec(), 2, () -> FRESH);
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static StoredLife life(long version) {
    LifeOrder order = Lives.order(RestartPolicy.ALWAYS, List.of(), Lives.plain("main"));
    LifeMemory memory = LifeMemory.of(order, LifeState.fresh(order));
    return new StoredLife(order, version, Instant.parse("2026-11-20T00:00:00Z"), memory, 0);
  }

  private void damage(String file) throws IOException {
    Path path = directory.resolve(file);
    byte[] bytes = Files.readAllBytes(path);
    bytes[bytes.length - 1] ^= 1;
    Files.write(path, bytes);
  }

  private DirectoryState openOn(Optional<MachineId> machine) {
    return DirectoryState.open(directory, machine, new ProtobufStateCodec(), 1, () -> FRESH);
  }

  @Test
  void a_directory_is_not_let_go_while_something_is_read_or_written_in_it() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch slow = new CountDownLatch(1);
    DirectoryState state =
        DirectoryState.open(
            directory,
            HERE,
            new ProtobufStateCodec(),
            1,
            () -> {
              begun.countDown();
              try {
                slow.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return FRESH;
            });
    CompletionStage<?> recalled = state.recall();
    begun.await();
    CompletableFuture<Void> closed = CompletableFuture.runAsync(state::close);
    assertThatThrownBy(() -> closed.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThatThrownBy(this::open).hasStackTraceContaining("held by another agent");
    slow.countDown();
    await(closed);
    await(recalled);
    open().close();
  }

  @Test
  void a_directory_of_another_machine_is_refused_until_its_mark_is_removed() throws IOException {
    Optional<MachineId> there = Optional.of(new MachineId("there"));
    open().close();
    assertThatThrownBy(() -> openOn(there))
        .isInstanceOf(UncheckedIOException.class)
        .hasStackTraceContaining("was written by another machine (here, this one is there)");
    open().close(); // The refusal let go of it.
    openOn(Optional.empty()).close();

    Files.delete(directory.resolve("machine"));

    openOn(there).close();
    assertThatThrownBy(this::open).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void a_mark_that_is_damaged_says_nothing() throws IOException {
    open().close();
    damage("machine");
    open().close();
    assertThat(directory.resolve("machine")).exists();
  }

  @Test
  void reads_back_what_it_was_told() {
    HeldSession held = new HeldSession(Lives.SESSION, true);
    try (DirectoryState state = open()) {
      await(state.recall());
      await(state.hold(held));
      await(state.save(life(1)));
      await(state.save(life(2)));
      await(state.raiseFloor(Lives.REPLICA, new Incarnation(6)));
      await(state.raiseFloor(Lives.REPLICA, new Incarnation(5)));
    }
    try (DirectoryState state = open()) {
      Recalled recalled = await(state.recall());
      assertThat(recalled.stateUuid()).isEqualTo(FRESH);
      assertThat(recalled.session()).contains(held);
      assertThat(recalled.lives()).containsExactly(life(2));
      assertThat(recalled.floors()).containsEntry(Lives.REPLICA, new Incarnation(6));
      assertThat(recalled.damage()).isEmpty();
      await(state.remove(LIFE));
      assertThat(await(state.recall()).lives()).isEmpty();
    }
  }

  @Test
  void keeps_its_uuid() {
    try (DirectoryState state = open()) {
      await(state.recall());
    }
    try (DirectoryState other =
        DirectoryState.open(directory, HERE, new ProtobufStateCodec(), 1, () -> new UUID(9, 9))) {
      assertThat(await(other.recall()).stateUuid()).isEqualTo(FRESH);
    }
  }

  @Test
  void a_damaged_life_is_set_aside_and_named() throws IOException {
    try (DirectoryState state = open()) {
      await(state.recall());
      await(state.save(life(1)));
      damage("lives/default/db-0/7.life");
      Recalled recalled = await(state.recall());
      assertThat(recalled.lives()).isEmpty();
      assertThat(recalled.lost()).containsExactly(LIFE);
      assertThat(recalled.damage())
          .singleElement()
          .asString()
          .contains("7.life does not begin with the checksum", "moved to", "7.life.damaged");
      assertThat(await(state.recall()).damage()).isEmpty();
    }
  }

  @Test
  void a_damaged_session_is_as_none() throws IOException {
    try (DirectoryState state = open()) {
      await(state.recall());
      await(state.hold(HeldSession.renewed(Lives.SESSION)));
      damage("session");
      assertThat(await(state.recall()).session()).isEmpty();
    }
  }

  @Test
  void without_its_uuid_it_does_not_begin_while_lives_are_left() throws IOException {
    try (DirectoryState state = open()) {
      await(state.recall());
      await(state.save(life(1)));
      damage("state-uuid");
      assertThatThrownBy(() -> await(state.recall()))
          .hasMessageContaining("state-uuid")
          .hasMessageContaining("ordinal down --stop-workloads");
      assertThat(directory.resolve("state-uuid")).exists();
    }
  }

  @Test
  void without_its_uuid_and_any_life_it_begins_as_another_node() throws IOException {
    UUID other = new UUID(9, 9);
    try (DirectoryState state = open()) {
      await(state.recall());
      await(state.hold(HeldSession.renewed(Lives.SESSION)));
      await(state.raiseFloor(Lives.REPLICA, new Incarnation(6)));
      damage("state-uuid");
    }
    try (DirectoryState state =
        DirectoryState.open(directory, HERE, new ProtobufStateCodec(), 1, () -> other)) {
      Recalled recalled = await(state.recall());
      assertThat(recalled.stateUuid()).isEqualTo(other);
      assertThat(recalled.session()).isEmpty();
      assertThat(recalled.floors()).containsEntry(Lives.REPLICA, new Incarnation(6));
      assertThat(recalled.damage()).hasSize(2).first().asString().contains("state-uuid.damaged");
      assertThat(await(state.recall()).stateUuid()).isEqualTo(other);
    }
  }

  @Test
  void a_write_without_room_fails_and_leaves_what_was_there() throws IOException {
    Path beside = directory.resolve("lives/default/db-0/7.life.new");
    try (DirectoryState state = open()) {
      await(state.recall());
      await(state.save(life(1)));
      Files.createSymbolicLink(beside, Path.of("/dev/full"));
      assertThatThrownBy(() -> await(state.save(life(2))))
          .hasRootCauseInstanceOf(IOException.class);
      assertThat(await(state.recall()).lives()).containsExactly(life(1));
      Files.delete(beside);
      await(state.save(life(2)));
      assertThat(await(state.recall()).lives()).containsExactly(life(2));
    }
  }

  @Test
  void a_write_that_was_cut_off_changes_nothing() throws IOException {
    try (DirectoryState state = open()) {
      await(state.recall());
      await(state.save(life(1)));
      Files.writeString(directory.resolve("lives/default/db-0/7.life.new"), "half of");
      assertThat(await(state.recall()).lives()).containsExactly(life(1));
      await(state.save(life(2)));
      assertThat(await(state.recall()).lives()).containsExactly(life(2));
    }
  }

  @Test
  void one_directory_serves_one_agent() {
    try (DirectoryState state = open()) {
      await(state.recall());
      assertThatThrownBy(this::open)
          .isInstanceOf(UncheckedIOException.class)
          .cause()
          .hasMessageContaining("held by another agent");
    }
  }
}
