package io.ordinal.cli.client;

import io.ordinal.controller.document.Json;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON merge patch (RFC 7386) of a client-side apply: what the manifest says and the live
 * object does not, and removals of what the last applied manifest said and this one does not. Lists
 * are taken from the manifest whole, unless the server merely added defaults to them.
 */
final class ThreeWayMerge {
  private ThreeWayMerge() {}

  static ObjectNode patch(JsonNode lastApplied, JsonNode manifest, JsonNode live) {
    ObjectNode patch = Json.object();
    for (Map.Entry<String, JsonNode> field : manifest.properties()) {
      JsonNode wanted = field.getValue();
      JsonNode present = live.path(field.getKey());
      if (wanted.isObject() && present.isObject()) {
        ObjectNode inner = patch(lastApplied.path(field.getKey()), wanted, present);
        if (!inner.isEmpty()) patch.set(field.getKey(), inner);
      } else if (!covers(present, wanted)) {
        patch.set(field.getKey(), wanted);
      }
    }
    for (Map.Entry<String, JsonNode> field : lastApplied.properties()) {
      if (!manifest.has(field.getKey()) && live.has(field.getKey())) patch.putNull(field.getKey());
    }
    return patch;
  }

  /** Whether the live value says everything that the wanted one says. */
  private static boolean covers(JsonNode live, JsonNode wanted) {
    if (wanted.isObject() && live.isObject()) {
      return wanted.properties().stream()
          .allMatch(each -> covers(live.path(each.getKey()), each.getValue()));
    }
    if (wanted.isArray() && live.isArray()) {
      if (wanted.size() != live.size()) return false;
      for (int i = 0; i < wanted.size(); i++) if (!covers(live.get(i), wanted.get(i))) return false;
      return true;
    }
    return wanted.equals(live) || (wanted.isNull() && live.isMissingNode());
  }
}
