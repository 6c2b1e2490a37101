package io.ordinal.agent.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir Path directory;

  @Test
  void what_was_there_is_replaced_and_nothing_is_left_beside_it() throws IOException {
    Path file = directory.resolve("file");
    WholeFile.replace(file, "a longer text".getBytes(UTF_8));
    WholeFile.replace(file, "short".getBytes(UTF_8));
    assertThat(file).hasContent("short");
    assertThat(directory)
        .isDirectoryContaining(file::equals)
        .isDirectoryNotContaining("glob:**.new");
  }

  /** Else whoever may write to shared storage has the agent write where he wants. */
  @Test
  void a_link_that_stands_beside_it_is_not_followed() throws IOException {
    Path victim = Files.writeString(directory.resolve("victim"), "mine");
    Files.createSymbolicLink(directory.resolve("file.new"), victim);
    assertThatThrownBy(() -> WholeFile.replace(directory.resolve("file"), new byte[] {1}))
        .isInstanceOf(IOException.class);
    assertThat(victim).hasContent("mine");
  }

  @Test
  void a_tree_goes_with_its_links_and_not_with_what_they_name() throws IOException {
    Path victim = Files.writeString(directory.resolve("victim"), "mine");
    Path tree = Files.createDirectories(directory.resolve("tree/below")).getParent();
    Files.createSymbolicLink(tree.resolve("below/link"), victim);
    FileTree.remove(tree);
    FileTree.remove(tree);
    assertThat(tree).doesNotExist();
    assertThat(victim).hasContent("mine");
  }
}
