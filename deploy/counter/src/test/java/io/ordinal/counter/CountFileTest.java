package io.ordinal.counter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountFileTest {
  @TempDir Path volume;

  @Test
  void goes_on_from_what_is_on_the_volume() throws Exception {
    CountFile first = new CountFile(volume);
    first.increment();
    first.increment();
    assertThat(new CountFile(volume).value()).isEqualTo(2);
  }

  @Test
  void a_crash_between_write_and_rename_keeps_the_old_number() throws Exception {
    new CountFile(volume).increment();
    Files.writeString(volume.resolve("count.new"), "2");
    assertThat(new CountFile(volume).value()).isEqualTo(1);
  }
}
