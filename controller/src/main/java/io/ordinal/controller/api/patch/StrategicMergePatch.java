package io.ordinal.controller.api.patch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Kubernetes' own merge: as a JSON merge patch, but lists with a merge key merge by element, and
 * directives ({@code $patch}, {@code $setElementOrder/…}, {@code $deleteFromPrimitiveList/…},
 * {@code $retainKeys}) say what plain JSON cannot. The result holds no directive.
 */
public final class StrategicMergePatch {
  static final String PATCH = "$patch";
  private static final String RETAIN_KEYS = "$retainKeys";
  static final String SET_ORDER = "$setElementOrder/";
  private static final String DELETE_VALUES = "$deleteFromPrimitiveList/";

  private StrategicMergePatch() {}

  /**
   * @param live the object as it is stored
   * @param schema tells which lists merge, and by which key
   */
  public static Patched apply(ObjectNode live, ObjectNode patch, PatchSchema schema) {
    try {
      ObjectNode merged = merge(live.deepCopy(), patch, schema);
      return new Patched.Done(merged == null ? JsonNodeFactory.instance.objectNode() : merged);
    } catch (PatchRefusal refusal) {
      return refusal.refused();
    }
  }

  /** Merges into {@code target}, which is changed; null when the patch deletes the map. */
  static ObjectNode merge(ObjectNode target, ObjectNode patch, PatchSchema schema) {
    if (patch.has(PATCH)) {
      String directive = patch.get(PATCH).asString("");
      switch (directive) {
        case "replace":
          return withoutDirectives(patch);
        case "delete":
          return null;
        case "merge":
          break;
        default:
          throw PatchRefusal.malformed("Unknown patch type: " + directive + " in map: " + patch);
      }
    }
    retainKeys(target, patch);
    mergeFields(target, patch, schema);
    return target;
  }

  private static void mergeFields(ObjectNode target, ObjectNode patch, PatchSchema schema) {
    List<ListOrder> orders = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : patch.properties()) {
      String name = each.getKey();
      if (name.startsWith(DELETE_VALUES)) {
        deleteValues(target, name.substring(DELETE_VALUES.length()), each.getValue());
      } else if (name.startsWith(SET_ORDER)) {
        String field = name.substring(SET_ORDER.length());
        String key = schema.field(field).rule().key();
        orders.add(ListOrder.of(field, key, each.getValue(), target.get(field)));
      }
    }
    for (Map.Entry<String, JsonNode> each : patch.properties()) {
      if (!isDirective(each.getKey())) {
        mergeField(target, each.getKey(), each.getValue(), schema.field(each.getKey()));
      }
    }
    for (ListOrder order : orders) order.arrange(target, patch.get(order.field()));
  }

  /** A copy without directives and without nulls, which mean nothing where nothing was. */
  static ObjectNode withoutDirectives(ObjectNode patch) {
    ObjectNode clean = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> each : patch.properties()) {
      JsonNode value = each.getValue();
      if (isDirective(each.getKey()) || value.isNull()) continue;
      JsonNode kept = clean(value);
      if (kept != null) clean.set(each.getKey(), kept);
    }
    return clean;
  }

  /** Null when a directive says that the value is deleted. */
  private static JsonNode clean(JsonNode value) {
    if (value instanceof ObjectNode map) {
      return map.path(PATCH).asString("").equals("delete") ? null : withoutDirectives(map);
    }
    if (!(value instanceof ArrayNode list)) return value;
    ArrayNode kept = JsonNodeFactory.instance.arrayNode();
    for (JsonNode element : list) {
      boolean onlyDirective =
          element.isObject() && element.size() == 1 && element.has(PATCH); // $patch: replace
      JsonNode clean = onlyDirective ? null : clean(element);
      if (clean != null) kept.add(clean);
    }
    return kept;
  }

  private static void mergeField(
      ObjectNode target, String name, JsonNode value, PatchSchema schema) {
    if (value.isNull()) {
      target.remove(name);
      return;
    }
    JsonNode old = target.get(name);
    JsonNode merged;
    if (old instanceof ObjectNode map && value instanceof ObjectNode changes) {
      merged = merge(map, changes, schema);
    } else if (schema.rule().merge()
        && old instanceof ArrayNode list
        && value instanceof ArrayNode changes) {
      merged = MergingList.merge(list, changes, schema);
    } else {
      merged = clean(value.deepCopy());
    }
    if (merged == null) {
      target.remove(name);
    } else {
      target.set(name, merged);
    }
  }

  private static void retainKeys(ObjectNode target, ObjectNode patch) {
    if (!patch.has(RETAIN_KEYS)) return;
    if (!(patch.get(RETAIN_KEYS) instanceof ArrayNode names)) {
      throw PatchRefusal.malformed("The patch format of retainKeys is wrong: " + patch);
    }
    Set<String> retained = new HashSet<>();
    names.forEach(name -> retained.add(name.asString("")));
    for (Map.Entry<String, JsonNode> each : patch.properties()) {
      boolean sets = !isDirective(each.getKey()) && !each.getValue().isNull();
      if (sets && !retained.contains(each.getKey())) {
        throw PatchRefusal.malformed(
            "The patch sets " + each.getKey() + " which is not in its $retainKeys list " + names);
      }
    }
    target.retain(retained);
  }

  private static void deleteValues(ObjectNode target, String name, JsonNode values) {
    if (!(values instanceof ArrayNode unwanted)) {
      throw PatchRefusal.malformed(
          "expected a list in " + DELETE_VALUES + name + ", found " + values);
    }
    if (target.get(name) instanceof ArrayNode list) {
      Places gone = Places.of(unwanted, "");
      list.removeIf(gone::has);
    }
  }

  private static boolean isDirective(String name) {
    return name.equals(PATCH)
        || name.equals(RETAIN_KEYS)
        || name.startsWith(SET_ORDER)
        || name.startsWith(DELETE_VALUES);
  }
}
