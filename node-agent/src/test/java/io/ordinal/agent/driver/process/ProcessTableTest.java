package io.ordinal.agent.driver.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTableTest {
  @TempDir Path proc;

  @Test
  void a_tree_is_what_its_processes_use_and_what_its_dead_children_used() throws IOException {
    process(10, 1, 5, 4);
    process(11, 10, 1, 2);
    process(12, 11, 0, 1);
    process(20, 1, 100, 100);
    ProcessTable table = ProcessTable.read(proc);
    ProcessTable.Sum sum = table.sum(List.of(10L, 11L, 99L));
    assertThat(sum.ticks()).isEqualTo(5 + 4 + 1 + 2 + 1);
    assertThat(sum.memoryBytes()).isEqualTo((3 * 100 + 50) * 1024);
    assertThat(table.has(new ProcessIdentity(10, 777))).isTrue();
    assertThat(table.has(new ProcessIdentity(10, 778))).isFalse();
  }

  @Test
  void a_machine_is_busy_when_it_is_not_idle() throws IOException {
    Files.writeString(proc.resolve("stat"), "cpu  1 2 3 1000 2000 4 5 6 0 0\ncpu0 1 2 3\n");
    Files.writeString(proc.resolve("meminfo"), "MemTotal: 100 kB\nMemAvailable:   40 kB\nX: 1\n");
    assertThat(ProcessTable.machine(proc)).isEqualTo(new ProcessTable.Sum(21, 60 * 1024));
  }

  private void process(long pid, long parent, long own, long childrens) throws IOException {
    Path directory = Files.createDirectory(proc.resolve(Long.toString(pid)));
    Files.writeString(
        directory.resolve("stat"),
        pid
            + " (a) b) S "
            + parent
            + " 0 0 0 0 0 0 0 0 0 "
            + own
            + " 0 "
            + childrens
            + " 0 20 0 1 0 777 0 0\n");
    Files.writeString(
        directory.resolve("status"),
        "Name:\ta) b\nRssAnon:\t     100 kB\nRssFile:\t      40 kB\nRssShmem:\t 10 kB\n");
  }
}
