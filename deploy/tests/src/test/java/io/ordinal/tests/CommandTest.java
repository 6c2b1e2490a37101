package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    assertThat(up("-f", file("lost.yaml", "kind: Pod\n  name: x\n"))).contains("(line 2)");
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
