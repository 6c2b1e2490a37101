package io.ordinal.agent.driver.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ordinal.agent.driver.Driver.ExecResult;
import io.ordinal.agent.driver.Driver.LaunchRefused;
import io.ordinal.agent.driver.LaunchSpec;
import io.ordinal.agent.driver.LaunchSpec.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  @Test
  void an_image_may_have_a_root_directory_of_its_own() throws Exception {
    Path busybox = Path.of("/usr/bin/busybox");
    assumeTrue(Files.isExecutable(busybox), "needs busybox");
    Path root = Files.createDirectories(directory.resolve("image"));
    Files.createDirectories(root.resolve("bin"));
    Files.copy(busybox, root.resolve("bin/busybox"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.createSymbolicLink(root.resolve("bin/sh"), Path.of("busybox"));
    copyLibraries(busybox, root);
    try (Bench bench = new Bench(directory)) {
      assumeTrue(bench.driver.traits().get("mountNamespaces").equals("true"));
      Files.writeString(
          directory.resolve("images/own.conf"),
          "images = [{ repository = own, root = \"" + root + "\", entrypoint = [/bin/sh, -c] }]");
      Path data = Files.createDirectories(directory.resolve("data"));
      LaunchSpec spec =
          new LaunchSpec(
              Bench.run("a"),
              "uid",
              false,
              "a",
              "",
              -1,
              "127.64.0.1",
              "own",
              List.of(),
              List.of("busybox ls /; busybox ls /usr; exec busybox sleep 1000"),
              "",
              Map.of(),
              List.of(new Mount("data", data, "/data", false)));
      bench.start(spec);
      List<String> command = List.of("/bin/busybox", "ls", "/");
      ExecResult seen = Bench.await(bench.driver.exec(Bench.run("a"), command, Bench.PATIENCE));
      assertThat(seen.output().lines())
          .contains("bin", "data", "dev", "proc")
          .doesNotContain("etc");
      assertThat(bench.log("a")).doesNotContain("etc");
    }
  }

  private static void copyLibraries(Path program, Path root) throws Exception {
    Process ldd = new ProcessBuilder("ldd", program.toString()).start();
    for (String word : ChildJvm.output(ldd).split("\\s+")) {
      if (!word.startsWith("/")) continue;
      Path copy = root.resolve(word.substring(1));
      Files.createDirectories(copy.getParent());
      Files.copy(Path.of(word), copy);
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static void assertSees(String output) {
    assertThat(output)
        .contains("hello\nwrote\n", "read-only\na = b\ndeep\n")
        .contains("/ordinal-data /ordinal-config\n", "process pid: 2\n")
        .contains("/etc/hostname\n/usr/bin/env\n")
        .contains("exec 0\nhello\na\n")
        .containsPattern("a\n127\\.64\\.0\\.1 +a\n");
  }

  private static void assertNothingMade() {
    for (String path : List.of("/ordinal-data", "/ordinal-config", "/etc/ordinal-test")) {
      assertThat(Path.of(path)).doesNotExist();
    }
  }
}
