package io.ordinal.controller.api.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.api.http.StatusException;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BodiesTest {
  private static final int LIMIT = 1 << 20;
  private static final int CHUNK = 1 << 16;

  private final ActorTestKit kit = ActorTestKit.create();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private CompletableFuture<HttpResponse> gathered(
      RequestEntity entity, BodyRoom room, Duration patience) {
    Bodies bodies = new Bodies(LIMIT, patience, kit.system());
    return bodies
        .gathered(
            HttpRequest.PUT("/").withEntity(entity),
            room.place("ann"),
            whole -> {
              answered.incrementAndGet();
              return CompletableFuture.completedStage(HttpResponse.create());
            })
        .toCompletableFuture();
  }

  private Source<ByteString, ?> chunks(int count) {
    ByteString chunk = ByteString.fromArray(new byte[CHUNK]);
    return Source.from(Collections.nCopies(count, chunk))
        .map(
            each -> {
              sent.incrementAndGet();
              return each;
            });
  }

  private static RequestEntity announced(long bytes, Source<ByteString, ?> data) {
    return HttpEntities.create(ContentTypes.APPLICATION_JSON, bytes, data);
  }

  private static void assertRefused(CompletableFuture<HttpResponse> answer, int code) {
    assertThatThrownBy(answer::join)
        .isInstanceOfSatisfying(
            CompletionException.class,
            failure ->
                assertThat(((StatusException) failure.getCause()).status().code()).isEqualTo(code));
  }

  @Test
  void a_body_that_is_announced_as_too_large_is_nobodys_work() {
    RequestEntity large = announced(2 * LIMIT, chunks(2 * LIMIT / CHUNK));
    assertRefused(gathered(large, new BodyRoom(LIMIT), Duration.ofSeconds(30)), 413);
    assertThat(sent).hasValue(2 * LIMIT / CHUNK);
    assertThat(answered).hasValue(0);
  }

  @Test
  void a_client_that_finds_no_room_is_told_so_when_it_has_written_all() {
    RequestEntity entity = announced(LIMIT, chunks(LIMIT / CHUNK));
    BodyRoom room = new BodyRoom(LIMIT / 2);
    assertRefused(gathered(entity, room, Duration.ofSeconds(30)), 429);
    assertThat(sent).hasValue(LIMIT / CHUNK);
    assertThat(answered).hasValue(0);
    room.place("bob").add(LIMIT / 2); // All of it is free again.
  }

  @Test
  void who_finds_no_room_and_does_not_come_to_an_end_is_told_so_all_the_same() {
    RequestEntity entity = announced(LIMIT, chunks(LIMIT / CHUNK - 1).concat(Source.maybe()));
    assertRefused(gathered(entity, new BodyRoom(LIMIT / 2), Duration.ofMillis(200)), 429);
  }

  @Test
  void a_body_of_unknown_length_is_let_in_until_it_is_far_too_large() {
    RequestEntity some =
        HttpEntities.createChunked(ContentTypes.APPLICATION_JSON, chunks(2 * LIMIT / CHUNK));
    assertRefused(gathered(some, new BodyRoom(2 * LIMIT), Duration.ofSeconds(30)), 413);
    assertThat(sent).hasValue(2 * LIMIT / CHUNK);
    RequestEntity far =
        HttpEntities.createChunked(ContentTypes.APPLICATION_JSON, chunks(100 * LIMIT / CHUNK));
    assertRefused(gathered(far, new BodyRoom(2 * LIMIT), Duration.ofSeconds(30)), 413);
    assertThat(sent).hasValueLessThan(10 * LIMIT / CHUNK);
    assertThat(answered).hasValue(0);
  }

  @Test
  void a_whole_body_is_answered() {
    RequestEntity entity = announced(LIMIT, chunks(LIMIT / CHUNK));
    gathered(entity, new BodyRoom(LIMIT), Duration.ofSeconds(30)).join();
    assertThat(answered).hasValue(1);
  }

  @Test
  void a_body_that_came_with_its_head_takes_room_like_any_other() {
    RequestEntity whole =
        HttpEntities.create(ContentTypes.APPLICATION_JSON, ByteString.fromArray(new byte[LIMIT]));
    BodyRoom room = new BodyRoom(LIMIT);
    gathered(whole, room, Duration.ofSeconds(30)).join();
    gathered(whole, room, Duration.ofSeconds(30)).join(); // Its room was given back.
    assertThat(answered).hasValue(2);
    room.place("bob").add(LIMIT / 2);
    assertThatThrownBy(() -> gathered(whole, room, Duration.ofSeconds(30)))
        .isInstanceOfSatisfying(
            StatusException.class, refused -> assertThat(refused.status().code()).isEqualTo(429));
    assertThat(answered).hasValue(2);
  }
}
