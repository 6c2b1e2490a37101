package io.ordinal.controller.api.kind;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a set must be, and what of it may change. */
final class StatefulSetRules {
  private static final Set<String> MUTABLE =
      Set.of(
          "replicas",
          "ordinals",
          "template",
          "updateStrategy",
          "revisionHistoryLimit",
          "persistentVolumeClaimRetentionPolicy",
          "minReadySeconds");
  private static final String IMMUTABLE =
      "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
          + " 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and"
          + " 'minReadySeconds' are forbidden";

  private final Faults faults;
  private final JsonNode spec;

  private StatefulSetRules(Faults faults, JsonNode spec) {
    this.faults = faults;
    this.spec = spec;
  }

  static void check(Faults faults, JsonNode spec) {
    StatefulSetRules rules = new StatefulSetRules(faults, spec);
    rules.checkPolicies();
    rules.checkNumbers();
    rules.checkSelector();
    Set<String> claims = rules.checkClaims();
    rules.checkTemplate(claims);
  }

  static void checkChange(Faults faults, JsonNode before, JsonNode after) {
    Set<String> names = new TreeSet<>(before.propertyNames());
    names.addAll(after.propertyNames());
    names.removeAll(MUTABLE);
    if (names.stream().anyMatch(name -> !Tree.same(before.path(name), after.path(name)))) {
      faults.forbidden("spec", IMMUTABLE);
    }
  }

  private void checkPolicies() {
    String management = Tree.text(spec, "podManagementPolicy");
    if (!List.of("OrderedReady", "Parallel").contains(management)) {
      faults.invalid(
          "spec.podManagementPolicy", management, "must be 'OrderedReady' or 'Parallel'");
    }
    JsonNode strategy = spec.path("updateStrategy");
    JsonNode rolling = strategy.path("rollingUpdate");
    switch (Tree.text(strategy, "type")) {
      case "RollingUpdate" -> checkRolling(rolling);
      case "OnDelete" -> {
        if (rolling.isObject()) {
          faults.invalid(
              "spec.updateStrategy.rollingUpdate",
              rolling,
              "only allowed for updateStrategy 'RollingUpdate'");
        }
      }
      default ->
          faults.invalid(
              "spec.updateStrategy",
              strategy.path("type"),
              "must be 'RollingUpdate' or 'OnDelete'");
    }
    JsonNode retention = spec.path("persistentVolumeClaimRetentionPolicy");
    for (String when : List.of("whenDeleted", "whenScaled")) {
      faults.oneOf(
          "spec.persistentVolumeClaimRetentionPolicy." + when,
          retention.path(when),
          "Delete",
          "Retain");
    }
  }

  private void checkRolling(JsonNode rolling) {
    faults.notNegative("spec.updateStrategy.rollingUpdate.partition", rolling.path("partition"));
    JsonNode unavailable = rolling.path("maxUnavailable");
    String at = "spec.updateStrategy.rollingUpdate.maxUnavailable";
    if (unavailable.isString()) {
      String text = unavailable.asString();
      if (!text.matches("[0-9]{1,9}%")) {
        faults.invalid(
            at,
            text,
            "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',"
                + "  or '93%', regex used for validation is '[0-9]+%')");
        return;
      }
      int percent = Integer.parseInt(text.substring(0, text.length() - 1));
      if (percent > 100) faults.invalid(at, text, "must not be greater than 100%");
      if (percent == 0) faults.invalid(at, text, "cannot be 0");
    } else if (unavailable.isNumber()) {
      faults.notNegative(at, unavailable);
      if (unavailable.asInt(0) == 0) faults.invalid(at, unavailable, "cannot be 0");
    }
  }

  private void checkNumbers() {
    faults.notNegative("spec.replicas", spec.path("replicas"));
    faults.notNegative("spec.minReadySeconds", spec.path("minReadySeconds"));
    faults.notNegative("spec.ordinals.start", spec.path("ordinals").path("start"));
    String service = Tree.text(spec, "serviceName");
    if (!service.isEmpty()) {
      faults.invalid("spec.serviceName", service, Syntax.dnsLabel(service));
    }
  }

  private void checkSelector() {
    JsonNode selector = spec.path("selector");
    if (!selector.isObject()) {
      faults.required("spec.selector", "");
      return;
    }
    LabelRules.checkSelector(faults, "spec.selector", selector);
    boolean empty =
        selector.path("matchLabels").isEmpty() && selector.path("matchExpressions").isEmpty();
    if (empty) {
      faults.invalid("spec.selector", selector, "empty selector is invalid for statefulset");
      return;
    }
    JsonNode labels = spec.path("template").path("metadata").path("labels");
    if (!LabelRules.matches(selector, labels)) {
      faults.invalid(
          "spec.template.metadata.labels",
          labels.isObject() ? labels : JsonNodeFactory.instance.objectNode(),
          "`selector` does not match template `labels`");
    }
  }

  private Set<String> checkClaims() {
    Set<String> names = new HashSet<>();
    List<ObjectNode> claims = Tree.maps(spec.path("volumeClaimTemplates"));
    for (int i = 0; i < claims.size(); i++) {
      String at = "spec.volumeClaimTemplates[" + i + "]";
      JsonNode name = claims.get(i).path("metadata").path("name");
      if (faults.present(at + ".metadata.name", name)) {
        String text = name.asString("");
        faults.invalid(at + ".metadata.name", text, Syntax.dnsLabel(text));
        if (!names.add(text)) faults.duplicate(at + ".metadata.name", name);
      }
      ClaimSpecs.check(faults, at + ".spec", claims.get(i).path("spec"));
    }
    return names;
  }

  private void checkTemplate(Set<String> claims) {
    JsonNode metadata = spec.path("template").path("metadata");
    LabelRules.check(faults, "spec.template.metadata.labels", metadata.path("labels"));
    LabelRules.checkAnnotations(
        faults, "spec.template.metadata.annotations", metadata.path("annotations"));
    JsonNode pod = spec.path("template").path("spec");
    String restart = Tree.text(pod, "restartPolicy");
    if (!restart.equals("Always")) {
      faults.unsupported("spec.template.spec.restartPolicy", restart, "Always");
    }
    if (pod.has("activeDeadlineSeconds")) {
      faults.forbidden(
          "spec.template.spec.activeDeadlineSeconds",
          "activeDeadlineSeconds in StatefulSet is not Supported");
    }
    PodSpecRules.check(faults, "spec.template.spec", pod, claims);
  }
}
