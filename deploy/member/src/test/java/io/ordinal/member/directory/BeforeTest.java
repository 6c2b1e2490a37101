package io.ordinal.member.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeforeTest {
  @TempDir private Path place;

  @Test
  void a_directory_that_was_not_there_goes_again() throws IOException {
    Path directory = place.resolve("data");
    Before before = Before.of(directory);
    Files.createDirectories(directory.resolve("store/state/deep"));
    Files.writeString(directory.resolve("store/state/deep/file"), "x");
    before.takeBack();
    assertThat(directory).doesNotExist();
  }

  @Test
  void what_was_there_stays_with_all_that_is_in_it() throws IOException {
    Path directory = place.resolve("data");
    Files.createDirectories(directory.resolve("store"));
    Files.createDirectories(directory.resolve("node/volumes/one"));
    Files.writeString(directory.resolve("member.conf"), "mine");
    Files.writeString(directory.resolve("node/volumes/one/file"), "data");
    Before before = Before.of(directory);
    Files.createDirectories(directory.resolve("store/state.unfinished"));
    Files.writeString(directory.resolve("store/lock"), "");
    Files.createDirectories(directory.resolve("pki"));
    before.takeBack();
    assertThat(directory.resolve("store")).isEmptyDirectory();
    assertThat(directory.resolve("pki")).doesNotExist();
    assertThat(directory.resolve("member.conf")).hasContent("mine");
    assertThat(directory.resolve("node/volumes/one/file")).hasContent("data");
  }
}
