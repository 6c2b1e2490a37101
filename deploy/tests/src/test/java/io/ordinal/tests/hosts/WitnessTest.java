package io.ordinal.tests.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The witness finds what must never be: planted here, so that its silence elsewhere means
 * something.
 */
class WitnessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int SAME = 5;
  private static final int MOST_ROUNDS = 50;
  private static final Path LAST_PID = Path.of("/proc/sys/kernel/ns_last_pid");

  /** Of this test alone: what the one before planted may take a moment to end. */
  private final String cluster = "planted-" + UUID.randomUUID();

  private final List<Process> processes = new ArrayList<>();
  private final Witness witness = new Witness((pid, life) -> life.agent().startsWith(cluster));

  @AfterEach
  void end() {
    witness.close();
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void two_incarnations_side_by_side_are_an_overlap() throws IOException {
    plant("a/default_db-0_5/main.0", "sleep", "1000");
    awaitLives(1);
    plant("b/default_db-0_9/main.0", "sleep", "1000");
    Until.within(PATIENCE, "an overlap", () -> witness.overlaps().size() == 1);
    Witness.Overlap overlap = witness.overlaps().get(0);
    assertThat(overlap.earlier().life().incarnation()).isEqualTo(5);
    assertThat(overlap.later().life().identity()).isEqualTo("default/db-0");
  }

  @Test
  void the_same_incarnation_on_two_hosts_is_an_overlap() throws IOException {
    plant("a/default_db-0_5/main.0", "sleep", "1000");
    plant("b/default_db-0_5/main.0", "sleep", "1000");
    Until.within(PATIENCE, "an overlap", () -> witness.overlaps().size() == 1);
  }

  @Test
  void two_attempts_of_one_container_are_an_overlap_and_two_containers_are_not()
      throws IOException {
    plant("a/default_db-0_5/main.0", "sleep", "1000");
    plant("a/default_db-0_5/side.0", "sleep", "1000");
    awaitLives(2);
    assertThat(witness.overlaps()).isEmpty();
    plant("a/default_db-0_5/main.1", "sleep", "1000");
    Until.within(PATIENCE, "an overlap", () -> witness.overlaps().size() == 1);
  }

  @Test
  void one_life_after_the_other_is_none() throws IOException {
    Process first = plant("a/default_db-0_5/main.0", "sleep", "1000");
    awaitLives(1);
    first.destroyForcibly();
    first.onExit().join();
    plant("b/default_db-0_9/main.0", "sleep", "1000");
    awaitLives(2);
    assertThat(witness.overlaps()).isEmpty();
  }

  @Test
  void other_identities_and_other_clusters_are_none_of_its_business() throws IOException {
    plant("a/default_db-0_5/main.0", "sleep", "1000");
    plant("a/default_db-1_5/main.0", "sleep", "1000");
    plant("a/other_db-0_5/main.0", "sleep", "1000");
    awaitLives(3);
    assertThat(witness.overlaps()).isEmpty();
  }

  @Test
  void a_process_that_has_no_environment_is_found_by_its_namespace() throws IOException {
    org.junit.jupiter.api.Assumptions.assumeTrue(Lab.hasCables(), "PID namespaces need root");
    String marker = cluster + "c/default_db-0_7/main.0";
    String script = "env -i sleep 1000 & wait";
    Process process =
        new ProcessBuilder(
                "env",
                "ORDINAL_LAUNCHER=" + marker,
                "unshare",
                "--pid",
                "--fork",
                "--kill-child",
                "sh",
                "-c",
                script)
            .start();
    processes.add(process);
    plant("a/default_db-0_5/main.0", "sleep", "1000");
    Until.within(PATIENCE, "an overlap", () -> witness.overlaps().size() == 1);
  }

  @Test
  void a_namespace_with_the_number_of_one_that_ended_is_another() throws IOException {
    org.junit.jupiter.api.Assumptions.assumeTrue(Lab.hasCables(), "PID namespaces need root");
    for (int round = 0; round < 5; round++) {
      Process first = unshared("ORDINAL_LAUNCHER=" + cluster + "a/default_db-0_7/main.0");
      Until.within(PATIENCE, "a life", () -> witness.alive().size() == 1);
      first.descendants().forEach(ProcessHandle::destroyForcibly); // It may not yet end with it.
      first.destroyForcibly();
      Until.within(PATIENCE, "its end", () -> witness.alive().isEmpty());
      unshared("NOBODY=1");
      long looks = witness.looks();
      Until.within(PATIENCE, "some looks", () -> witness.looks() > looks + 3);
      assertThat(witness.alive()).isEmpty();
    }
  }

  /** The kernel gives numbers in turn, so it takes a hand to have one again at once. */
  @Test
  void a_process_with_the_number_of_one_that_ended_is_another() throws IOException {
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.isWritable(LAST_PID) && Lab.hasCables(), "a process's number is root's to choose");
    String script =
        """
        while read go; do
          ORDINAL_RUN=$1 sleep 60 &
          first=$!
          echo $first; read seen
          kill -9 $first; wait $first
          echo $((first - 1)) >$2
          sleep 60 &
          echo $!; read seen
          kill -9 $!; wait $!
        done 2>/dev/null""";
    String marker = cluster + "a/default_db-0_5/main.0";
    Process shell =
        new ProcessBuilder("sh", "-c", script, "sh", marker, LAST_PID.toString()).start();
    processes.add(shell);
    try (BufferedReader said = shell.inputReader();
        BufferedWriter told = shell.outputWriter()) {
      int same = 0; // Others on this machine take the number now and then.
      for (int round = 0; same < SAME && round < MOST_ROUNDS; round++) {
        next(told);
        String first = line(said);
        Until.within(PATIENCE, "a life", () -> witness.alive().size() == 1);
        next(told);
        if (line(said).equals(first)) same++;
        long looks = witness.looks();
        Until.within(PATIENCE, "some looks", () -> witness.looks() > looks + 3);
        assertThat(witness.alive()).isEmpty();
        next(told);
      }
      assertThat(same).as("rounds with the same number").isEqualTo(SAME);
    }
  }

  /** The shell writes its lines whole. */
  private static String line(BufferedReader said) throws IOException {
    Until.within(PATIENCE, "a word of the shell", said::ready);
    return said.readLine();
  }

  private static void next(BufferedWriter told) throws IOException {
    told.newLine();
    told.flush();
  }

  private Process unshared(String variable) throws IOException {
    List<String> line = List.of("env", variable, "unshare", "--pid", "--fork", "--kill-child");
    List<String> all = new ArrayList<>(line);
    all.addAll(List.of("sh", "-c", "sleep 1000 & wait"));
    Process process = new ProcessBuilder(all).start();
    processes.add(process);
    return process;
  }

  private void awaitLives(int count) {
    Until.within(
        PATIENCE,
        count + " lives",
        () -> witness.sights().size() == count,
        () -> "seen: " + witness.sights());
  }

  private Process plant(String marker, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(Arrays.asList(command));
    builder.environment().put("ORDINAL_RUN", cluster + marker);
    Process process = builder.start();
    processes.add(process);
    return process;
  }
}
