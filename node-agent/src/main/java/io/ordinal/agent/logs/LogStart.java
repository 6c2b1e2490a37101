package io.ordinal.agent.logs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the kept part of a log begins; what is before it is a hole in the file. */
final class LogStart {
  private static final Logger LOG = LoggerFactory.getLogger(LogStart.class);
  private static final int WINDOW = 64 * 1024;
  private static final long PATIENCE_SECONDS = 30;

  private final Path log;
  private final Path file;

  LogStart(Path log) {
    this.log = log;
    this.file = log.resolveSibling(log.getFileName() + ".start");
  }

  long read() throws IOException {
    return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
  }

  /** Cuts off everything before the first line that begins at or after this position. */
  long cut(long position) throws IOException {
    long start = lineAtOrAfter(position);
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(next, start + "\n");
    // Before the hole: a reader that knew the old start would find nothing but zeros.
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    punch(start);
    return start;
  }

  private long lineAtOrAfter(long position) throws IOException {
    try (RandomAccessFile reading = new RandomAccessFile(log.toFile(), "r")) {
      reading.seek(position - 1);
      byte[] window = new byte[WINDOW];
      int read = reading.read(window);
      for (int i = 0; i < read; i++) {
        if (window[i] == '\n') return position + i;
      }
      return position; // A line longer than that may be cut.
    }
  }

  private void punch(long length) throws IOException {
    List<String> command =
        List.of(
            "fallocate",
            "--punch-hole",
            "--offset",
            "0",
            "--length",
            Long.toString(length),
            log.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      boolean done = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!done || process.exitValue() != 0) {
        LOG.warn("{} cannot be shortened on this file system and keeps growing", log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
