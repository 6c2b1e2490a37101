package io.ordinal.controller.set;

import io.ordinal.controller.document.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A template as a ControllerRevision holds it: a strategic merge patch that replaces the template
 * as a whole, which is what {@code kubectl rollout undo} sends back.
 */
final class TemplateData {
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
  private static final int FNV_OFFSET = 0x811c9dc5;
  private static final int FNV_PRIME = 0x01000193;
  private static final String PATCH = "$patch";

  private TemplateData() {}

  static ObjectNode of(JsonNode template) {
    ObjectNode data = Json.object();
    ObjectNode marked = (ObjectNode) template.deepCopy();
    marked.put(PATCH, "replace");
    data.putObject("spec").set("template", canonical(marked));
    return data;
  }

  /** The template in a revision's data. */
  static ObjectNode template(JsonNode data) {
    ObjectNode template = Json.object();
    for (var field : data.path("spec").path("template").properties()) {
      if (!field.getKey().equals(PATCH)) template.set(field.getKey(), field.getValue());
    }
    return template;
  }

  /** The same value with sorted keys and without nulls, so that equal templates print equally. */
  static JsonNode canonical(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode sorted = object.objectNode();
      List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
      fields.sort(Comparator.comparing(Map.Entry::getKey));
      for (var field : fields) {
        if (!field.getValue().isNull()) sorted.set(field.getKey(), canonical(field.getValue()));
      }
      return sorted;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = array.arrayNode();
      array.forEach(each -> copy.add(canonical(each)));
      return copy;
    }
    return node;
  }

  /** The hash in a revision's name: FNV-1 over the data as Go prints it, made safe for names. */
  static String hash(JsonNode data, OptionalInt collisionCount) {
    int sum = fnv1(FNV_OFFSET, asGoPrints(data));
    if (collisionCount.isPresent()) {
      byte[] count = Integer.toString(collisionCount.getAsInt()).getBytes(StandardCharsets.UTF_8);
      sum = fnv1(sum, count);
    }
    return safe(Integer.toUnsignedString(sum));
  }

  static int fnv1(int start, byte[] bytes) {
    int sum = start;
    for (byte each : bytes) {
      sum *= FNV_PRIME;
      sum ^= each & 0xff;
    }
    return sum;
  }

  static int fnv1(byte[] bytes) {
    return fnv1(FNV_OFFSET, bytes);
  }

  /** Leaves out vowels and look-alikes, so that no hash spells a word. */
  static String safe(String text) {
    StringBuilder safe = new StringBuilder();
    for (char each : text.toCharArray()) safe.append(ALPHABET.charAt(each % ALPHABET.length()));
    return safe.toString();
  }

  private static byte[] asGoPrints(JsonNode data) {
    String text = new String(Json.bytes(data), StandardCharsets.UTF_8);
    return text.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
        .getBytes(StandardCharsets.UTF_8);
  }
}
