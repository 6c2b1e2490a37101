package io.ordinal.controller.api.patch;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** RFC 6902: a list of operations, applied in order, all or none. */
public final class JsonPatch {
  /** More operations than this in one patch are refused, as Kubernetes does. */
  private static final int MOST_OPERATIONS = 10_000;

  private JsonPatch() {}

  public static Patched apply(ObjectNode live, JsonNode patch) {
    if (!(patch instanceof ArrayNode operations)) {
      String found = patch.isObject() ? "object" : patch.getNodeType().name().toLowerCase();
      return new Patched.Refused(
          Patched.Fault.MALFORMED,
          "json: cannot unmarshal " + found + " into Go value of type jsonpatch.Patch",
          "");
    }
    if (operations.size() > MOST_OPERATIONS) {
      return PatchRefusal.tooLarge(
              "The allowed maximum operations in a JSON patch is "
                  + MOST_OPERATIONS
                  + ", got "
                  + operations.size())
          .refused();
    }
    try {
      JsonNode tree = live.deepCopy();
      Growth growth = new Growth();
      for (JsonNode operation : operations) tree = perform(tree, operation, growth);
      Growth.requireShallow(tree);
      if (tree instanceof ObjectNode object) return new Patched.Done(object);
      return PatchRefusal.unprocessable("the result is not an object").refused();
    } catch (PatchRefusal refusal) {
      return refusal.refused();
    }
  }

  private static JsonNode perform(JsonNode tree, JsonNode operation, Growth growth) {
    JsonPointer path = pointer(operation, "path");
    return switch (operation.path("op").asString("")) {
      case "add" -> path.add(tree, value(operation), growth);
      case "remove" -> path.remove(tree, growth);
      case "replace" -> path.replace(tree, value(operation));
      case "test" -> test(tree, path, operation.path("value"));
      case "copy" -> copy(tree, pointer(operation, "from"), path, growth);
      case "move" -> move(tree, pointer(operation, "from"), path, growth);
      default -> throw PatchRefusal.unprocessable("unexpected operation " + operation.path("op"));
    };
  }

  private static JsonNode copy(JsonNode tree, JsonPointer from, JsonPointer path, Growth growth) {
    JsonNode value = from.get(tree);
    growth.copies(value);
    return path.add(tree, value.deepCopy(), growth);
  }

  private static JsonNode move(JsonNode tree, JsonPointer from, JsonPointer path, Growth growth) {
    if (path.isBelow(from)) {
      throw PatchRefusal.unprocessable("cannot move " + from + " into itself at " + path);
    }
    JsonNode moved = from.get(tree);
    return path.add(from.remove(tree, growth), moved, growth);
  }

  private static JsonNode test(JsonNode tree, JsonPointer path, JsonNode expected) {
    JsonNode found = path.find(tree);
    boolean absent = found.isMissingNode() || found.isNull();
    boolean none = expected.isMissingNode() || expected.isNull();
    if (absent ? none : JsonEquality.equal(found, expected)) return tree;
    throw PatchRefusal.unprocessable("testing path " + path + " failed");
  }

  private static JsonNode value(JsonNode operation) {
    if (!operation.has("value")) {
      throw PatchRefusal.unprocessable("operation without a value: " + operation);
    }
    return operation.get("value").deepCopy();
  }

  private static JsonPointer pointer(JsonNode operation, String field) {
    if (!operation.path(field).isString()) {
      throw PatchRefusal.unprocessable("operation without " + field + ": " + operation);
    }
    return JsonPointer.parse(operation.get(field).asString());
  }
}
