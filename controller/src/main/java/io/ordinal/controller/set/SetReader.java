package io.ordinal.controller.set;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.SetSpec;
import io.ordinal.controller.model.SetSpec.ClaimRetention;
import io.ordinal.controller.model.SetSpec.UpdateRule;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Reads what a StatefulSet asks for. */
final class SetReader {
  private SetReader() {}

  static SetSpec spec(ApiObject set) {
    JsonNode spec = set.spec();
    int replicas = spec.path("replicas").asInt(1);
    return new SetSpec(
        SetNames.set(set),
        set.uid(),
        set.generation(),
        set.deletionTimestamp().isPresent(),
        spec.path("ordinals").path("start").asInt(0),
        replicas,
        !spec.path("podManagementPolicy").asString("").equals("Parallel"),
        update(spec.path("updateStrategy"), replicas),
        Duration.ofSeconds(spec.path("minReadySeconds").asInt(0)),
        retention(set));
  }

  static ClaimRetention retention(ApiObject set) {
    JsonNode policy = set.spec().path("persistentVolumeClaimRetentionPolicy");
    return new ClaimRetention(
        policy.path("whenScaled").asString("").equals("Delete"),
        policy.path("whenDeleted").asString("").equals("Delete"));
  }

  /** Non-live revisions that are kept; negative for all. */
  static int historyLimit(ApiObject set) {
    return set.spec().path("revisionHistoryLimit").asInt(10);
  }

  private static UpdateRule update(JsonNode strategy, int replicas) {
    if (strategy.path("type").asString("").equals("OnDelete")) return new UpdateRule.OnDelete();
    JsonNode rolling = strategy.path("rollingUpdate");
    return new UpdateRule.Rolling(
        rolling.path("partition").asInt(0), atMost(rolling.path("maxUnavailable"), replicas));
  }

  /** A percentage rounds down, as the code of Kubernetes does and its text does not. */
  private static int atMost(JsonNode maxUnavailable, int replicas) {
    if (maxUnavailable.isNumber()) return Math.max(1, maxUnavailable.asInt(1));
    String text = maxUnavailable.asString("");
    if (!text.matches("[0-9]{1,3}%")) return 1;
    int percent = Integer.parseInt(text.substring(0, text.length() - 1));
    return Math.max(1, (int) ((long) replicas * percent / 100));
  }
}
