package io.ordinal.cli.client;

import io.ordinal.controller.document.Json;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and rewrites {@code managedFields} as kubectl does. Pure. */
final class FieldOwners {
  private static final String APPLY = "Apply";
  private static final String UPDATE = "Update";

  private FieldOwners() {}

  /** Those who applied on the client: who updates the annotation with what was applied last. */
  static Set<String> onClient(JsonNode entries) {
    Set<String> found = new LinkedHashSet<>();
    for (JsonNode each : entries) {
      boolean wrote =
          each.path("fieldsV1")
              .path("f:metadata")
              .path("f:annotations")
              .has("f:" + LastAppliedText.ANNOTATION);
      if (wrote && is(each, UPDATE)) found.add(each.path("manager").asString(""));
    }
    return found;
  }

  /** The entries after all fields of these became those of one who applies on the server. */
  static ArrayNode handedOver(JsonNode entries, Set<String> from, String to) {
    ArrayNode result = Json.object().arrayNode();
    entries.forEach(each -> result.add(each.deepCopy()));
    for (String each : from) handOver(result, each, to);
    return result;
  }

  private static void handOver(ArrayNode entries, String from, String to) {
    Predicate<JsonNode> giver = each -> is(each, UPDATE) && of(each, from);
    int heir = first(entries, each -> is(each, APPLY) && of(each, to));
    if (heir < 0) {
      heir = first(entries, giver);
      if (heir < 0) return;
      ObjectNode first = (ObjectNode) entries.get(heir);
      first.put("manager", to);
      first.put("operation", APPLY);
    }
    ObjectNode owner = (ObjectNode) entries.get(heir);
    String version = owner.path("apiVersion").asString("");
    for (int i = entries.size() - 1; i >= 0; i--) {
      JsonNode each = entries.get(i);
      if (!giver.test(each)) continue;
      if (each.path("apiVersion").asString("").equals(version)) {
        owner.set("fieldsV1", union(owner.path("fieldsV1"), each.path("fieldsV1")));
      }
      entries.remove(i);
    }
  }

  private static int first(ArrayNode entries, Predicate<JsonNode> wanted) {
    for (int i = 0; i < entries.size(); i++) if (wanted.test(entries.get(i))) return i;
    return -1;
  }

  private static boolean is(JsonNode entry, String operation) {
    return entry.path("operation").asString("").equals(operation)
        && entry.path("subresource").asString("").isEmpty();
  }

  private static boolean of(JsonNode entry, String manager) {
    return entry.path("manager").asString("").equals(manager);
  }

  private static ObjectNode union(JsonNode some, JsonNode others) {
    ObjectNode all = Json.object();
    for (Map.Entry<String, JsonNode> each : some.properties()) {
      all.set(each.getKey(), each.getValue().deepCopy());
    }
    for (Map.Entry<String, JsonNode> each : others.properties()) {
      all.set(each.getKey(), union(all.path(each.getKey()), each.getValue()));
    }
    return all;
  }
}
