package io.ordinal.controller.set;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.protocol.id.SetKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the claims of an ordinal from the set's claim templates. Pure. */
final class ClaimComposer {
  private static final String PROTECTION = "kubernetes.io/pvc-protection";

  private ClaimComposer() {}

  /**
   * Complete claims without uid, creationTimestamp and status, one for each template.
   *
   * @param defaultClass for templates that name no storage class; a template that names the empty
   *     one means none
   */
  static List<ObjectNode> compose(ApiObject set, int ordinal, Optional<String> defaultClass) {
    List<ObjectNode> claims = new ArrayList<>();
    for (JsonNode template : set.spec().path("volumeClaimTemplates")) {
      claims.add(claim(set, template, ordinal, defaultClass));
    }
    return claims;
  }

  /** The names of the claim templates. */
  static List<String> templates(ApiObject set) {
    List<String> names = new ArrayList<>();
    for (JsonNode template : set.spec().path("volumeClaimTemplates")) {
      names.add(template.path("metadata").path("name").asString(""));
    }
    return names;
  }

  private static ObjectNode claim(
      ApiObject set, JsonNode template, int ordinal, Optional<String> defaultClass) {
    SetKey key = SetNames.set(set);
    ObjectNode claim = Json.object().put("kind", "PersistentVolumeClaim").put("apiVersion", "v1");
    ObjectNode metadata = claim.putObject("metadata");
    JsonNode given = template.path("metadata");
    metadata.put("name", SetNames.claim(given.path("name").asString(""), key, ordinal));
    metadata.put("namespace", key.namespace());
    ObjectNode labels = Json.object();
    given.path("labels").properties().forEach(each -> labels.set(each.getKey(), each.getValue()));
    set.spec()
        .path("selector")
        .path("matchLabels")
        .properties()
        .forEach(each -> labels.set(each.getKey(), each.getValue()));
    if (!labels.isEmpty()) metadata.set("labels", labels);
    if (!given.path("annotations").isEmpty()) {
      metadata.set("annotations", given.path("annotations").deepCopy());
    }
    metadata.putArray("finalizers").add(PROTECTION);
    if (SetReader.retention(set).deleteWhenDeleted()) Owners.add(claim, Owners.controlledBy(set));

    ObjectNode spec = claim.putObject("spec");
    template
        .path("spec")
        .properties()
        .forEach(each -> spec.set(each.getKey(), each.getValue().deepCopy()));
    if (!spec.has("volumeMode")) spec.put("volumeMode", "Filesystem");
    if (!spec.has("storageClassName")) {
      defaultClass.ifPresent(name -> spec.put("storageClassName", name));
    }
    return claim;
  }
}
