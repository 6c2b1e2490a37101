package io.ordinal.controller.api.read;

import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ResourceName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where the next page of a list begins. Opaque to clients, and needs no memory of them: any
 * controller can go on with it.
 *
 * @param revision that all pages show
 * @param namespace of the last object of the page before
 * @param name of that object
 * @param left how many objects come after it, where that was counted
 */
record PageToken(long revision, String namespace, String name, OptionalLong left) {
  private static final String VERSION = "meta.k8s.io/v1";

  String encode() {
    ObjectNode tree = Json.object();
    tree.put("v", VERSION);
    tree.put("rv", revision);
    tree.put("start", namespace + "/" + name);
    left.ifPresent(count -> tree.put("left", count));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(tree));
  }

  /**
   * @throws io.ordinal.controller.api.http.StatusException 400 when it is none of ours
   */
  static PageToken parse(String text) {
    ObjectNode tree;
    try {
      tree = Json.object(Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException | JacksonException broken) {
      throw invalid("it is not what this server gave out");
    }
    String start = tree.path("start").asString("");
    int slash = start.indexOf('/');
    boolean known = tree.path("v").asString("").equals(VERSION);
    if (!known || slash < 0 || slash == start.length() - 1) throw invalid("incorrect form");
    if (start.indexOf('\0') >= 0) throw invalid("incorrect form");
    long revision = tree.path("rv").isIntegralNumber() ? tree.path("rv").asLong(0) : 0;
    if (revision < 1) throw invalid("incorrect encoded start resourceVersion");
    JsonNode left = tree.path("left");
    return new PageToken(
        revision,
        start.substring(0, slash),
        start.substring(slash + 1),
        left.isIntegralNumber() && left.canConvertToLong()
            ? OptionalLong.of(left.asLong())
            : OptionalLong.empty());
  }

  ObjectKey place(ResourceName resource) {
    return new ObjectKey(resource, namespace, name);
  }

  private static RuntimeException invalid(String why) {
    return Refusal.badRequest("continue key is not valid: " + why);
  }
}
