package io.ordinal.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.Json;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FieldOwnersTest {
  private static final String NOTE =
      "'f:metadata':{'f:annotations':{'f:" + LastAppliedText.ANNOTATION + "':{}}}";
  private static final String CLIENT = "kubectl-client-side-apply";

  @Test
  void who_updates_the_annotation_applied_on_the_client() {
    JsonNode entries =
        entries(
            entry(CLIENT, "Update", "v1", NOTE + ",'f:data':{'f:a':{}}"),
            entry("kubectl-last-applied", "Apply", "v1", NOTE),
            entry("editor", "Update", "v1", "'f:data':{'f:b':{}}"));
    assertThat(FieldOwners.onClient(entries)).containsExactly(CLIENT);
  }

  @Test
  void the_heir_gets_all_fields_of_his_version_and_nobody_else_loses_any() {
    JsonNode entries =
        entries(
            entry("kubectl", "Apply", "v1", "'f:data':{'f:a':{}}"),
            entry(CLIENT, "Update", "v1", "'f:data':{'.':{},'f:b':{}}"),
            entry("editor", "Update", "v1", "'f:data':{'f:c':{}}"));
    assertThat(FieldOwners.handedOver(entries, Set.of(CLIENT), "kubectl"))
        .isEqualTo(
            entries(
                entry("kubectl", "Apply", "v1", "'f:data':{'f:a':{},'.':{},'f:b':{}}"),
                entry("editor", "Update", "v1", "'f:data':{'f:c':{}}")));
    assertThat(entries).as("what was given").hasSize(3);
  }

  @Test
  void without_an_heir_the_entry_becomes_his_and_of_another_version_goes() {
    JsonNode entries =
        entries(
            entry(CLIENT, "Update", "v1", "'f:data':{'f:b':{}}"),
            entry(CLIENT, "Update", "v1beta1", "'f:data':{'f:old':{}}"));
    assertThat(FieldOwners.handedOver(entries, Set.of(CLIENT), "kubectl"))
        .isEqualTo(entries(entry("kubectl", "Apply", "v1", "'f:data':{'f:b':{}}")));
  }

  private static String entry(String manager, String operation, String version, String fields) {
    return "{'manager':'%s','operation':'%s','apiVersion':'%s','fieldsV1':{%s}}"
        .formatted(manager, operation, version, fields);
  }

  private static JsonNode entries(String... entries) {
    String text = "[" + String.join(",", entries) + "]";
    return Json.tree(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
