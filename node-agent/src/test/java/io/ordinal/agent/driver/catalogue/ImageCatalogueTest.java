package io.ordinal.agent.driver.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.agent.driver.Driver.LaunchRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageCatalogueTest {
  private static final Map<String, String> VALUES =
      Map.of("JAVA_HOME", "/java", "ORDINAL_LIB", "/ordinal/lib");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "redis, docker.io/library/redis, latest, ''",
    "redis:7, docker.io/library/redis, 7, ''",
    "library/redis:7, docker.io/library/redis, 7, ''",
    "docker.io/redis, docker.io/library/redis, latest, ''",
    "index.docker.io/library/redis, docker.io/library/redis, latest, ''",
    "ordinal/counter, docker.io/ordinal/counter, latest, ''",
    "quay.io/a/b:x, quay.io/a/b, x, ''",
    "localhost/a, localhost/a, latest, ''",
    "localhost:5000/a/b, localhost:5000/a/b, latest, ''",
    "redis@sha256:ab, docker.io/library/redis, '', sha256:ab",
    "redis:7@sha256:ab, docker.io/library/redis, 7, sha256:ab"
  })
  void names_are_normalised(String name, String repository, String tag, String digest) {
    assertThat(ImageReference.parse(name)).isEqualTo(new ImageReference(repository, tag, digest));
  }

  @Test
  void the_entries_that_come_with_ordinal_can_be_read() {
    ImageCatalogue shipped = new ImageCatalogue(Path.of("../deploy/images"), VALUES);
    for (String name : new String[] {"redis", "docker.io/library/redis:7.0", "busybox:1.36"}) {
      assertThat(shipped.find(name).image().root()).as(name).isEmpty();
    }
    assertThat(shipped.find("ordinal/counter").image().entrypoint())
        .containsExactly(
            "/java/bin/java",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "-Xmx32m",
            "-jar",
            "/ordinal/lib/counter.jar");
  }

  @Test
  void a_tag_that_is_not_named_runs_with_a_note_unless_tags_are_pinned() throws IOException {
    write(
        "a.conf",
        "{ repository = loose, tags = [1] }, { repository = strict, tags = [1], pinned = true }");
    ImageCatalogue catalogue = new ImageCatalogue(directory, VALUES);
    assertThat(catalogue.find("loose:1").note()).isEmpty();
    assertThat(catalogue.find("loose:2").note()).contains("[1]", "loose:2");
    assertThat(catalogue.find("strict:1").note()).isEmpty();
    assertThatThrownBy(() -> catalogue.find("strict:2"))
        .isInstanceOfSatisfying(
            LaunchRefused.class, refused -> assertThat(refused.reason()).isEqualTo("ErrImagePull"))
        .hasMessageContaining("[1]");
  }

  @Test
  void an_image_that_nobody_knows_is_refused_until_somebody_adds_it() throws IOException {
    ImageCatalogue catalogue = new ImageCatalogue(directory.resolve("later"), VALUES);
    assertThatThrownBy(() -> catalogue.find("acme/thing:1"))
        .hasMessageContaining(directory.resolve("later/thing.conf").toString())
        .hasMessageContaining("docker.io/acme/thing");
    Files.createDirectory(directory.resolve("later"));
    write("later/thing.conf", "{ repository = acme/thing, root = /srv/thing }");
    assertThat(catalogue.find("acme/thing:1").image().root()).contains(Path.of("/srv/thing"));
  }

  @Test
  void a_broken_file_is_named() throws IOException {
    write("broken.conf", "{ tags = [1] }");
    assertThatThrownBy(() -> new ImageCatalogue(directory, VALUES).find("x"))
        .isInstanceOf(LaunchRefused.class)
        .hasMessageContaining("broken.conf");
  }

  private void write(String file, String entries) throws IOException {
    Files.writeString(directory.resolve(file), "images = [" + entries + "]");
  }
}
