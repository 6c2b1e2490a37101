package io.ordinal.cli.resource;

import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** How objects are shown. */
public enum OutputFormat {
  TABLE,
  WIDE,
  NAME,
  JSON,
  YAML;

  private static final JsonMapper JSON_TEXT =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final YAMLMapper YAML_TEXT =
      YAMLMapper.builder(YAMLFactory.builder().stringQuotingChecker(new YamlQuoting()).build())
          .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
          .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
          .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .disable(YAMLWriteFeature.SPLIT_LINES)
          .build();

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean isTable() {
    return this == TABLE || this == WIDE;
  }

  /** The whole object as text that ends with a line end, for JSON and YAML. */
  public String print(JsonNode object) {
    return this == YAML
        ? YAML_TEXT.writeValueAsString(object)
        : JSON_TEXT.writeValueAsString(object) + "\n";
  }
}
