package io.ordinal.controller.api.patch;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** RFC 7386: maps merge, null deletes, everything else replaces. */
public final class JsonMergePatch {
  private JsonMergePatch() {}

  public static Patched apply(ObjectNode live, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return new Patched.Refused(
          Patched.Fault.MALFORMED, "expected the patch to be a JSON object", "");
    }
    return new Patched.Done(merge(live.deepCopy(), changes));
  }

  private static ObjectNode merge(ObjectNode target, ObjectNode patch) {
    for (Map.Entry<String, JsonNode> each : patch.properties()) {
      JsonNode value = each.getValue();
      if (value.isNull()) {
        target.remove(each.getKey());
      } else if (value instanceof ObjectNode changes) {
        JsonNode old = target.get(each.getKey());
        ObjectNode base =
            old instanceof ObjectNode map ? map : JsonNodeFactory.instance.objectNode();
        target.set(each.getKey(), merge(base, changes));
      } else {
        target.set(each.getKey(), value.deepCopy());
      }
    }
    return target;
  }
}
