package io.ordinal.agent.driver.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellTextTest {
  private static final String CHARACTERS = "ab '\"\\$`!*?[]{}()<>|&;~#\n\t=%é";

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void a_shell_reads_back_what_was_quoted(long seed) throws Exception {
    Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
    }
    String script = "printf %s " + ShellText.quoted(text.toString());
    Process shell = new ProcessBuilder(List.of("/bin/sh", "-c", script)).start();
    assertThat(ChildJvm.output(shell)).as("seed %d", seed).isEqualTo(text.toString());
  }
}
