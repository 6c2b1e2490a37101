package io.ordinal.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.boot.OpenStore;
import io.ordinal.controller.document.Json;
import io.ordinal.member.contact.KnownControllers;
import io.ordinal.member.contact.KnownControllers.Known;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class LostStoreTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final UUID GROUP = new UUID(1, 1);
  @TempDir private Path data;
  private Path directory;
  private KnownControllers known;
  private int asked;

  @BeforeEach
  void begin() {
    directory = data.resolve("store");
    known = new KnownControllers(data.resolve("controllers.json"));
  }

  @Test
  void gets_an_empty_copy_of_the_others_group_under_an_identity_of_its_own() throws IOException {
    known.remember(List.of(controller("c1"), controller("c2")));
    lost(this::answer).prepare(false, NOW);
    List<String> identity = Files.readAllLines(directory.resolve("identity"));
    assertThat(identity).contains(GROUP.toString(), "joining");
    lost(this::answer).prepare(false, NOW);
    assertThat(Files.readAllLines(directory.resolve("identity"))).isEqualTo(identity);
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void asks_again_while_nobody_answers() {
    known.remember(List.of(controller("c1"), controller("c2")));
    lost(() -> asked++ == 0 ? refused() : answer()).prepare(false, NOW);
    assertThat(OpenStore.isIn(directory)).isTrue();
  }

  @Test
  void fails_when_nobody_answers_in_time() {
    known.remember(List.of(controller("c1"), controller("c2")));
    assertThatThrownBy(() -> lost(LostStoreTest::refused).prepare(false, NOW.minusSeconds(1)))
        .hasMessageContaining("no other one answers");
    assertThat(OpenStore.isIn(directory)).isFalse();
  }

  @Test
  void leaves_a_founder_alone() {
    lost(this::answer).prepare(true, NOW);
    assertThat(OpenStore.isIn(directory)).isFalse();
    assertThat(asked).isZero();
  }

  /** Its vote must not be taken: the copy may be whole. */
  @Test
  void a_directory_that_cannot_be_read_is_not_taken_for_an_empty_one() throws IOException {
    known.remember(List.of(controller("c1"), controller("c2")));
    Files.createFile(directory); // What is asked of a name below it fails.
    assertThatThrownBy(() -> lost(this::answer).prepare(false, NOW))
        .hasMessageContaining("cannot be told");
    assertThat(asked).isZero();
  }

  @Test
  void a_store_without_its_identity_is_damaged_and_not_lost() throws IOException {
    known.remember(List.of(controller("c1"), controller("c2")));
    Files.createDirectories(directory.resolve("raft"));
    assertThatThrownBy(() -> lost(this::answer).prepare(false, NOW))
        .hasMessageContaining("expected " + directory.resolve("identity"));
    assertThat(asked).isZero();
  }

  @Test
  void the_only_controller_needs_a_backup() {
    known.remember(List.of(controller("c1")));
    assertThatThrownBy(() -> lost(this::answer).prepare(false, NOW))
        .isInstanceOf(NoWayBack.class)
        .hasMessageContaining("restore a backup");
  }

  private LostStore lost(LostStore.Others others) {
    return new LostStore("c1", directory, known, others, InstantSource.fixed(NOW));
  }

  private ObjectNode answer() {
    asked++;
    return Json.object().put("group", GROUP.toString());
  }

  private static ObjectNode refused() throws IOException {
    throw new IOException("connection refused");
  }

  private static Known controller(String name) {
    return new Known(name, name + ":7650", URI.create("https://" + name + ":6443"));
  }
}
