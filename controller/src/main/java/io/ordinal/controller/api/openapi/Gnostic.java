package io.ordinal.controller.api.openapi;

import tools.jackson.databind.JsonNode;

/**
 * Writes an OpenAPI 2 document as gnostic's {@code openapi.v2.Document}, the protobuf that kubectl
 * reads. The numbers are those of its fields; they are part of that format.
 */
final class Gnostic {
  private Gnostic() {}

  static byte[] bytes(JsonNode swagger) {
    ProtobufWriter info =
        new ProtobufWriter()
            .text(1, swagger.at("/info/title"))
            .text(2, swagger.at("/info/version"));
    ProtobufWriter paths = new ProtobufWriter();
    swagger
        .path("paths")
        .properties()
        .forEach(each -> paths.message(2, named(each.getKey(), item(each.getValue()))));
    return new ProtobufWriter()
        .text(1, swagger.path("swagger"))
        .message(2, info)
        .message(8, paths)
        .message(9, namedSchemas(swagger.path("definitions")))
        .bytes();
  }

  private static ProtobufWriter item(JsonNode item) {
    ProtobufWriter message = new ProtobufWriter();
    operation(message, 2, item.path("get"));
    operation(message, 3, item.path("put"));
    operation(message, 4, item.path("post"));
    operation(message, 5, item.path("delete"));
    operation(message, 8, item.path("patch"));
    item.path("parameters").forEach(each -> message.message(9, parameter(each)));
    return message;
  }

  private static void operation(ProtobufWriter item, int number, JsonNode operation) {
    if (operation.isMissingNode()) return;
    ProtobufWriter message = new ProtobufWriter().text(5, operation.path("operationId"));
    operation.path("parameters").forEach(each -> message.message(8, parameter(each)));
    ProtobufWriter responses = new ProtobufWriter();
    operation
        .path("responses")
        .properties()
        .forEach(each -> responses.message(1, named(each.getKey(), response(each.getValue()))));
    message.message(9, responses);
    extensions(message, 13, operation);
    item.message(number, message);
  }

  private static ProtobufWriter response(JsonNode response) {
    ProtobufWriter message = new ProtobufWriter().text(1, response.path("description"));
    JsonNode schema = response.path("schema");
    if (schema.isObject()) message.message(2, new ProtobufWriter().message(1, schema(schema)));
    return new ProtobufWriter().message(1, message);
  }

  private static ProtobufWriter parameter(JsonNode parameter) {
    boolean query = parameter.path("in").asString("").equals("query");
    ProtobufWriter message =
        new ProtobufWriter()
            .flag(1, parameter.path("required"))
            .text(2, parameter.path("in"))
            .text(4, parameter.path("name"))
            .text(query ? 6 : 5, parameter.path("type"))
            .flag(query ? 20 : 19, parameter.path("uniqueItems"));
    ProtobufWriter placed = new ProtobufWriter().message(query ? 3 : 4, message);
    return new ProtobufWriter().message(1, new ProtobufWriter().message(2, placed));
  }

  private static ProtobufWriter schema(JsonNode schema) {
    ProtobufWriter message =
        new ProtobufWriter()
            .text(1, schema.path("$ref"))
            .text(2, schema.path("format"))
            .text(4, schema.path("description"));
    schema.path("required").forEach(each -> message.text(19, each));
    JsonNode values = schema.path("additionalProperties");
    if (values.isObject()) message.message(21, new ProtobufWriter().message(1, schema(values)));
    JsonNode type = schema.path("type");
    if (type.isString()) message.message(22, new ProtobufWriter().text(1, type));
    JsonNode items = schema.path("items");
    if (items.isObject()) message.message(23, new ProtobufWriter().message(1, schema(items)));
    JsonNode properties = schema.path("properties");
    if (properties.isObject()) message.message(25, namedSchemas(properties));
    extensions(message, 31, schema);
    return message;
  }

  private static ProtobufWriter namedSchemas(JsonNode schemas) {
    ProtobufWriter message = new ProtobufWriter();
    schemas
        .properties()
        .forEach(each -> message.message(1, named(each.getKey(), schema(each.getValue()))));
    return message;
  }

  /** What begins with {@code x-}, each as YAML, of which JSON is a part. */
  private static void extensions(ProtobufWriter message, int number, JsonNode tree) {
    tree.properties()
        .forEach(
            each -> {
              if (!each.getKey().startsWith("x-")) return;
              ProtobufWriter any = new ProtobufWriter().text(2, each.getValue().toString());
              message.message(number, named(each.getKey(), any));
            });
  }

  private static ProtobufWriter named(String name, ProtobufWriter value) {
    return new ProtobufWriter().text(1, name).message(2, value);
  }
}
