package io.ordinal.controller.api.write;

import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.model.Verdict.Cause;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The view of a scalable object that {@code kubectl scale} and autoscalers have. Pure. */
final class Scale {
  private static final List<String> METADATA =
      List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp");

  private Scale() {}

  static ObjectNode of(ApiObject object) {
    ObjectNode scale = Json.object();
    scale.put("kind", "Scale");
    scale.put("apiVersion", "autoscaling/v1");
    ObjectNode metadata = scale.putObject("metadata");
    for (String field : METADATA) Metadata.carryOver(metadata, object.metadata(), field);
    scale.putObject("spec").put("replicas", object.spec().path("replicas").asInt(0));
    ObjectNode status = scale.putObject("status");
    status.put("replicas", object.status().path("replicas").asInt(0));
    status.put("selector", selector(object.spec().path("selector")));
    return scale;
  }

  /** What the object's kind would have to say to mean what this scale says. */
  static ObjectNode configuration(ObjectNode scale, ResourceKind kind) {
    String type = scale.path("kind").asString("");
    String version = scale.path("apiVersion").asString("");
    if (!type.equals("Scale") || !version.equals("autoscaling/v1")) {
      throw Refusal.badRequest("invalid object type: " + version + ", Kind=" + type);
    }
    ObjectNode configuration = Json.object();
    configuration.put("apiVersion", kind.apiVersion());
    configuration.put("kind", kind.kind());
    configuration.set("metadata", scale.path("metadata").deepCopy());
    ObjectNode spec = configuration.putObject("spec");
    JsonNode replicas = scale.path("spec").path("replicas");
    if (!replicas.isMissingNode()) spec.set("replicas", replicas);
    return configuration;
  }

  /** The object as the scale wants it; the rest of the scale does not count. */
  static ObjectNode applied(ObjectNode scale, ApiObject object) {
    JsonNode replicas = scale.path("spec").path("replicas");
    if (!replicas.isMissingNode() && !replicas.isNull() && !replicas.isIntegralNumber()) {
      throw Refusal.badRequest(
          "Scale in version \"v1\" cannot be handled as a Scale: json: cannot unmarshal "
              + (replicas.isString() ? "string" : "number " + replicas)
              + " into Go struct field ScaleSpec.spec.replicas of type int32");
    }
    int wanted = replicas.asInt(0);
    if (wanted < 0) {
      Cause cause =
          new Cause(
              "FieldValueInvalid",
              "Invalid value: " + wanted + ": must be greater than or equal to 0",
              "spec.replicas");
      throw Refusal.invalid("autoscaling", "Scale", object.name(), List.of(cause));
    }
    ObjectNode next = object.copy();
    ObjectNode metadata = Metadata.of(next);
    JsonNode given = scale.path("metadata");
    for (String field : List.of("resourceVersion", "uid")) {
      if (given.path(field).isString()) metadata.set(field, given.path(field));
    }
    next.withObject("/spec").put("replicas", wanted);
    return next;
  }

  private static String selector(JsonNode selector) {
    StringJoiner text = new StringJoiner(",");
    Map<String, String> labels = new TreeMap<>();
    selector
        .path("matchLabels")
        .properties()
        .forEach(each -> labels.put(each.getKey(), each.getValue().asString("")));
    labels.forEach((key, value) -> text.add(key + "=" + value));
    for (JsonNode each : selector.path("matchExpressions")) {
      String key = each.path("key").asString("");
      StringJoiner values = new StringJoiner(",", " (", ")");
      each.path("values").forEach(value -> values.add(value.asString("")));
      switch (each.path("operator").asString("")) {
        case "In" -> text.add(key + " in" + values);
        case "NotIn" -> text.add(key + " notin" + values);
        case "Exists" -> text.add(key);
        case "DoesNotExist" -> text.add("!" + key);
        default -> {} // Validation lets no other through.
      }
    }
    return text.toString();
  }
}
