package io.ordinal.cli.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class OutputFormatTest {
  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0b1",
        "0x1f",
        "0o17",
        "017",
        "1_000",
        "12:34:56",
        "190:20:30.5",
        "1",
        "-1",
        "+1.5",
        ".5",
        "1e3",
        "1.",
        "6.02E+23",
        "-.inf",
        ".NaN",
        "2026-01-01",
        "2026-11-22T07:00:00Z",
        "=",
        "<<",
        "true",
        "yes",
        "No",
        "null",
        "~",
        ""
      })
  void text_that_readers_would_take_for_something_else_is_quoted(String text) {
    ObjectNode object = JSON.createObjectNode();
    object.put("k", text);
    if (!text.isEmpty()) object.put(text, "v");
    String yaml = OutputFormat.YAML.print(object);
    assertThat(yaml).contains("k: \"" + text + "\"\n");
    if (!text.isEmpty()) assertThat(yaml).contains("\"" + text + "\": ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"web-0", "10.20.0.7", "5Gi", "0.5m", "v1", "apps/v1", "1-2", "a b", "e3"})
  void text_that_nobody_mistakes_is_not(String text) {
    assertThat(OutputFormat.YAML.print(JSON.createObjectNode().put("k", text)))
        .isEqualTo("k: " + text + "\n");
  }
}
