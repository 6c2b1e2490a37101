package io.ordinal.controller.api.openapi;

import io.ordinal.controller.document.Json;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Says in OpenAPI 2 what a document of OpenAPI 3 says, as far as this package writes it. */
final class Swagger {
  private static final String V3_SCHEMAS = "#/components/schemas/";
  private static final String V2_SCHEMAS = "#/definitions/";

  /** Words of a schema that are the same in both. */
  private static final Set<String> SHARED =
      Set.of("type", "format", "description", "required", "uniqueItems");

  private Swagger() {}

  static ObjectNode of(ObjectNode v3) {
    ObjectNode swagger = Json.object();
    swagger.put("swagger", "2.0");
    swagger.set("info", v3.path("info"));
    ObjectNode paths = swagger.putObject("paths");
    v3.path("paths").properties().forEach(each -> paths.set(each.getKey(), item(each.getValue())));
    ObjectNode definitions = swagger.putObject("definitions");
    v3.at("/components/schemas")
        .properties()
        .forEach(each -> definitions.set(each.getKey(), schema(each.getValue())));
    return swagger;
  }

  private static ObjectNode item(JsonNode v3) {
    ObjectNode item = Json.object();
    for (Map.Entry<String, JsonNode> each : v3.properties()) {
      boolean shared = each.getKey().equals("parameters");
      item.set(each.getKey(), shared ? parameters(each.getValue()) : operation(each.getValue()));
    }
    return item;
  }

  private static ObjectNode operation(JsonNode v3) {
    ObjectNode operation = Json.object();
    operation.setAll((ObjectNode) v3.deepCopy());
    operation.remove("requestBody"); // Older programs merge by the types compiled into them.
    operation.set("parameters", parameters(v3.path("parameters")));
    ObjectNode responses = operation.putObject("responses");
    v3.path("responses")
        .properties()
        .forEach(each -> responses.set(each.getKey(), response(each.getValue())));
    return operation;
  }

  private static ObjectNode response(JsonNode v3) {
    ObjectNode response = Json.object();
    response.set("description", v3.path("description"));
    JsonNode schema = v3.path("content").path("application/json").path("schema");
    if (schema.isObject()) response.set("schema", schema(schema));
    return response;
  }

  private static ArrayNode parameters(JsonNode v3) {
    ArrayNode parameters = Json.mapper().createArrayNode();
    for (JsonNode each : v3) {
      ObjectNode parameter = Json.object();
      parameter.setAll((ObjectNode) each.deepCopy());
      parameter.remove("schema");
      parameter.setAll((ObjectNode) each.path("schema").deepCopy());
      parameters.add(parameter);
    }
    return parameters;
  }

  /** There are no alternatives in OpenAPI 2: what may be a number or a text is called a text. */
  private static ObjectNode schema(JsonNode v3) {
    ObjectNode schema = Json.object();
    for (Map.Entry<String, JsonNode> each : v3.properties()) {
      String word = each.getKey();
      JsonNode value = each.getValue();
      if (SHARED.contains(word) || word.startsWith("x-")) schema.set(word, value);
      switch (word) {
        case "$ref" -> refer(schema, value);
        case "allOf" -> refer(schema, value.path(0).path("$ref"));
        case "oneOf" -> schema.put("type", "string");
        case "items", "additionalProperties" -> schema.set(word, schema(value));
        case "properties" -> schema.set(word, properties(value));
        default -> {} // Shared, or said nowhere in OpenAPI 2 by Kubernetes, such as defaults.
      }
    }
    return schema;
  }

  private static ObjectNode properties(JsonNode v3) {
    ObjectNode properties = Json.object();
    v3.properties().forEach(each -> properties.set(each.getKey(), schema(each.getValue())));
    return properties;
  }

  private static void refer(ObjectNode schema, JsonNode reference) {
    schema.put("$ref", reference.asString().replace(V3_SCHEMAS, V2_SCHEMAS));
  }
}
