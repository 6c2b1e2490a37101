package io.ordinal.agent.driver.process;

import static io.ordinal.agent.driver.process.Bench.run;
import static io.ordinal.agent.driver.process.Bench.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ordinal.agent.driver.Session;
import io.ordinal.agent.driver.SessionSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessSessionsTest {
  @TempDir Path directory;
  private Bench bench;

  @AfterEach
  void close() throws IOException {
    bench.close();
  }

  private Session begin(String namespaces, SessionSpec session) throws IOException {
    bench = new Bench(directory, "ordinal.agent.process.namespaces = " + namespaces);
    bench.start(spec("a", "exec sleep 1000"));
    return Bench.await(bench.driver.sessions().begin(run("a"), session));
  }

  private static SessionSpec pipes(String script) {
    return new SessionSpec(List.of("sh", "-c", script), true, true, false, 0, 0);
  }

  private static SessionSpec terminal(String script) {
    return new SessionSpec(List.of("sh", "-c", script), true, false, true, 77, 33);
  }

  private static String all(java.io.InputStream from) throws IOException {
    return new String(from.readAllBytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "off"})
  void a_command_has_its_own_streams_and_code(String namespaces) throws IOException {
    Session session = begin(namespaces, pipes("cat; echo $ORDINAL_NAME >&2; exit 9"));
    session.input().write("in".getBytes(StandardCharsets.UTF_8));
    session.input().close();
    assertThat(all(session.output())).isEqualTo("in");
    assertThat(all(session.errors().orElseThrow())).isEqualTo("a\n");
    assertThat(Bench.await(session.exit())).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "off"})
  void a_terminal_has_the_size_that_the_client_says(String namespaces) throws IOException {
    Session session =
        begin(namespaces, terminal("tty; stty size; echo $TERM; read x; stty size; exit 4"));
    StringBuilder seen = new StringBuilder();
    while (!seen.toString().contains("xterm")) seen.append((char) session.output().read());
    assertThat(seen.toString()).contains("/dev/pts/", "33 77");
    session.resize(100, 40);
    session.input().write('\r');
    session.input().flush();
    assertThat(all(session.output())).contains("40 100");
    assertThat(Bench.await(session.exit())).isEqualTo(4);
    assertThat(session.errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "off"})
  void a_shell_at_a_terminal_has_job_control_and_tells_its_code(String namespaces)
      throws IOException {
    Session session = begin(namespaces, new SessionSpec(List.of("sh"), true, false, true, 77, 33));
    session.input().write("sleep 0 & wait; exit 5\r".getBytes(StandardCharsets.UTF_8));
    session.input().flush();
    assertThat(all(session.output())).doesNotContain("process group", "job control");
    assertThat(Bench.await(session.exit())).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "off"})
  void hanging_up_ends_what_does_not_listen_and_what_went_away(String namespaces)
      throws IOException {
    Session session =
        begin(namespaces, pipes("trap '' HUP TERM; (setsid sleep 4718 &); sleep 4718; sleep 4718"));
    await().until(() -> sleeping() == 2);
    Bench.await(session.hangUp());
    assertThat(sleeping()).isZero();
    assertThat(Bench.await(session.exit())).isGreaterThan(128);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "off"})
  void a_reader_is_free_although_something_left_behind_holds_the_output(String namespaces)
      throws Exception {
    Session session = begin(namespaces, pipes("sleep 4719 & echo on"));
    InputStream output = session.output();
    for (int read = output.read(); read != '\n'; read = output.read()) {
      assertThat(read).isPositive();
    }
    FutureTask<Integer> reading = new FutureTask<>(output::read);
    new Thread(reading).start();
    assertThat(Bench.await(session.exit())).isZero();
    assertThat(reading.isDone()).isFalse();
    output.close();
    assertThatThrownBy(() -> reading.get(5, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class);
    Bench.await(session.hangUp());
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "off"})
  void what_sessions_of_a_dead_agent_left_is_ended_by_the_next(String namespaces)
      throws IOException {
    begin(namespaces, pipes("sleep 4718"));
    await().until(() -> sleeping() == 1);
    bench.driver.close(); // As the end of its JVM does, it ends nothing.
    assertThat(sleeping()).isEqualTo(1);
    bench = new Bench(directory, "ordinal.agent.process.namespaces = " + namespaces);
    await().until(() -> sleeping() == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "off"})
  void a_session_ends_with_its_run_and_none_begins_after(String namespaces) throws IOException {
    Session session = begin(namespaces, pipes("sleep 4718"));
    await().until(() -> sleeping() == 1); // Until then it is on its way into the container.
    Bench.await(bench.driver.kill(run("a")));
    assertThat(Bench.await(session.exit())).isEqualTo(137);
    assertThatThrownBy(() -> Bench.await(bench.driver.sessions().begin(run("a"), pipes("ls"))))
        .hasMessageContaining("the container is not running");
  }

  private static long sleeping() {
    return ProcessHandle.allProcesses()
        .filter(each -> each.info().commandLine().orElse("").endsWith("sleep 4718"))
        .filter(each -> each.info().command().orElse("").endsWith("/sleep"))
        .count();
  }
}
