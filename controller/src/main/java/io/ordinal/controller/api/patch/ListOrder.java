package io.ordinal.controller.api.patch;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@code $setElementOrder} directive.
 *
 * @param key the merge key of the list; empty for plain values
 * @param wanted identities in the order that the patch wants
 * @param live identities in the order before the patch
 */
record ListOrder(String field, String key, Places wanted, Places live) {
  static ListOrder of(String field, String key, JsonNode directive, JsonNode live) {
    if (!(directive instanceof ArrayNode wanted)) {
      throw PatchRefusal.malformed(
          "expected a list in " + StrategicMergePatch.SET_ORDER + field + ", found " + directive);
    }
    Places before = live instanceof ArrayNode list ? Places.of(list, key) : new Places();
    return new ListOrder(field, key, Places.of(wanted, key), before);
  }

  /**
   * Orders the merged list of the target.
   *
   * @param changes the patch's list for the same field, or null
   */
  void arrange(ObjectNode target, JsonNode changes) {
    if (changes instanceof ArrayNode elements) checkConsistent(elements);
    if (target.get(field) instanceof ArrayNode list) {
      target.set(field, ElementOrder.arrange(list, wanted, live, key));
    }
  }

  /** Every element that the patch sets must be in the order that it sets, too. */
  private void checkConsistent(ArrayNode elements) {
    for (JsonNode element : elements) {
      if (element.path(StrategicMergePatch.PATCH).isString()) continue;
      JsonNode identity = ElementOrder.identity(element, key);
      if (!wanted.has(identity)) {
        throw PatchRefusal.malformed(
            "The order in patch list doesn't match "
                + StrategicMergePatch.SET_ORDER
                + field
                + " list: "
                + identity
                + " is missing there");
      }
    }
  }
}
