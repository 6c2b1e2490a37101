package io.ordinal.cli;

import io.ordinal.cli.client.ApiClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Prints what containers have written: one after another, or as it comes, line by line. */
final class LogPrinter {
  private static final int CHUNK_BYTES = 8192;

  /** A line that is longer is cut, or it would be kept for as long as it goes on. */
  private static final int LONGEST_LINE = 1 << 16;

  private final ApiClient api;
  private final OutputStream out;

  /**
   * @param path of a container's log, with what is asked for
   * @param prefix of each of its lines; may be empty
   */
  record Source(String path, String prefix) {}

  LogPrinter(ApiClient api, OutputStream out) {
    this.api = api;
    this.out = out;
  }

  void inTurn(List<Source> sources) throws IOException, InterruptedException {
    for (Source each : sources) print(each, true);
  }

  /** Ends with the last of them, or with the first that cannot be read. */
  void together(List<Source> sources) throws IOException, InterruptedException {
    ExecutorService readers =
        Executors.newFixedThreadPool(
            sources.size(),
            work -> {
              Thread reader = new Thread(work, "log");
              reader.setDaemon(true);
              return reader;
            });
    CompletionService<Void> ended = new ExecutorCompletionService<>(readers);
    try {
      for (Source each : sources) {
        ended.submit(
            () -> {
              print(each, sources.size() == 1);
              return null;
            });
      }
      for (int left = sources.size(); left > 0; left--) ended.take().get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException said ? said : new IOException(failed);
    } finally {
      readers.shutdownNow();
    }
  }

  private void print(Source source, boolean alone) throws IOException, InterruptedException {
    try (InputStream log = api.stream(source.path())) {
      if (alone && source.prefix().isEmpty()) bytes(log, out);
      else lines(log, source.prefix().getBytes(StandardCharsets.UTF_8), out);
    }
  }

  /** As they come, so that a line is seen before its end. */
  static void bytes(InputStream log, OutputStream out) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    for (int count = log.read(chunk); count >= 0; count = log.read(chunk)) {
      out.write(chunk, 0, count);
      out.flush();
    }
  }

  /** Whole lines at a time, so that none of two sources are mixed; the last may lack its end. */
  static void lines(InputStream log, byte[] prefix, OutputStream out) throws IOException {
    ByteArrayOutputStream begun = new ByteArrayOutputStream();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK_BYTES];
    for (int count = log.read(chunk); count >= 0; count = log.read(chunk)) {
      for (int i = 0; i < count; i++) {
        begun.write(chunk[i]);
        if (chunk[i] != '\n' && begun.size() < LONGEST_LINE) continue;
        whole.write(prefix);
        begun.writeTo(whole);
        if (chunk[i] != '\n') whole.write('\n');
        begun.reset();
      }
      emit(whole, out);
    }
    if (begun.size() == 0) return;
    whole.write(prefix);
    begun.writeTo(whole);
    emit(whole, out);
  }

  private static void emit(ByteArrayOutputStream lines, OutputStream out) throws IOException {
    if (lines.size() == 0) return;
    synchronized (out) {
      lines.writeTo(out);
      out.flush();
    }
    lines.reset();
  }
}
