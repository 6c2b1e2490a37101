package io.ordinal.controller.set;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Limits;
import io.ordinal.controller.model.ClaimView;
import io.ordinal.controller.model.ReplicaView;
import io.ordinal.controller.model.SetSpec;
import io.ordinal.controller.model.SetView;
import io.ordinal.controller.set.RevisionPlanner.RevisionPlan;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.StoredObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A look, decoded: the documents that steps are carried out on, and the view that they are planned
 * on.
 *
 * @param pods by ordinal
 * @param claims by name
 * @param template of each revision, by its name
 * @param limits of the set's namespace
 */
record Situation(
    ApiObject set,
    SetView view,
    Map<Integer, ApiObject> pods,
    Map<String, ApiObject> claims,
    Map<String, JsonNode> template,
    Optional<String> defaultClass,
    Limits limits) {
  private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

  static Situation of(
      ApiObject set, SetLook look, RevisionPlan revisions, Decoded decoded, Duration patience) {
    SetSpec spec = SetReader.spec(set);
    String update = revisions.update().orElseThrow().name();
    Map<String, JsonNode> templates = new TreeMap<>();
    revisions.owned().forEach(each -> templates.put(each.name(), each.template()));
    String stated = set.status().path("currentRevision").asString("");
    Map<String, ApiObject> claims = new TreeMap<>();
    look.claims().forEach(each -> claims.put(each.key().name(), decoded.of(each)));
    Map<Integer, ApiObject> pods = new TreeMap<>();
    look.pods().forEach((ordinal, pod) -> pods.put(ordinal, decoded.of(pod)));
    List<ReplicaView> replicas = new ArrayList<>();
    pods.forEach((ordinal, pod) -> replicas.add(PodFacts.view(set, pod, ordinal, claims.keySet())));
    SetView view =
        new SetView(
            spec,
            templates.containsKey(stated) ? stated : update,
            update,
            replicas,
            claimViews(set, spec, claims, pods),
            patience);
    return new Situation(
        set,
        view,
        pods,
        claims,
        templates,
        defaultClass(look.classes(), decoded),
        Limits.of(look.ranges().stream().map(decoded::of).toList()));
  }

  ObjectKey claimKey(String name) {
    return new ObjectKey(SetNames.CLAIMS, set.namespace(), name);
  }

  private static List<ClaimView> claimViews(
      ApiObject set, SetSpec spec, Map<String, ApiObject> claims, Map<Integer, ApiObject> pods) {
    List<ClaimView> views = new ArrayList<>();
    List<String> templates = ClaimComposer.templates(set);
    for (ApiObject claim : claims.values()) {
      OptionalInt ordinal = OptionalInt.empty();
      for (String template : templates) {
        OptionalInt found = SetNames.claimOrdinal(claim.name(), template, spec.key());
        if (found.isPresent()) ordinal = found;
      }
      if (ordinal.isEmpty()) continue;
      ApiObject pod = pods.get(ordinal.getAsInt());
      String podName = spec.key().replica(ordinal.getAsInt()).name();
      String podUid = pod == null ? "" : pod.uid();
      views.add(ClaimFacts.view(set, claim, ordinal.getAsInt(), podName, podUid));
    }
    return views;
  }

  /** The newest of the classes that are marked as the default one. */
  private static Optional<String> defaultClass(List<StoredObject> classes, Decoded decoded) {
    return classes.stream()
        .sorted((a, b) -> b.created().compareTo(a.created()))
        .map(decoded::of)
        .filter(each -> "true".equals(each.annotations().get(DEFAULT_CLASS)))
        .map(ApiObject::name)
        .findFirst();
  }
}
