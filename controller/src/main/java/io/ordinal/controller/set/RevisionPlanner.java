package io.ordinal.controller.set;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.document.LabelSelection;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.protocol.id.Revision;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the history of a set's template: one ControllerRevision for each that it ever had. Pure.
 */
final class RevisionPlanner {
  private static final int LONGEST_PREFIX = 223;

  /**
   * @param owned oldest first
   * @param update the newest revision, absent as long as the writes have not been made, and for a
   *     set that is being deleted and has none any more
   * @param writes to be committed before anything else happens
   * @param collisionCount as it is after the writes
   */
  record RevisionPlan(
      List<TemplateRevision> owned,
      Optional<TemplateRevision> update,
      List<Operation> writes,
      int collisionCount) {}

  /**
   * What a new revision needs from outside.
   *
   * @param defaults fills in a StatefulSet's defaults, so that revisions stored before a default
   *     existed are still found equal
   */
  record Means(UnaryOperator<ObjectNode> defaults, String freshUid, Instant now) {}

  private final ApiObject set;
  private final List<TemplateRevision> all;
  private final Means means;
  private final JsonNode wanted;
  private final int collisions;

  private RevisionPlanner(ApiObject set, List<TemplateRevision> all, Means means) {
    this.set = set;
    this.all = all;
    this.means = means;
    this.wanted = TemplateData.canonical(set.spec().path("template"));
    this.collisions = set.status().path("collisionCount").asInt(0);
  }

  /**
   * @param found every ControllerRevision whose name begins with the set's
   */
  static RevisionPlan plan(ApiObject set, List<ApiObject> found, Means means) {
    return new RevisionPlanner(set, found.stream().map(TemplateRevision::new).toList(), means)
        .plan();
  }

  /** Revisions that nobody needs any more, beyond the set's limit. */
  static List<Operation> tooOld(ApiObject set, List<TemplateRevision> owned, Set<String> live) {
    int limit = SetReader.historyLimit(set);
    List<TemplateRevision> dead =
        owned.stream().filter(each -> !live.contains(each.name())).toList();
    if (limit < 0 || dead.size() <= limit) return List.of();
    return dead.stream()
        .limit(dead.size() - limit)
        .<Operation>map(each -> new Operation.Delete(each.key(), at(each)))
        .toList();
  }

  private RevisionPlan plan() {
    List<TemplateRevision> owned =
        all.stream().filter(each -> each.ownedBy(set)).sorted(TemplateRevision.BY_AGE).toList();
    if (set.deletionTimestamp().isPresent()) return left(owned);
    List<Operation> adoptions =
        all.stream().filter(this::adoptable).map(each -> takeOver(each, each.number())).toList();
    if (!adoptions.isEmpty())
      return new RevisionPlan(owned, Optional.empty(), adoptions, collisions);

    List<TemplateRevision> equal = owned.stream().filter(this::isWanted).toList();
    long next = owned.isEmpty() ? 1 : owned.get(owned.size() - 1).number() + 1;
    if (equal.isEmpty()) return create(owned, next);
    TemplateRevision newest = equal.get(equal.size() - 1);
    if (newest.equals(owned.get(owned.size() - 1))) {
      return new RevisionPlan(owned, Optional.of(newest), List.of(), collisions);
    }
    // A template that was there before: its old revision becomes the newest one.
    ObjectNode renumbered = newest.document().copy().put("revision", next);
    Operation bump = new Operation.Put(newest.key(), new ApiObject(renumbered).draft(), at(newest));
    return new RevisionPlan(owned, Optional.empty(), List.of(bump), collisions);
  }

  /** What is being deleted takes nothing back that the garbage collector has set free. */
  private RevisionPlan left(List<TemplateRevision> owned) {
    Optional<TemplateRevision> newest =
        owned.stream().filter(this::isWanted).reduce((older, newer) -> newer);
    return new RevisionPlan(owned, newest, List.of(), collisions);
  }

  private RevisionPlan create(List<TemplateRevision> owned, long next) {
    Map<String, TemplateRevision> byName =
        all.stream().collect(Collectors.toMap(TemplateRevision::name, each -> each));
    ObjectNode data = TemplateData.of(set.spec().path("template"));
    for (int count = collisions; ; count++) {
      String hash = TemplateData.hash(data, OptionalInt.of(count));
      String prefix = set.name().substring(0, Math.min(set.name().length(), LONGEST_PREFIX));
      String name = prefix + "-" + hash;
      TemplateRevision taken = byName.get(name);
      if (taken == null) {
        Operation put = creation(name, hash, data, next);
        return new RevisionPlan(owned, Optional.empty(), counted(put, count), count);
      }
      if (taken.leftBy(set) && isWanted(taken)) {
        return new RevisionPlan(
            owned, Optional.empty(), counted(takeOver(taken, next), count), count);
      }
    }
  }

  private Operation creation(String name, String hash, ObjectNode data, long number) {
    ObjectNode revision =
        Json.object().put("kind", "ControllerRevision").put("apiVersion", SetNames.API_VERSION);
    ObjectNode metadata = revision.putObject("metadata");
    metadata.put("name", name).put("namespace", set.namespace()).put("uid", means.freshUid());
    metadata.put("creationTimestamp", means.now().truncatedTo(ChronoUnit.SECONDS).toString());
    ObjectNode labels = metadata.putObject("labels");
    set.spec()
        .path("template")
        .path("metadata")
        .path("labels")
        .properties()
        .forEach(each -> labels.set(each.getKey(), each.getValue()));
    labels.put(SetNames.HASH_LABEL, hash);
    if (!set.annotations().isEmpty()) {
      metadata.set("annotations", set.metadata().path("annotations").deepCopy());
    }
    Owners.add(revision, Owners.controlledBy(set));
    revision.set("data", data);
    revision.put("revision", number);
    ObjectKey key = new ObjectKey(SetNames.REVISIONS, set.namespace(), name);
    return new Operation.Put(key, new ApiObject(revision).draft(), Condition.ABSENT);
  }

  /** Writes the collision count together with the revision that was named by it. */
  private List<Operation> counted(Operation write, int count) {
    List<Operation> writes = new ArrayList<>(List.of(write));
    if (count != collisions) {
      ObjectNode counted = set.copy();
      counted.withObjectProperty("status").put("collisionCount", count);
      Revision read = new Revision(Long.parseLong(set.resourceVersion()));
      ObjectKey key = SetNames.key(SetNames.set(set));
      writes.add(new Operation.Put(key, new ApiObject(counted).draft(), Condition.at(read)));
    }
    return writes;
  }

  private boolean adoptable(TemplateRevision revision) {
    return revision.document().controller().isEmpty()
        && revision.document().deletionTimestamp().isEmpty()
        && LabelSelection.matches(set.spec().path("selector"), revision.document().labels());
  }

  private Operation takeOver(TemplateRevision revision, long number) {
    ObjectNode taken = revision.document().copy().put("revision", number);
    revision.document().controller().ifPresent(owner -> Owners.remove(taken, Set.of(owner.uid())));
    Owners.add(taken, Owners.controlledBy(set));
    return new Operation.Put(revision.key(), new ApiObject(taken).draft(), at(revision));
  }

  private boolean isWanted(TemplateRevision revision) {
    JsonNode template = TemplateData.canonical(revision.template());
    if (template.equals(wanted)) return true;
    return defaulted(revision.template())
        .equals(defaulted((ObjectNode) set.spec().path("template")));
  }

  private JsonNode defaulted(ObjectNode template) {
    ObjectNode whole = set.copy();
    whole.withObjectProperty("spec").set("template", template.deepCopy());
    return TemplateData.canonical(means.defaults().apply(whole).path("spec").path("template"));
  }

  private static Condition at(TemplateRevision revision) {
    return Condition.at(new Revision(Long.parseLong(revision.document().resourceVersion())));
  }
}
