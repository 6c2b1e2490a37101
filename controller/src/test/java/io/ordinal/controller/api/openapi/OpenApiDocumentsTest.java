package io.ordinal.controller.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.document.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class OpenApiDocumentsTest {
  private static final KindRegistry KINDS = KindRegistry.standard();
  private static final Map<String, byte[]> DOCUMENTS = OpenApiDocuments.of(KINDS);

  @Test
  void every_group_and_version_has_a_document() {
    assertThat(DOCUMENTS)
        .containsKeys("api/v1", "apis/apps/v1", "apis/storage.k8s.io/v1", "apis/ordinal.io/v1");
  }

  @Test
  void every_kind_says_that_the_server_checks_its_fields() {
    for (ResourceKind kind : KINDS.all()) {
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
      assertThat(patch.has("requestBody")).as(kind.kind()).isFalse();
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
  void every_reference_leads_to_a_schema() {
    for (byte[] bytes : DOCUMENTS.values()) {
      ObjectNode document = Json.object(bytes);
      JsonNode schemas = document.at("/components/schemas");
      assertThat(document.findValuesAsString("$ref"))
          .isNotEmpty()
          .allMatch(each -> schemas.has(each.substring("#/components/schemas/".length())));
    }
  }

  @Test
  void fields_are_told_as_explain_needs_them() {
    JsonNode schemas = Json.object(DOCUMENTS.get("apis/apps/v1")).at("/components/schemas");
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
    for (byte[] bytes : DOCUMENTS.values()) {
      schemas.append(Json.object(bytes).at("/components/schemas"));
    }
    Descriptions descriptions = Descriptions.load();
    for (String name : descriptions.names()) {
      assertThat(schemas).as(name).contains(descriptions.of(name));
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
    return Json.object(DOCUMENTS.get(path));
  }
}
