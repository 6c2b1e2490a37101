package io.ordinal.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.protocol.id.MachineId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineIdentityTest {
  private static final String RAW = "0123456789abcdef0123456789abcdef";

  @TempDir Path directory;

  @Test
  void machines_are_told_by_the_first_file_that_says_something() throws IOException {
    Path absent = directory.resolve("absent");
    Path blank = Files.writeString(directory.resolve("blank"), "\n");
    Path fresh = Files.writeString(directory.resolve("fresh"), "uninitialized\n");
    Path full = Files.writeString(directory.resolve("full"), RAW + "\n");
    Path other = Files.writeString(directory.resolve("other"), "another\n");
    assertThat(MachineIdentity.among(List.of(absent, blank, fresh))).isEmpty();
    assertThat(MachineIdentity.among(List.of(absent, blank, fresh, full, other)))
        .isPresent()
        .isEqualTo(MachineIdentity.find(RAW))
        .isNotEqualTo(MachineIdentity.among(List.of(other)));
  }

  @Test
  void what_leaves_the_machine_does_not_show_what_it_was_made_from() throws IOException {
    String value = MachineIdentity.find(RAW).map(MachineId::value).orElseThrow();
    assertThat(value).hasSize(32).doesNotContain(RAW.substring(0, 6));
    assertThat(value).as("the same in every release").isEqualTo("00363a5d0c6f35e4b470d06ae22b6551");
  }
}
