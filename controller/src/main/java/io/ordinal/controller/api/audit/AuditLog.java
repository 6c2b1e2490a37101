package io.ordinal.controller.api.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what was asked, on a thread of its own. Requests never wait for it: what the disk
 * cannot take is lost, and the member's log says how much.
 */
public final class AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
  private static final int AT_ONCE = 1000; // Lines of one write; no limit of anything.

  private final BlockingQueue<byte[]> waiting;
  private final AtomicLong lost = new AtomicLong();
  private final Optional<Thread> writer;
  private final Duration closePatience;
  private final InstantSource clock;
  private final Supplier<String> ids;
  private final CompletableFuture<Done> ended = new CompletableFuture<>();
  private volatile boolean closing;

  /**
   * Begins to write, where there is a file to write to.
   *
   * @param ids makes a fresh one each time
   */
  public AuditLog(AuditSettings settings, InstantSource clock, Supplier<String> ids) {
    this.waiting = new ArrayBlockingQueue<>(settings.waiting());
    this.closePatience = settings.closePatience();
    this.clock = clock;
    this.ids = ids;
    this.writer = settings.file().map(file -> new Thread(() -> run(settings), "api-audit"));
    writer.ifPresent(
        thread -> {
          thread.setDaemon(true);
          thread.start();
        });
    if (writer.isEmpty()) ended.complete(Done.getInstance());
  }

  /** Follows a request from its beginning. */
  public Trail begin(HttpRequest request) {
    if (writer.isEmpty()) return Trail.NONE;
    return new WrittenTrail(request, ids.get(), clock, this::add);
  }

  private void add(byte[] line) {
    if (!waiting.offer(line)) lost.incrementAndGet();
  }

  private void run(AuditSettings settings) {
    try (AuditFile file = new AuditFile(settings)) {
      while (!closing || !waiting.isEmpty()) write(file);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("the audit log did not close in order", e);
    } finally {
      ended.complete(Done.getInstance());
    }
  }

  private void write(AuditFile file) throws InterruptedException {
    byte[] first = waiting.poll(100, TimeUnit.MILLISECONDS);
    if (first == null) return;
    List<byte[]> lines = new ArrayList<>(List.of(first));
    waiting.drainTo(lines, AT_ONCE);
    ByteArrayOutputStream together = new ByteArrayOutputStream();
    lines.forEach(together::writeBytes);
    try {
      file.write(together.toByteArray());
    } catch (IOException e) {
      lost.addAndGet(lines.size());
      LOG.error("the audit log cannot be written: {}", e.toString());
    }
    long gone = lost.getAndSet(0);
    if (gone > 0) LOG.error("{} audit events are lost", gone);
  }

  /** Writes what waits, and ends; completes then, or after a moment if the disk does not answer. */
  public CompletionStage<Done> close() {
    closing = true;
    return ended
        .copy()
        .completeOnTimeout(Done.getInstance(), closePatience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Closes after the last answer, whether it ended well or not; then what it ended with. */
  public <T> CompletionStage<T> closeAfter(CompletionStage<T> answered) {
    return answered
        .handle((done, failure) -> close().thenCompose(closed -> answered))
        .thenCompose(all -> all);
  }

  boolean writing() {
    return !ended.isDone();
  }
}
