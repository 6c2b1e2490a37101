package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a Kubernetes user does wrong gets the answer that Kubernetes gives, and changes nothing. */
class BadInputTest {
  private static final String SET =
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata:
        name: web
      spec:
        replicas: 0
        serviceName: web
        selector:
          matchLabels: {app: web}
        template:
          metadata:
            labels: {app: web}
          spec:
            containers:
              - name: main
                image: busybox
                command: ["sleep", "1000"]
      """;
  private static Cluster cluster;

  @BeforeAll
  static void up() {
    cluster = Cluster.started();
  }

  @AfterAll
  static void down() {
    cluster.close();
  }

  @Test
  void typographic_quotes_and_lost_indentation() {
    assertThat(refused(SET.replace("kind: StatefulSet", "kind: \u201cStatefulSet\u201d")))
        .contains("no matches for kind");
    assertThat(refused(SET.replace("  name: web\nspec", "name: web\nspec")))
        .containsAnyOf(
            "unknown field \"name\"",
            "error parsing",
            "resource name may not be empty",
            "name is required");
    nothingIsStored();
  }

  @Test
  void a_selector_that_does_not_match_the_template() {
    assertThat(refused(SET.replace("labels: {app: web}", "labels: {app: other}")))
        .contains(
            "spec.template.metadata.labels: Invalid value",
            "`selector` does not match template `labels`");
    nothingIsStored();
  }

  @Test
  void a_negative_number_of_replicas() {
    assertThat(refused(SET.replace("replicas: 0", "replicas: -1")))
        .contains(
            "The StatefulSet \"web\" is invalid",
            "spec.replicas: Invalid value: -1: must be greater than or equal to 0");
    nothingIsStored();
  }

  @Test
  void an_unknown_field() {
    assertThat(refused(SET.replace("  serviceName: web", "  serviceName: web\n  replikas: 3")))
        .containsPattern("unknown field \"(spec\\.)?replikas\""); // By the server, or by kubectl.
    nothingIsStored();
  }

  @Test
  void a_value_of_the_wrong_type() {
    assertThat(refused(SET.replace("replicas: 0", "replicas: many")))
        .containsPattern("cannot be handled as a StatefulSet|got \"string\", expected \"integer\"");
    nothingIsStored();
  }

  @Test
  void a_changed_immutable_field() {
    cluster.apply(SET.replace("name: web\nspec", "name: fixed\nspec")).ok();
    String before = cluster.kubectl("get", "statefulset", "fixed", "-o", "yaml").ok();
    String changed =
        SET.replace("name: web\nspec", "name: fixed\nspec")
            .replace("serviceName: web", "serviceName: other");
    assertThat(refused(changed))
        .contains("updates to statefulset spec for fields other than", "are forbidden");
    assertThat(cluster.kubectl("get", "statefulset", "fixed", "-o", "yaml").ok()).isEqualTo(before);
  }

  private static String refused(String manifest) {
    Shell.Result result = cluster.apply(manifest);
    assertThat(result.code()).as(result.all()).isNotZero();
    return result.all();
  }

  private static void nothingIsStored() {
    assertThat(cluster.kubectl("get", "statefulset", "web").err())
        .contains("statefulsets.apps \"web\" not found");
  }
}
