package io.ordinal.agent.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.agent.logs.LogReader.Piece;
import io.ordinal.protocol.agent.LogChunk;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileLogReaderTest {
  private static final int KEEP = 256 * 1024;
  private static final Duration NEVER = Duration.ofHours(1);

  @TempDir Path directory;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private LogTailer tailer;
  private FileLogReader reader;

  @BeforeEach
  void open() {
    InstantSource time = () -> now;
    tailer = new LogTailer(KEEP, NEVER, time);
    reader = new FileLogReader(this::place, tailer, Duration.ofMillis(5), time);
  }

  @AfterEach
  void close() {
    reader.close();
    tailer.close();
  }

  @Test
  void each_line_has_the_time_when_it_came() throws Exception {
    write(0, "one\n");
    tailer.follow(place(run(0)));
    now = now.plusSeconds(1);
    write(0, "two\nthr");
    LogChunk first = read(0, true, 0, -1);
    assertThat(text(first))
        .isEqualTo("2026-01-01T00:00:00.000000000Z one\n2026-01-01T00:00:01.000000000Z two\n");
    assertThat(first.ended()).isFalse();
    assertThat(first.complete()).isFalse(); // The last line is still being written.
    write(0, "ee");
    LogChunk last = read(0, false, first.next(), -1);
    assertThat(text(last)).isEqualTo("2026-01-01T00:00:01.000000000Z three\n");
    assertThat(last.ended()).isTrue();
    assertThat(text(read(0, false, last.next(), -1))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 100})
  void a_tail_begins_so_many_lines_before_the_end(int tail) throws Exception {
    write(0, "1\n2\n3\n4\n");
    assertThat(lines(read(0, false, 0, tail))).isEqualTo(Math.min(tail, 4));
    if (tail > 0) assertThat(text(read(0, false, 0, tail))).endsWith(" 4\n");
  }

  @Test
  void the_tail_of_nothing_is_not_the_tail_of_what_comes_later() throws Exception {
    write(0, "");
    LogChunk empty = read(0, true, 0, 1);
    assertThat(empty.next()).isPositive();
    write(0, "1\n2\n");
    assertThat(lines(read(0, true, empty.next(), 1))).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void pieces_of_any_size_make_up_the_whole(long seed) throws Exception {
    Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
    StringBuilder whole = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      whole.append("x".repeat(random.nextInt(100))).append(i).append('\n');
    }
    write(0, whole.toString());
    StringBuilder read = new StringBuilder();
    long cursor = 0;
    LogChunk chunk;
    do {
      int most = 300 + random.nextInt(2000);
      Piece piece = new Piece(false, cursor, -1, most, Duration.ZERO);
      chunk = reader.read(run(0), piece).toCompletableFuture().get();
      assertThat(chunk.lines().length).as("seed %d", seed).isLessThanOrEqualTo(most);
      text(chunk).lines().forEach(line -> read.append(line.substring(31)).append('\n'));
      cursor = chunk.next();
    } while (!chunk.ended());
    assertThat(read.toString()).as("seed %d", seed).isEqualTo(whole.toString());
  }

  @Test
  void a_line_that_fits_nowhere_comes_in_pieces() throws Exception {
    write(0, "y".repeat(1000) + "\n");
    long cursor = 0;
    int count = 0;
    LogChunk chunk;
    do {
      Piece piece = new Piece(false, cursor, -1, 400, Duration.ZERO);
      chunk = reader.read(run(0), piece).toCompletableFuture().get();
      count += (int) text(chunk).chars().filter(c -> c == 'y').count();
      cursor = chunk.next();
    } while (!chunk.ended());
    assertThat(count).isEqualTo(1000);
  }

  @Test
  void whoever_has_patience_gets_news_as_it_comes() throws Exception {
    write(0, "old\n");
    long cursor = read(0, true, 0, -1).next();
    Piece piece = new Piece(true, cursor, -1, 1000, Duration.ofSeconds(20));
    CompletableFuture<LogChunk> waiting = reader.read(run(0), piece).toCompletableFuture();
    assertThat(waiting).isNotDone();
    write(0, "new\n");
    assertThat(text(waiting.get(10, TimeUnit.SECONDS))).endsWith(" new\n");
  }

  @Test
  void patience_ends() throws Exception {
    write(0, "");
    Piece piece = new Piece(true, 0, -1, 1000, Duration.ofMillis(30));
    assertThat(reader.read(run(0), piece).toCompletableFuture().get(10, TimeUnit.SECONDS).lines())
        .isEmpty();
  }

  @Test
  void a_cursor_stays_with_the_run_that_it_belongs_to() throws Exception {
    write(0, "first\nmore\n");
    write(1, "second, which is longer than the first\n");
    LogChunk begun = read(0, true, 0, 1);
    LogChunk rest = read(1, true, begun.next(), -1);
    assertThat(text(rest)).isEmpty();
    assertThat(rest.ended()).isTrue();
  }

  @Test
  void a_log_that_is_not_there_is_refused() throws Exception {
    assertThat(read(0, false, 0, -1).refusal()).isPresent();
  }

  @Test
  void old_lines_are_cut_off_without_moving_a_cursor_or_losing_a_line() throws Exception {
    tailer.follow(place(run(0)));
    String line = "z".repeat(99) + "\n";
    write(0, line.repeat(1000));
    long cursor = read(0, true, 0, 0).next();
    for (int i = 0; i < 9; i++) {
      write(0, line.repeat(1000));
      tailer.look(place(run(0)));
    }
    LogChunk all = readAll(0);
    assertThat(text(all)).doesNotContain("\0");
    assertThat(all.lines().length).isBetween(KEEP, 4 * KEEP);
    assertThat(lines(read(0, true, cursor, -1))).isPositive();
    assertThat(blocksOf(place(run(0)))).isLessThan(3L * KEEP);
    write(0, "the end\n");
    assertThat(text(readAll(0))).endsWith(" the end\n");
  }

  private LogChunk readAll(int attempt) throws Exception {
    Piece piece = new Piece(false, 0, -1, 100 * KEEP, Duration.ZERO);
    return reader.read(run(attempt), piece).toCompletableFuture().get();
  }

  private static long blocksOf(Path file) throws Exception {
    Process du = new ProcessBuilder("du", "-B1", file.toString()).start();
    return Long.parseLong(new String(du.getInputStream().readAllBytes(), UTF_8).split("\t")[0]);
  }

  private LogChunk read(int attempt, boolean running, long cursor, long tail) throws Exception {
    Piece piece = new Piece(running, cursor, tail, 10_000, Duration.ZERO);
    return reader.read(run(attempt), piece).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private void write(int attempt, String text) throws IOException {
    Files.writeString(
        place(run(attempt)), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private Path place(ContainerRun run) {
    return directory.resolve(run.attempt() + ".log");
  }

  private static ContainerRun run(int attempt) {
    return new ContainerRun(new ReplicaId("test", "a"), new Incarnation(1), "main", attempt);
  }

  private static String text(LogChunk chunk) {
    return new String(chunk.lines(), UTF_8);
  }

  private static long lines(LogChunk chunk) {
    return text(chunk).lines().count();
  }
}
