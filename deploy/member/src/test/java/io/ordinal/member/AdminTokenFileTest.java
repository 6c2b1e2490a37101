package io.ordinal.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTokenFileTest {
  @TempDir Path directory;

  @Test
  void a_file_that_others_may_read_is_closed_to_them() throws Exception {
    Path file = directory.resolve("admin-token");
    AdminTokenFile.write(file, "t");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    AdminTokenFile.write(file, "t");
    assertThat(file).hasContent("t");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_file_that_is_right_is_left() throws Exception {
    Path file = directory.resolve("admin-token");
    AdminTokenFile.write(file, "t");
    Object made = Files.readAttributes(file, "unix:ino").get("ino");
    AdminTokenFile.write(file, "t");
    assertThat(Files.readAttributes(file, "unix:ino").get("ino")).isEqualTo(made);
  }
}
