package io.ordinal.controller.api.kind;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Times as Kubernetes prints them. */
final class Times {
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private Times() {}

  /** Exactly six digits of fraction and UTC: Go's clients read no other. */
  static String micros(Instant moment) {
    return MICROS.format(moment);
  }

  /** Rewrites a field that holds a time; what is no time is left to the checks. */
  static void toMicros(ObjectNode map, String name) {
    JsonNode value = map.path(name);
    if (!value.isString()) return;
    try {
      map.put(name, micros(Instant.parse(value.asString())));
    } catch (DateTimeException notATime) {
      return; // The field check tells it.
    }
  }
}
