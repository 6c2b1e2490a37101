package io.ordinal.controller.api.access;

import io.ordinal.controller.api.auth.Identity;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.model.Verdict.Cause;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what reviews ask, and writes users as they show them. Pure. */
final class Questions {
  private static final String RESOURCE = "resourceAttributes";
  private static final String PATH = "nonResourceAttributes";

  private Questions() {}

  /**
   * @param kind of the review, for what is wrong with it
   */
  static Action action(String kind, JsonNode spec) {
    JsonNode resource = spec.path(RESOURCE);
    JsonNode path = spec.path(PATH);
    if (resource.isObject() == path.isObject()) {
      String why = "exactly one of nonResourceAttributes or resourceAttributes must be specified";
      throw refused(kind, "spec." + RESOURCE, "FieldValueInvalid", "Invalid value: {}: " + why);
    }
    if (path.isObject()) return new Action.OnPath(text(path, "verb"), text(path, "path"));
    return new Action.OnResource(
        text(resource, "verb"),
        text(resource, "group"),
        text(resource, "resource"),
        text(resource, "subresource"),
        text(resource, "namespace"),
        text(resource, "name"));
  }

  /** The user that a review is about. */
  static Identity subject(String kind, JsonNode spec) {
    String user = text(spec, "user");
    Set<String> groups = new LinkedHashSet<>();
    spec.path("groups").forEach(each -> groups.add(each.asString("")));
    if (user.isEmpty() && groups.isEmpty()) {
      String why = "Invalid value: \"\": at least one of user or group must be specified";
      throw refused(kind, "spec.user", "FieldValueInvalid", why);
    }
    Map<String, List<String>> extra = new LinkedHashMap<>();
    spec.path("extra")
        .properties()
        .forEach(
            each -> {
              List<String> values = new ArrayList<>();
              each.getValue().forEach(value -> values.add(value.asString("")));
              extra.put(each.getKey(), values);
            });
    return new Identity(user, text(spec, "uid"), groups, extra);
  }

  /** As {@code authentication.k8s.io/v1 UserInfo}. */
  static void write(ObjectNode info, Identity identity) {
    info.put("username", identity.user());
    if (!identity.uid().isEmpty()) info.put("uid", identity.uid());
    var groups = info.putArray("groups");
    identity.groups().stream().sorted().forEach(groups::add);
    if (identity.extra().isEmpty()) return;
    ObjectNode extra = info.putObject("extra");
    identity.extra().forEach((key, values) -> values.forEach(extra.putArray(key)::add));
  }

  static RuntimeException refused(String kind, String field, String reason, String message) {
    return Refusal.invalid(
        "authorization.k8s.io", kind, "", List.of(new Cause(reason, message, field)));
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }
}
