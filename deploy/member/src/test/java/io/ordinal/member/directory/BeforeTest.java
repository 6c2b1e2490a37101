package io.ordinal.member.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    try (Before before = Before.of(new DataDirectory(directory))) {
      Files.createDirectories(directory.resolve("store/state/deep"));
      Files.writeString(directory.resolve("store/state/deep/file"), "x");
      before.takeBack();
    }
    assertThat(directory).doesNotExist();
  }

  @Test
  void what_was_there_stays_with_all_that_is_in_it() throws IOException {
    Path directory = place.resolve("data");
    Files.createDirectories(directory.resolve("store"));
    Files.createDirectories(directory.resolve("node/volumes/one"));
    Files.writeString(directory.resolve("member.conf"), "mine");
    Files.writeString(directory.resolve("node/volumes/one/file"), "data");
    try (Before before = Before.of(new DataDirectory(directory))) {
      Files.createDirectories(directory.resolve("store/state.unfinished"));
      Files.writeString(directory.resolve("store/lock"), "");
      Files.createDirectories(directory.resolve("pki"));
      before.takeBack();
    }
    assertThat(directory).isDirectoryNotContaining("glob:**/member.pid");
    assertThat(directory.resolve("store")).isEmptyDirectory();
    assertThat(directory.resolve("pki")).doesNotExist();
    assertThat(directory.resolve("member.conf")).hasContent("mine");
    assertThat(directory.resolve("node/volumes/one/file")).hasContent("data");
  }

  /** Else a member that began during the attempt would lose what it made. */
  @Test
  void nobody_else_begins_in_the_directory_meanwhile() throws IOException {
    DataDirectory directory = new DataDirectory(place.resolve("data"));
    try (Before before = Before.of(directory)) {
      assertThat(directory.member())
          .hasValueSatisfying(it -> assertThat(it.process()).isEqualTo(ProcessHandle.current()));
      before.takeBack();
      assertThat(directory.member()).as("it is claimed until all is taken back").isPresent();
    }
    assertThat(directory.member()).isEmpty();
  }

  @Test
  void nothing_is_touched_where_a_member_runs() throws Exception {
    DataDirectory directory = new DataDirectory(place.resolve("data"));
    Files.createDirectories(directory.store());
    Path pid = directory.path().resolve("member.pid");
    Process member = new ProcessBuilder("sleep", "600").start();
    try {
      Files.writeString(pid, member.pid() + "\n");
      assertThatThrownBy(() -> Before.of(directory).close())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("runs on " + directory.path() + " already");
      assertThat(pid).hasContent(member.pid() + "");
      assertThat(directory.store()).isDirectory();
    } finally {
      member.destroyForcibly();
    }
  }
}
