package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The same manifests applied by the command line and by kubectl, in turn. */
@EnabledIf("io.ordinal.tests.KubectlVersion#isRecent")
class ApplyTogetherTest {
  private static final String MAP =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: both}
      data: {a: "1", b: "2"}
      """;

  private static Cluster cluster;
  @TempDir private Path place;

  @BeforeAll
  static void up() {
    cluster = Cluster.started();
  }

  @AfterAll
  static void down() {
    cluster.close();
  }

  /**
   * Each word is an apply: by k(ubectl) or o(rdinal), on the c(lient) or the s(erver), of which
   * data.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"oc1 ks9", "oc1 kc9 ks9", "kc1 os9 ks1", "ks1 oc9 os9", "kc1 oc9 ks1 kc9 os9 os1"})
  void whoever_applies_leaves_what_kubectl_alone_would(String applies) throws IOException {
    List<String> together = owners(applies);
    List<String> alone = owners(applies.replace('o', 'k'));
    assertThat(together).isEqualTo(alone);
  }

  @Test
  void a_conflict_with_others_comes_with_kubectls_advice() throws IOException {
    kubectl("apply", "--server-side", "--field-manager=me", "-f", map("1"));
    Shell.Result mine = cluster.ordinal("apply", "--server-side", "-f", map("9"));
    Shell.Result theirs = cluster.kubectl("apply", "--server-side", "-f", map("9"));
    assertThat(mine.code()).isEqualTo(1);
    assertThat(mine.all()).isEqualTo(theirs.all()).contains("conflict with \"me\": .data.a");
    kubectl("delete", "cm", "both");
  }

  @Test
  void what_is_invalid_is_told_in_kubectls_words() throws IOException {
    String web = Manifest.sleepers("web", 1);
    String negative = file(web.replaceFirst("replicas: 1", "replicas: -1"));
    String all = cluster.ordinal("apply", "-f", negative).all();
    assertThat(all).isEqualTo(cluster.kubectl("apply", "-f", negative).all());
    assertThat(all).startsWith("The StatefulSet \"web\" is invalid: spec.replicas: Invalid value");

    kubectl("apply", "-f", file(web));
    assertThat(cluster.ordinal("apply", "-f", negative).all()).isEqualTo(all);
    assertThat(applied(web.replaceFirst("replicas: 1", "replicas: many")))
        .isEqualTo(
            "The StatefulSet \"web\" is invalid: spec.replicas: expected int32, found string\n");
    assertThat(applied(web.replaceFirst("replicas: 1", "replics: 1")))
        .isEqualTo("The StatefulSet \"web\" is invalid: spec.replics: unknown field\n");
    kubectl("delete", "sts", "web");
  }

  @Test
  void what_the_server_warns_of_is_printed_as_by_kubectl() throws IOException {
    String service =
        file(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: routed}
            spec: {selector: {app: none}, ports: [{port: 80}]}
            """);
    String mine = cluster.ordinal("apply", "--dry-run", "-f", service).err();
    assertThat(mine).isEqualTo(cluster.kubectl("apply", "--dry-run=server", "-f", service).err());
    assertThat(mine).startsWith("Warning: spec.clusterIP: ");
  }

  @Test
  void what_was_not_applied_before_is_warned_of() throws IOException {
    kubectl("create", "-f", map("1"));
    assertThat(cluster.ordinal("apply", "-f", map("9")).all())
        .contains("Warning: configmap/both has no annotation", "configmap/both configured");
    kubectl("delete", "cm", "both");
  }

  private String applied(String manifest) throws IOException {
    Shell.Result result = cluster.ordinal("apply", "-f", file(manifest));
    assertThat(result.code()).isEqualTo(1);
    return result.all();
  }

  private List<String> owners(String applies) throws IOException {
    for (String each : applies.split(" ")) {
      List<String> options = new ArrayList<>(List.of("-f", map(each.substring(2))));
      if (each.charAt(1) == 's') options.add("--server-side");
      String[] line = options.toArray(String[]::new);
      if (each.charAt(0) == 'o') {
        cluster.ordinal("apply", line).ok();
      } else {
        options.add(0, "apply");
        kubectl(options.toArray(String[]::new));
      }
    }
    String found = kubectl("get", "cm", "both", "--show-managed-fields", "-o", "json");
    List<String> owners = new ArrayList<>();
    JsonNode metadata = Json.tree(found.getBytes(StandardCharsets.UTF_8)).path("metadata");
    for (JsonNode each : metadata.path("managedFields")) {
      owners.add(
          "%s %s %s"
              .formatted(each.path("manager"), each.path("operation"), each.path("fieldsV1")));
    }
    owners.sort(null); // They come by their times, which may be in one second or not.
    owners.add(metadata.path("annotations").toString());
    kubectl("delete", "cm", "both");
    return owners;
  }

  private String map(String a) throws IOException {
    return file(MAP.replace("\"1\"", '"' + a + '"'));
  }

  private String file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(place, "m", ".yaml"), text).toString();
  }

  private static String kubectl(String... arguments) {
    return cluster.kubectl(arguments).ok();
  }
}
