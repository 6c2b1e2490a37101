package io.ordinal.agent.driver.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BesideTest {
  private static final ProcessIdentity MAIN = new ProcessIdentity(17, 1);

  private static RunRecord record(boolean namespaces, Map<String, String> env) {
    return new RunRecord("test", "a", 7, "main", 0, "boot", namespaces, false, "/work", env);
  }

  @Test
  void what_has_programs_load_other_code_is_set_inside_only() {
    RunRecord record = record(true, Map.of("LD_PRELOAD", "/data/own.so", "COLOUR", "red"));
    assertThat(Beside.environment(record)).containsExactly(Map.entry("COLOUR", "red"));
    assertThat(Beside.words(record, MAIN, List.of("ls", "-l")))
        .startsWith("/usr/bin/nsenter", "--target=17")
        .endsWith("--", "env", "LD_PRELOAD=/data/own.so", "ls", "-l");
  }

  @Test
  void without_such_variables_the_container_needs_nothing_but_the_command() {
    Map<String, String> env = Map.of("PATH", "/bin", "LDAP", "x");
    assertThat(Beside.environment(record(true, env))).isEqualTo(env);
    assertThat(Beside.words(record(true, env), MAIN, List.of("ls"))).endsWith("--", "ls");
    assertThat(Beside.words(record(false, env), MAIN, List.of("ls"))).containsExactly("ls");
  }
}
