package io.ordinal.agent.driver.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  private static final int ROUNDS = 300;
  private static final int SIDES = 4;
  @TempDir private Path directory;

  @Test
  void several_may_give_a_run_up_at_once() throws Exception {
    ExecutorService sides = Executors.newFixedThreadPool(SIDES);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        RunDirectory run = new RunDirectory(Files.createDirectory(directory.resolve("" + round)));
        Callable<Void> side = () -> giveUp(run);
        List<Callable<Void>> all = new ArrayList<>();
        for (int each = 0; each < SIDES; each++) all.add(side);
        for (Future<Void> each : sides.invokeAll(all)) each.get();
        try (var files = Files.list(run.path())) {
          assertThat(files.map(file -> file.getFileName().toString())).containsExactly("exit");
        }
      }
    } finally {
      sides.shutdownNow();
    }
  }

  private static Void giveUp(RunDirectory run) throws IOException {
    run.giveUp();
    return null;
  }
}
