package io.ordinal.agent.driver.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ordinal.agent.driver.Driver.LaunchRefused;
import io.ordinal.agent.driver.LaunchSpec;
import io.ordinal.agent.driver.LaunchSpec.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountsTest {
  @TempDir Path directory;

  @Test
  void volumes_stand_at_their_mount_paths_and_nothing_is_made_on_the_machine() throws Exception {
    try (Bench bench = new Bench(directory)) {
      assumeTrue(bench.driver.traits().get("mountNamespaces").equals("true"));
      assertSees(MountsMain.look(bench));
    }
    assertThat(directory.resolve("data/written")).exists();
    assertNothingMade();
  }

  @Test
  void so_they_do_for_somebody_without_rights() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can become nobody");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path copies = Files.createDirectory(directory.resolve("copies"));
    Files.setPosixFilePermissions(copies, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path state = directory.resolve("state");
    Process jvm = ChildJvm.startAsNobody(copies, MountsMain.class, state.toString());
    String output = ChildJvm.output(jvm);
    assertThat(output).contains("treeKill=");
    assumeTrue(output.contains("mountNamespaces=true"), output);
    assertThat(output).contains("userNamespaces=true", "CapEff:\t0000000000000000\n65534\n");
    assertSees(output);
    assertNothingMade();
  }

  @Test
  void without_namespaces_the_environment_says_where_volumes_are() throws IOException {
    try (Bench bench = new Bench(directory, "ordinal.agent.process.namespaces = off")) {
      Path data = Files.createDirectories(directory.resolve("data"));
      LaunchSpec spec =
          Bench.spec(
              "a", "echo $ORDINAL_VOLUME_MY_DATA", new Mount("my.data", data, "/data", false));
      Bench.await(bench.driver.start(spec));
      Bench.await(bench.driver.exit(Bench.run("a")));
      assertThat(bench.log("a")).isEqualTo(data + "\n");
    }
  }

  @Test
  void a_mount_that_cannot_be_is_refused() throws IOException {
    try (Bench bench = new Bench(directory)) {
      Mount missing = new Mount("data", directory.resolve("none"), "/data", false);
      assertThatThrownBy(() -> bench.start(Bench.spec("a", "exit 0", missing)))
          .isInstanceOfSatisfying(
              LaunchRefused.class,
              refused -> assertThat(refused.reason()).isEqualTo("CreateContainerError"))
          .hasMessageContaining(directory.resolve("none").toString());
      Mount onFile = new Mount("data", directory, "/etc/passwd", false);
      assertThatThrownBy(() -> bench.start(Bench.spec("a", "exit 0", onFile)))
          .hasMessageContaining("it is a FILE, the volume a DIRECTORY");
    }
  }

  @Test
  void a_command_that_is_not_there_is_refused() throws IOException {
    try (Bench bench = new Bench(directory)) {
      LaunchSpec spec =
          new LaunchSpec(
              Bench.run("a"),
              "uid",
              false,
              "a",
              "",
              -1,
              "127.64.0.1",
              "shell",
              List.of("no-such-$(WHAT)"),
              List.of(),
              "",
              Map.of("WHAT", "tool"),
              List.of());
      assertThatThrownBy(() -> bench.start(spec))
          .isInstanceOfSatisfying(
              LaunchRefused.class,
              refused -> assertThat(refused.reason()).isEqualTo("RunContainerError"))
          .hasMessageContaining("no-such-tool");
    }
  }

  private static void assertSees(String output) {
    assertThat(output)
        .contains("hello\nwrote\n", "read-only\na = b\ndeep\n")
        .contains("/ordinal-data /ordinal-config\n", "process pid: 2\n")
        .contains("/etc/hostname\n/usr/bin/env\n")
        .contains("exec 0\nhello\n");
  }

  private static void assertNothingMade() {
    for (String path : List.of("/ordinal-data", "/ordinal-config", "/etc/ordinal-test")) {
      assertThat(Path.of(path)).doesNotExist();
    }
  }
}
