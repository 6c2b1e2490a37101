package io.ordinal.controller.api.patch;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** RFC 6901, with the changes that a JSON patch makes at the place it names. */
record JsonPointer(List<String> tokens) {
  static JsonPointer parse(String text) {
    if (text.isEmpty()) return new JsonPointer(List.of());
    if (!text.startsWith("/")) {
      throw PatchRefusal.unprocessable("path must start with /: " + text);
    }
    List<String> tokens = new ArrayList<>();
    for (String token : text.substring(1).split("/", -1)) {
      tokens.add(token.replace("~1", "/").replace("~0", "~"));
    }
    return new JsonPointer(List.copyOf(tokens));
  }

  /** What is there, or a missing node. */
  JsonNode find(JsonNode tree) {
    JsonNode at = tree;
    for (String token : tokens) at = child(at, token);
    return at;
  }

  /** What is there; refused when there is nothing. */
  JsonNode get(JsonNode tree) {
    JsonNode found = find(tree);
    if (found.isMissingNode()) throw missing();
    return found;
  }

  boolean isBelow(JsonPointer other) {
    return tokens.size() > other.tokens.size()
        && tokens.subList(0, other.tokens.size()).equals(other.tokens);
  }

  JsonNode add(JsonNode tree, JsonNode value, Growth growth) {
    if (tokens.isEmpty()) return value;
    JsonNode parent = parent(tree);
    if (parent instanceof ObjectNode map) {
      map.set(last(), value);
    } else if (parent instanceof ArrayNode list) {
      int index = last().equals("-") ? list.size() : index(list.size());
      growth.shifts(list.size() - index);
      list.insert(index, value);
    } else {
      throw missing();
    }
    return tree;
  }

  JsonNode remove(JsonNode tree, Growth growth) {
    get(tree);
    if (tokens.isEmpty()) return MissingNode.getInstance();
    JsonNode parent = parent(tree);
    if (parent instanceof ObjectNode map) map.remove(last());
    if (parent instanceof ArrayNode list) {
      int index = index(list.size() - 1);
      growth.shifts(list.size() - index);
      list.remove(index);
    }
    return tree;
  }

  JsonNode replace(JsonNode tree, JsonNode value) {
    get(tree);
    if (tokens.isEmpty()) return value;
    JsonNode parent = parent(tree);
    if (parent instanceof ObjectNode map) map.set(last(), value);
    if (parent instanceof ArrayNode list) list.set(index(list.size() - 1), value);
    return tree;
  }

  private JsonNode parent(JsonNode tree) {
    return new JsonPointer(tokens.subList(0, tokens.size() - 1)).get(tree);
  }

  private String last() {
    return tokens.get(tokens.size() - 1);
  }

  private int index(int most) {
    int index = number(last());
    if (index < 0 || index > most) throw missing();
    return index;
  }

  private static JsonNode child(JsonNode at, String token) {
    if (at instanceof ObjectNode map) return map.path(token);
    if (at instanceof ArrayNode list) {
      int index = number(token);
      return index < 0 ? MissingNode.getInstance() : list.path(index);
    }
    return MissingNode.getInstance();
  }

  /** -1 when the token is no index. */
  private static int number(String token) {
    return token.matches("0|[1-9][0-9]{0,8}") ? Integer.parseInt(token) : -1;
  }

  private PatchRefusal missing() {
    return PatchRefusal.unprocessable("there is nothing at " + this);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (String token : tokens) {
      text.append('/').append(token.replace("~", "~0").replace("/", "~1"));
    }
    return text.toString();
  }
}
