package io.ordinal.agent.logs;

import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.protocol.agent.LogChunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Reads logs from their files. A cursor holds the run's attempt beside the position, so that one
 * who follows a container over its restart reads the old run to its end and is told so.
 */
public final class FileLogReader implements LogReader, AutoCloseable {
  private static final int THREADS = 2;

  private final LogPlaces places;
  private final LogTailer tailer;
  private final InstantSource time;
  private final Duration look;
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(
          THREADS,
          runnable -> {
            Thread thread = new Thread(runnable, "ordinal-log-reader");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param look how often a log is looked at while somebody waits for it
   */
  public FileLogReader(LogPlaces places, LogTailer tailer, Duration look, InstantSource time) {
    this.places = places;
    this.tailer = tailer;
    this.look = look;
    this.time = time;
  }

  /** Where the logs are. */
  public LogPlaces places() {
    return places;
  }

  @Override
  public CompletionStage<LogChunk> read(ContainerRun run, Piece piece) {
    CompletableFuture<LogChunk> answer = new CompletableFuture<>();
    long patienceEnds = System.nanoTime() + piece.patience().toNanos();
    threads.execute(() -> attempt(run, piece, patienceEnds, answer));
    return answer;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void attempt(
      ContainerRun run, Piece piece, long patienceEnds, CompletableFuture<LogChunk> answer) {
    try {
      LogChunk chunk = chunk(run, piece);
      boolean news = chunk.lines().length > 0 || chunk.ended() || chunk.refusal().isPresent();
      long left = patienceEnds - System.nanoTime();
      if (news || left <= 0) {
        answer.complete(chunk);
      } else {
        long pause = Math.min(left, look.toNanos());
        threads.schedule(
            () -> attempt(run, piece, patienceEnds, answer), pause, TimeUnit.NANOSECONDS);
      }
    } catch (IOException | RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  private LogChunk chunk(ContainerRun run, Piece piece) throws IOException {
    Cursor cursor = Cursor.of(piece.cursor());
    boolean restarted = cursor.isPosition() && cursor.attempt() != Cursor.attemptOf(run);
    int attempt = restarted ? cursor.attempt() : run.attempt();
    boolean running = piece.running() && !restarted;
    Path log =
        places.logOf(new ContainerRun(run.replica(), run.incarnation(), run.container(), attempt));
    if (!Files.exists(log)) {
      return new LogChunk(new byte[0], piece.cursor(), true, Optional.of(missing(run)));
    }
    tailer.look(log);
    LogPage page = new LogPage(log, time.instant());
    long from = cursor.isPosition() ? cursor.position() : page.begin(piece.tail());
    LogPage.Lines lines = page.read(from, piece.maxBytes(), !running);
    boolean ended = !running && lines.complete();
    long next = Cursor.at(attempt, lines.next());
    return new LogChunk(lines.text(), next, ended, Optional.empty(), lines.complete());
  }

  private static String missing(ContainerRun run) {
    return "unable to retrieve container logs for container \""
        + run.container()
        + "\" in pod \""
        + run.replica().name()
        + "\": the node has none of run "
        + run.attempt();
  }

  /**
   * A place in the log of one attempt; 0 stands for no place.
   *
   * @param position in bytes
   */
  private record Cursor(boolean isPosition, int attempt, long position) {
    private static final int POSITION_BITS = 43;
    private static final long POSITIONS = 1L << POSITION_BITS;
    private static final int ATTEMPTS = 1 << 20;

    static Cursor of(long value) {
      if (value <= 0) return new Cursor(false, 0, 0);
      return new Cursor(true, (int) (value / POSITIONS), value % POSITIONS - 1);
    }

    static long at(int attempt, long position) {
      return (attempt % ATTEMPTS) * POSITIONS + position + 1;
    }

    static int attemptOf(ContainerRun run) {
      return run.attempt() % ATTEMPTS;
    }
  }
}
