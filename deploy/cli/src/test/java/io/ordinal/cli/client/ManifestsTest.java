package io.ordinal.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {
  private static final String GOOD = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
  @TempDir private Path place;

  @Test
  void a_fault_in_the_yaml_is_told_in_one_line_with_its_place() throws IOException {
    for (String each :
        List.of("a: b: c\n", "a: 1\n b: 2\n", "a: [1\nb: 2\n", "a: 'open\n", "\ta: 1\n")) {
      Path file = file("bad.yaml", "kind: X\n" + each);
      assertThatThrownBy(() -> Manifests.read(file.toString()))
          .hasMessageMatching(
              "error parsing .*bad.yaml: error converting YAML to JSON: yaml: line [0-9]: [^\n]{10,120}")
          .hasNoCause();
    }
  }

  @Test
  void what_is_not_at_fault_is_read_all_the_same() throws IOException {
    file("1.yaml", GOOD + "---\nkind: [\n");
    file("2.yaml", "just text\n");
    file("3.yaml", GOOD.replace("name: a", "name: b"));
    List<Manifest> found = new ArrayList<>();
    List<BadManifest> faults = Manifests.readable(place.toString(), found);
    assertThat(found)
        .extracting(each -> each.object().at("/metadata/name").asString())
        .contains("a", "b");
    assertThat(faults)
        .extracting(BadManifest::getMessage)
        .satisfiesExactly(
            first -> assertThat(first).contains("1.yaml: error converting"),
            second -> assertThat(second).contains("2.yaml: expected an object"));
  }

  @Test
  void a_source_without_objects_is_a_fault() throws IOException {
    assertThat(Manifests.readable(place.toString(), new ArrayList<>()))
        .extracting(BadManifest::getMessage)
        .first()
        .asString()
        .contains("no objects in");
    assertThatThrownBy(() -> Manifests.read(place.resolve("nope").toString()))
        .hasMessageContaining("does not exist");
  }

  @Test
  void of_several_documents_the_one_at_fault_is_told() throws IOException {
    Path several = file("several.yaml", GOOD + "---\n- text\n---\n" + GOOD);
    List<Manifest> found = new ArrayList<>();
    assertThat(Manifests.readable(several.toString(), found))
        .extracting(BadManifest::getMessage)
        .containsExactly(
            "error parsing %s (document 2): expected an object with apiVersion and kind, found [\"text\"]"
                .formatted(several));
    assertThat(found)
        .extracting(Manifest::place)
        .containsExactly("\"%s\" (document 1)".formatted(several));
    Path single = file("single.yaml", "---\n" + GOOD);
    Manifest only = Manifests.read(single.toString()).get(0);
    assertThat(only.place()).isEqualTo("\"%s\"".formatted(single));
    assertThat(only.unserved())
        .hasMessage(
            ("resource mapping not found for name: \"a\" namespace: \"\" from \"%s\": no matches for kind"
                    + " \"ConfigMap\" in version \"v1\"; ordinal api-resources lists what is served")
                .formatted(single));
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(place.resolve(name), text);
  }
}
