package io.ordinal.controller.api.kind;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What ConfigMaps and Secrets have in common: keys, sizes, and that some never change. */
final class DataRules {
  static final int MOST_BYTES = 1024 * 1024;

  private DataRules() {}

  static void checkKeys(Faults faults, String field, JsonNode data) {
    for (String key : data.propertyNames()) {
      faults.invalid(field + "[" + key + "]", key, Syntax.configKey(key));
    }
  }

  /** Base64 of anything; values are not told, since they may be secret. */
  static long checkBinary(Faults faults, String field, JsonNode data) {
    long size = 0;
    for (Map.Entry<String, JsonNode> each : data.properties()) {
      try {
        size += Base64.getMimeDecoder().decode(strict(each.getValue().asString(""))).length;
      } catch (IllegalArgumentException notBase64) {
        faults.invalid(field + "[" + each.getKey() + "]", "<redacted>", "illegal base64 data");
      }
    }
    return size;
  }

  static long size(JsonNode texts) {
    long size = 0;
    for (JsonNode each : texts) {
      size += each.asString("").getBytes(StandardCharsets.UTF_8).length;
    }
    return size;
  }

  static void checkImmutable(Faults faults, JsonNode before, JsonNode after, String... fields) {
    if (!before.path("immutable").asBoolean(false)) return;
    String why = "field is immutable when `immutable` is set";
    if (!after.path("immutable").asBoolean(false)) faults.forbidden("immutable", why);
    for (String field : List.of(fields)) {
      if (!Tree.same(before.path(field), after.path(field))) faults.forbidden(field, why);
    }
  }

  /** Line breaks are well, as in Go; any other foreign character is not. */
  private static String strict(String text) {
    String bare = text.replace("\n", "").replace("\r", "");
    if (!bare.matches("[A-Za-z0-9+/]*={0,2}") || bare.length() % 4 != 0) {
      throw new IllegalArgumentException("not base64");
    }
    return bare;
  }
}
