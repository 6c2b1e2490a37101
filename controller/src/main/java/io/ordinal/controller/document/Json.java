package io.ordinal.controller.document;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and prints JSON trees. */
public final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final JsonMapper SORTING =
      JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

  private Json() {}

  /**
   * @throws JacksonException when the bytes are not JSON
   * @throws IllegalArgumentException when they are JSON but not an object
   */
  public static ObjectNode object(byte[] json) {
    JsonNode tree = MAPPER.readTree(json);
    if (tree instanceof ObjectNode object) return object;
    throw new IllegalArgumentException("expected a JSON object, found " + tree.getNodeType());
  }

  public static JsonNode tree(byte[] json) {
    return MAPPER.readTree(json);
  }

  public static byte[] bytes(JsonNode tree) {
    return MAPPER.writeValueAsBytes(tree);
  }

  /** With fields by name at every depth, as Go prints maps. */
  public static byte[] sortedBytes(JsonNode tree) {
    return SORTING.writeValueAsBytes(tree);
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static JsonMapper mapper() {
    return MAPPER;
  }
}
