package io.ordinal.controller.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
  @TempDir Path directory;

  @Test
  void nobody_waits_for_a_disk_that_does_not_answer() throws Exception {
    Path pipe = directory.resolve("pipe"); // Opened for writing only once somebody reads.
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    AuditLog log = log(pipe);
    log.begin(HttpRequest.GET("/api")).answered(HttpResponse.create());
    CompletionStage<Done> closed = log.close();
    assertThat(closed.toCompletableFuture()).isNotDone();
    assertThat(closed.toCompletableFuture().get(20, TimeUnit.SECONDS)).isNotNull();
    try (RandomAccessFile reader = new RandomAccessFile(pipe.toFile(), "rw")) {
      assertThat(log.close().toCompletableFuture().get(20, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void it_ends_also_where_the_answers_did_not_end_well() throws Exception {
    AuditLog log = log(directory.resolve("audit.log"));
    CompletableFuture<Done> answers = new CompletableFuture<>();
    CompletableFuture<Done> closed = log.closeAfter(answers).toCompletableFuture();
    assertThat(log.writing()).isTrue();
    answers.completeExceptionally(new IllegalStateException("did not end"));
    assertThat(closed).failsWithin(java.time.Duration.ofSeconds(20));
    assertThat(log.writing()).isFalse();
  }

  private static AuditLog log(Path file) {
    return new AuditLog(
        new AuditSettings(Optional.of(file), 1000, 2, 10, Duration.ofSeconds(2)),
        InstantSource.system(),
        () -> "id");
  }
}
