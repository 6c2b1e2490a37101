package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Under a umask that hides nothing, nobody else reads what is a member's own. */
@Tag("long")
class UmaskTest {
  private static final String ORDINAL = Cluster.CLONE.resolve("deploy/bin/ordinal").toString();
  @TempDir private Path place;

  @Test
  void what_a_member_writes_is_its_own_whatever_the_umask_is() throws IOException {
    Path data = place.resolve("data");
    Path backup = place.resolve("backup");
    Path restored = place.resolve("restored");
    try {
      open("up", data).ok();
      open("backup", data, backup.toString()).ok();
    } finally {
      open("down", data, "--timeout", "30").ok();
    }
    open("restore", restored, backup.toString()).ok();
    assertThat(mode(backup)).isEqualTo("rw-------");
    for (Path each : List.of(data, restored)) {
      assertThat(mode(each)).isEqualTo("rwx------");
      for (Path inside : inside(each)) {
        assertThat(mode(inside)).as("%s", inside).matches("rw[-x]------");
      }
      for (Path key : inside(each.resolve("pki"))) {
        if (!key.endsWith("lock")) assertThat(mode(key)).as("%s", key).isEqualTo("rw-------");
      }
    }
    open("down", data, "--wipe").ok();
  }

  private static List<Path> inside(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.toList();
    }
  }

  private static String mode(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Shell.Result open(String command, Path data, String... words) {
    String line = "umask 000; exec \"$0\" \"$@\"";
    Stream<String> all =
        Stream.concat(
            Stream.of("sh", "-c", line, ORDINAL, command, "--data-dir", data.toString()),
            Stream.of(words));
    return Shell.run(Map.of(), Duration.ofMinutes(5), "", all.toList());
  }
}
