package io.ordinal.controller.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.document.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class OpenApiDocumentsTest {
  private static final KindRegistry KINDS = KindRegistry.standard();
  private static final OpenApiDocuments DOCUMENTS = OpenApiDocuments.of(KINDS);

  private static final List<String> TALKATIVE =
      List.of(
          "io.k8s.api.apps.v1.StatefulSet",
          "io.k8s.api.coordination.v1.Lease",
          "io.k8s.api.core.v1.ConfigMap",
          "io.k8s.api.core.v1.Node",
          "io.k8s.api.core.v1.PersistentVolume",
          "io.k8s.api.core.v1.PersistentVolumeClaim",
          "io.k8s.api.core.v1.Pod",
          "io.k8s.api.core.v1.Secret",
          "io.k8s.api.core.v1.Service");

  @Test
  void every_group_and_version_has_a_document() {
    assertThat(DOCUMENTS.v3())
        .containsKeys("api/v1", "apis/apps/v1", "apis/storage.k8s.io/v1", "apis/ordinal.io/v1");
  }

  @Test
  void every_kind_says_that_the_server_checks_its_fields() {
    for (ResourceKind kind : KINDS.all()) {
      if (!kind.verbs().contains("create")) continue;
      JsonNode patch = patchOf(kind);
      assertThat(patch.path("x-kubernetes-group-version-kind"))
          .as(kind.kind())
          .isEqualTo(
              Json.object()
                  .put("group", kind.group())
                  .put("version", kind.version())
                  .put("kind", kind.kind()));
      assertThat(patch.path("parameters").findValuesAsString("name"))
          .as(kind.kind())
          .contains("fieldValidation");
      boolean merged = kind.isStored() && !kind.group().equals("ordinal.io");
      assertThat(patch.at("/requestBody/content").has("application/strategic-merge-patch+json"))
          .as(kind.kind())
          .isEqualTo(merged);
    }
  }

  @Test
  void every_kind_has_a_schema_marked_as_its_own() {
    for (ResourceKind kind : KINDS.all()) {
      long marked =
          document(kind).at("/components/schemas").properties().stream()
              .flatMap(
                  each -> each.getValue().path("x-kubernetes-group-version-kind").valueStream())
              .filter(each -> each.path("kind").asString("").equals(kind.kind()))
              .count();
      assertThat(marked).as(kind.kind()).isEqualTo(1);
    }
  }

  @Test
  void nothing_is_told_that_cannot_be_done() {
    for (ResourceKind kind : KINDS.all()) {
      JsonNode paths = document(kind).path("paths");
      List<String> actions =
          paths.properties().stream()
              .filter(each -> each.getKey().matches(".*/" + kind.plural() + "(/\\{name})?"))
              .flatMap(each -> each.getValue().properties().stream())
              .map(each -> each.getValue().path("x-kubernetes-action").asString(""))
              .filter(each -> !each.isEmpty())
              .toList();
      List<String> verbs = new ArrayList<>(kind.verbs());
      verbs.replaceAll(each -> each.equals("create") ? "post" : each);
      verbs.replaceAll(each -> each.equals("update") ? "put" : each);
      verbs.remove("watch"); // Is a list.
      if (kind.verbs().equals(List.of("create")))
        verbs.add("patch"); // By which kubectl tells that fields are checked.
      assertThat(actions).as(kind.kind()).containsExactlyInAnyOrderElementsOf(verbs);
    }
  }

  @Test
  void every_field_has_a_type() {
    JsonNode definitions = Json.object(DOCUMENTS.v2()).path("definitions");
    assertThat(definitions.size()).isGreaterThan(100);
    for (var definition : definitions.properties()) {
      assertThat(definition.getValue().path("type").asString(""))
          .as(definition.getKey())
          .isNotEmpty();
      for (var field : definition.getValue().path("properties").properties()) {
        assertThat(field.getValue().has("type") || field.getValue().has("$ref"))
            .as(definition.getKey() + "." + field.getKey())
            .isTrue();
      }
    }
  }

  @Test
  void version_2_has_every_kind_and_every_type_that_it_refers_to() {
    JsonNode document = Json.object(DOCUMENTS.v2());
    JsonNode definitions = document.path("definitions");
    assertThat(document.findValuesAsString("$ref"))
        .isNotEmpty()
        .allMatch(each -> definitions.has(each.substring("#/definitions/".length())));
    for (ResourceKind kind : KINDS.all()) {
      JsonNode name =
          Json.object()
              .put("group", kind.group())
              .put("version", kind.version())
              .put("kind", kind.kind());
      assertThat(definitions.findValues("x-kubernetes-group-version-kind"))
          .as(kind.kind())
          .anySatisfy(each -> assertThat(each.valueStream()).contains(name));
    }
  }

  @Test
  void types_have_the_names_that_kubernetes_gives_them() {
    JsonNode definitions = Json.object(DOCUMENTS.v2()).path("definitions");
    assertThat(definitions.propertyNames())
        .contains(
            "io.k8s.api.core.v1.Pod",
            "io.k8s.api.apps.v1.StatefulSet",
            "io.k8s.api.policy.v1.PodDisruptionBudget",
            "io.k8s.api.rbac.v1.ClusterRole",
            "io.k8s.api.coordination.v1.Lease",
            "io.k8s.api.discovery.v1.EndpointSlice",
            "io.k8s.api.events.v1.Event",
            "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta",
            "io.k8s.apimachinery.pkg.api.resource.Quantity");
  }

  @Test
  void version_2_is_a_gnostic_document() {
    byte[] document = DOCUMENTS.v2Protobuf();
    assertThat(Arrays.copyOf(document, 5)).containsExactly(0x0a, 3, '2', '.', '0');
    String text = new String(document, StandardCharsets.ISO_8859_1);
    assertThat(text).contains("#/definitions/io.k8s.api.core.v1.PodSpec", "fieldValidation");
  }

  @Test
  void every_reference_leads_to_a_schema() {
    for (byte[] bytes : DOCUMENTS.v3().values()) {
      ObjectNode document = Json.object(bytes);
      JsonNode schemas = document.at("/components/schemas");
      assertThat(document.findValuesAsString("$ref"))
          .isNotEmpty()
          .allMatch(each -> schemas.has(each.substring("#/components/schemas/".length())));
    }
  }

  @Test
  void fields_are_told_as_explain_needs_them() {
    JsonNode schemas = Json.object(DOCUMENTS.v3().get("apis/apps/v1")).at("/components/schemas");
    JsonNode spec = schemas.path("io.k8s.api.apps.v1.StatefulSetSpec");
    assertThat(spec.path("required").valueStream().map(JsonNode::asString))
        .containsExactly("selector", "template");
    assertThat(spec.at("/properties/replicas"))
        .isEqualTo(
            Json.object()
                .put("type", "integer")
                .put("format", "int32")
                .put("description", "How many replicas there are to be. Defaults to 1."));
    assertThat(spec.at("/properties/template/allOf/0/$ref").asString())
        .isEqualTo("#/components/schemas/io.k8s.api.core.v1.PodTemplateSpec");
    JsonNode containers = schemas.path("io.k8s.api.core.v1.PodSpec").at("/properties/containers");
    assertThat(containers.path("x-kubernetes-patch-merge-key").asString()).isEqualTo("name");
    assertThat(containers.path("x-kubernetes-patch-strategy").asString()).isEqualTo("merge");
  }

  @Test
  void every_description_is_of_a_field_that_exists() {
    StringBuilder schemas = new StringBuilder();
    for (byte[] bytes : DOCUMENTS.v3().values()) {
      schemas.append(Json.object(bytes).at("/components/schemas"));
    }
    Descriptions descriptions = Descriptions.load();
    for (String name : descriptions.names()) {
      assertThat(schemas).as(name).contains(descriptions.of(name));
    }
  }

  @Test
  void every_field_of_what_people_write_most_says_what_it_is_for() {
    Map<String, JsonNode> schemas = new HashMap<>();
    for (byte[] bytes : DOCUMENTS.v3().values()) {
      Json.object(bytes)
          .at("/components/schemas")
          .properties()
          .forEach(each -> schemas.put(each.getKey(), each.getValue()));
    }
    Set<String> seen = new HashSet<>();
    List<String> silent = new ArrayList<>();
    for (String kind : TALKATIVE) silent(schemas, kind, seen, silent);
    assertThat(silent).isEmpty();
    assertThat(seen).hasSizeGreaterThan(80);
  }

  /** Not below what is there only so that old manifests can be read. */
  private static void silent(
      Map<String, JsonNode> schemas, String type, Set<String> seen, List<String> found) {
    if (!seen.add(type)) return;
    JsonNode schema = schemas.get(type);
    if (!schema.has("description")) found.add(type);
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      String text = field.getValue().path("description").asString("");
      if (text.isEmpty()) found.add(type + "." + field.getKey());
      if (text.matches(".*(Not supported|Not used|Windows only).*")) continue;
      for (String below : field.getValue().findValuesAsString("$ref")) {
        silent(schemas, below.substring(below.lastIndexOf('/') + 1), seen, found);
      }
    }
  }

  private static JsonNode patchOf(ResourceKind kind) {
    String suffix = "/" + kind.plural() + "/{name}";
    return document(kind).path("paths").properties().stream()
        .filter(each -> each.getKey().endsWith(suffix))
        .map(each -> each.getValue().path("patch"))
        .findFirst()
        .orElseThrow();
  }

  private static ObjectNode document(ResourceKind kind) {
    String path = kind.group().isEmpty() ? "api/v1" : "apis/" + kind.apiVersion();
    return Json.object(DOCUMENTS.v3().get(path));
  }
}
