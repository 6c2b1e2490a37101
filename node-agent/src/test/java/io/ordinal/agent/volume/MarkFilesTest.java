package io.ordinal.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.agent.volume.SharedMark.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marks that one node reads while another one tidies up. */
class MarkFilesTest {
  @TempDir Path directory;

  private static SharedMark mark(long incarnation) {
    return new SharedMark("v", incarnation, "test/a-0", "n", "n", false, Step.OWNER, null, null);
  }

  /** As the older release named it. */
  private void writeOld(SharedMark mark) throws IOException {
    MarkFiles files = new MarkFiles("v", directory.resolve("aside"));
    Files.createDirectories(directory.resolve("aside"));
    files.put(mark);
    try (var written = Files.list(directory.resolve("aside"))) {
      Path old = directory.resolve("owner-%020d".formatted(mark.incarnation()));
      Files.move(written.findFirst().orElseThrow(), old);
    }
  }

  private CompletableFuture<Void> tidying(AtomicBoolean enough) {
    MarkFiles files = new MarkFiles("v", directory);
    return CompletableFuture.runAsync(
        () -> {
          try {
            while (!enough.get()) {
              for (int life = 20; life < 30; life++) files.put(mark(life));
              for (int life = 20; life < 30; life++) files.forget(mark(life));
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void marks_that_vanish_while_they_are_read_keep_no_others_from_being_found() throws Exception {
    MarkFiles files = new MarkFiles("v", directory);
    files.put(mark(5));
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Void> other = tidying(enough);
    try {
      for (int look = 0; look < 500; look++) assertThat(files.all()).contains(mark(5));
    } finally {
      enough.set(true);
      other.join();
    }
  }

  @Test
  void a_mark_that_gets_another_name_while_it_is_read_is_found() throws Exception {
    MarkFiles files = new MarkFiles("v", directory);
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Void> other = tidying(enough);
    try {
      for (int life = 1; life < 10; life++) {
        writeOld(mark(life));
        assertThat(files.all()).contains(mark(life));
        files.put(mark(life));
        assertThat(files.all()).contains(mark(life));
      }
    } finally {
      enough.set(true);
      other.join();
    }
  }
}
