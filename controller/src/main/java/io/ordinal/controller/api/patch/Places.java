package io.ordinal.controller.api.patch;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Where in a list the elements of an identity stand first, found without looking at all of them.
 * Not thread safe.
 */
final class Places {
  private final Map<JsonEquality.Key, Integer> first = new HashMap<>();
  private int size;

  /** Of a list's elements by what tells them apart, which is themselves when there is no key. */
  static Places of(ArrayNode list, String key) {
    Places places = new Places();
    list.forEach(each -> places.add(ElementOrder.identity(each, key)));
    return places;
  }

  /** One more, behind all others. */
  void add(JsonNode identity) {
    first.putIfAbsent(JsonEquality.key(identity), size++);
  }

  boolean has(JsonNode identity) {
    return of(identity) >= 0;
  }

  /** -1 when it is not there. */
  int of(JsonNode identity) {
    return first.getOrDefault(JsonEquality.key(identity), -1);
  }
}
