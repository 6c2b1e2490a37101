package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A set of replicas with names, places and volumes of their own. */
final class StatefulSetKind extends OrdinaryKind {
  /** Longer names make the revision's label longer than labels may be in Kubernetes. */
  private static final int PORTABLE_NAME = 52;

  private static final List<Column> COLUMNS =
      List.of(
          Columns.NAME,
          Columns.text("Ready", "Replicas that are ready, of those wanted."),
          Columns.AGE,
          Columns.wide("Containers", "Names of the containers of the template."),
          Columns.wide("Images", "Images of the containers of the template."));

  StatefulSetKind() {
    super(
        KindNames.namespaced("apps/v1", "StatefulSet", "statefulsets", "sts").inAll(),
        StatefulSet.class);
  }

  @Override
  public List<Subresource> subresources() {
    Set<String> verbs = Set.of("get", "patch", "update");
    return List.of(status(), new Subresource("scale", "autoscaling", "v1", "Scale", verbs));
  }

  @Override
  public boolean hasGeneration() {
    return true;
  }

  @Override
  void addDefaults(ObjectNode set) {
    ObjectNode spec = Tree.ensure(set, "spec");
    Tree.defaultNumber(spec, "replicas", 1);
    Tree.defaultText(spec, "podManagementPolicy", "OrderedReady");
    Tree.defaultNumber(spec, "revisionHistoryLimit", 10);
    ObjectNode strategy = Tree.ensure(spec, "updateStrategy");
    Tree.defaultText(strategy, "type", "RollingUpdate");
    if (Tree.text(strategy, "type").equals("RollingUpdate")) {
      Tree.defaultNumber(Tree.ensure(strategy, "rollingUpdate"), "partition", 0);
    }
    ObjectNode retention = Tree.ensure(spec, "persistentVolumeClaimRetentionPolicy");
    Tree.defaultText(retention, "whenDeleted", "Retain");
    Tree.defaultText(retention, "whenScaled", "Retain");
    PodSpecDefaults.addToTemplate(Tree.ensure(spec, "template"));
    Tree.maps(spec.path("volumeClaimTemplates")).forEach(ClaimSpecs::addToTemplate);
    ObjectNode status = Tree.ensure(set, "status");
    Tree.defaultNumber(status, "replicas", 0);
    Tree.defaultNumber(status, "availableReplicas", 0);
  }

  @Override
  public void prepareForCreate(ObjectNode set) {
    set.putObject("status").put("replicas", 0).put("availableReplicas", 0);
  }

  @Override
  public List<Cause> validateCreate(ApiObject set) {
    Faults faults = new Faults();
    StatefulSetRules.check(faults, set.spec());
    return faults.found();
  }

  @Override
  public List<Cause> validateUpdate(ApiObject set, ApiObject old) {
    Faults faults = new Faults();
    ObjectNode before = old.copy();
    applyDefaults(before);
    StatefulSetRules.checkChange(faults, before.path("spec"), set.spec());
    StatefulSetRules.check(faults, set.spec());
    return faults.found();
  }

  @Override
  public List<String> warnings(ApiObject set) {
    JsonNode pod = set.spec().path("template").path("spec");
    List<String> warnings = new ArrayList<>(PodWarnings.of("spec.template.spec", pod));
    InputRules.warn(warnings, "spec.template.spec", pod);
    if (set.name().length() > PORTABLE_NAME) {
      warnings.add(
          "metadata.name: longer than "
              + PORTABLE_NAME
              + " characters; in Kubernetes such a set cannot make pods, because the value of the"
              + " label controller-revision-hash gets too long");
    }
    if (set.spec().path("revisionHistoryLimit").asInt(0) < 0) {
      warnings.add(
          "spec.revisionHistoryLimit: a negative value retains all historical revisions, a value"
              + " >= 0 is recommended");
    }
    return warnings;
  }

  /** Host names of pods begin with it. */
  @Override
  public NameRule nameRule() {
    return NameRule.DNS_LABEL;
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ApiObject set, Instant now) {
    JsonNode containers = set.spec().path("template").path("spec").path("containers");
    int ready = set.status().path("readyReplicas").asInt(0);
    return List.of(
        set.name(),
        ready + "/" + set.spec().path("replicas").asInt(0),
        Durations.age(set, now),
        Cells.joined(containers, "name"),
        Cells.joined(containers, "image"));
  }
}
