package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever mistypes the command {@code ordinal} is told what to do, and nothing starts. */
class CommandTest {
  @TempDir Path place;

  @Test
  void a_wrong_word_gets_a_proposal() {
    assertThat(ordinal(2, "upp")).contains("Did you mean: ordinal up");
    assertThat(ordinal(2, "up", "--filenam", "x")).contains("--filename");
    assertThat(ordinal(2)).contains("a command is missing", "Usage: ordinal", "status");
  }

  @Test
  void manifests_are_read_before_anything_starts() throws IOException {
    assertThat(up("-f", place.resolve("none.yaml").toString()))
        .contains("error: the path \"", "none.yaml\" does not exist");
    assertThat(up("-f", Files.createDirectory(place.resolve("empty")).toString()))
        .contains("error: no objects in", ".yaml, .yml or .json");
    assertThat(up("-f", file("quotes.yaml", "apiVersion: v1\nkind: \u201cPod\u201d\n")))
        .contains("error: error parsing", "typographic quotes in apiVersion or kind");
    assertThat(up("-f", file("bare.yaml", "kind: Pod\n")))
        .contains("expected an object with apiVersion and kind, found {\"kind\":\"Pod\"}");
    assertThat(up("-f", file("lost.yaml", "kind: Pod\n  name: x\n")))
        .contains("lost.yaml: error converting YAML to JSON: yaml: line 2: ");
    assertThat(place.resolve("data")).doesNotExist();
  }

  @Test
  void a_data_directory_that_cannot_be_one_is_named() throws IOException {
    String taken = file("taken", "");
    assertThat(ordinal(1, "up", "--data-dir", taken))
        .contains("error: " + taken + " is not a directory; name another place with --data-dir");
    assertThat(ordinal(1, "up", "--data-dir", taken + "/below"))
        .contains("error: " + taken + " is not a directory");
    assertThat(ordinal(1, "up", "--data-dir", "/proc/ordinal"))
        .contains("error: the data directory /proc/ordinal cannot be prepared; name one that");
  }

  @Test
  void an_unknown_command_is_told_in_a_line() {
    assertThat(ordinal(2, "stats").strip())
        .startsWith("error: ordinal has no command stats. Did you mean: ordinal status")
        .endsWith(". See: ordinal --help")
        .doesNotContain("\n");
    assertThat(ordinal(2, "foo").strip()).endsWith("See: ordinal --help").doesNotContain("\n");
    assertThat(ordinal(2, "token", "mak").strip())
        .startsWith("error: ordinal token has no command mak")
        .doesNotContain("\n");
  }

  @Test
  void the_data_directory_is_the_options_then_the_environments_then_in_the_home_directory() {
    Path home = place.resolve("home");
    Map<String, String> plain = Map.of("HOME", home.toString());
    Map<String, String> named =
        Map.of("HOME", home.toString(), "ORDINAL_DATA_DIR", place.resolve("named").toString());
    for (List<String> command : List.of(List.of("server"), List.of("drill", "list"))) {
      assertThat(run(plain, command)).contains(home + "/.ordinal");
      assertThat(run(named, command)).contains(place.resolve("named").toString());
      List<String> told = new ArrayList<>(command);
      told.addAll(List.of("--data-dir", place.resolve("told").toString()));
      assertThat(run(named, told)).contains(place.resolve("told").toString());
    }
    assertThat(home).doesNotExist();
  }

  @Test
  void a_configuration_that_names_no_directory_goes_by_the_environment() throws IOException {
    String empty = file("empty.conf", "");
    Map<String, String> named = Map.of("ORDINAL_DATA_DIR", "/proc/ordinal");
    assertThat(run(named, List.of("server", "--config", empty)))
        .contains("the data directory /proc/ordinal cannot be prepared");
  }

  @Test
  void a_machine_that_finds_no_controller_is_told_what_it_found() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String closed = "127.0.0.1:" + mute.getLocalPort();
      mute.close();
      assertThat(join(closed))
          .contains("error: nothing listens at " + closed + "; expected the API of a controller")
          .contains("ordinal status shows its address and port")
          .doesNotContain("Exception");
    }
    assertThat(join("10.0.0.1:99999")).contains("with a port from 1 to 65535, found '10.0.0.1:999");
    assertThat(join("no.such.host.invalid"))
        .contains("this machine does not know the name no.such.host.invalid");
  }

  private String join(String address) {
    String token = "a".repeat(8) + "." + "b".repeat(32) + "." + "c".repeat(52);
    String data = place.resolve("data").toString();
    return ordinal(1, "join", "--data-dir", data, "--token", token, address);
  }

  @Test
  void a_damaged_backup_is_told_in_words_and_leaves_nothing_behind() throws IOException {
    Path cut = place.resolve("cut.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(cut))) {
      zip.putNextEntry(new ZipEntry("manifest"));
      zip.write(new byte[4000]);
    }
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 50));
    String data = place.resolve("data").toString();
    assertThat(ordinal(1, "restore", "--data-dir", data, cut.toString()))
        .contains("error: " + cut + ": this is not a whole backup")
        .doesNotContain("ZLIB");
    assertThat(place.resolve("data")).doesNotExist();
  }

  private static String run(Map<String, String> environment, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(Cluster.CLONE.resolve("deploy/bin/ordinal").toString());
    line.addAll(arguments);
    Map<String, String> all = new HashMap<>(environment);
    all.put("ORDINAL_TRAINING", "1"); // Nothing here is worth preparing fast starts for.
    return Shell.run(all, Duration.ofSeconds(120), "", line).all();
  }

  private String up(String... arguments) {
    List<String> line =
        new ArrayList<>(List.of("up", "--data-dir", place.resolve("data").toString()));
    line.addAll(List.of(arguments));
    return ordinal(1, line.toArray(String[]::new));
  }

  private static String ordinal(int code, String... arguments) {
    List<String> line =
        new ArrayList<>(List.of(Cluster.CLONE.resolve("deploy/bin/ordinal").toString()));
    line.addAll(List.of(arguments));
    Shell.Result result = Shell.run(Map.of(), Duration.ofSeconds(120), "", line);
    assertThat(result.code()).as(result.all()).isEqualTo(code);
    return result.all();
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(place.resolve(name), text).toString();
  }
}
