package io.ordinal.controller.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the LimitRanges of a namespace give to new pods and ask of new pods and claims, as
 * Kubernetes' LimitRanger does it and in its words. Pure.
 */
public final class Limits {
  /** None: nothing is given and nothing asked. */
  public static final Limits NONE = new Limits(List.of());

  private static final String ANNOTATION = "kubernetes.io/limit-ranger";
  private static final String CONTAINER = "Container";
  private static final String POD = "Pod";
  private static final String CLAIM = "PersistentVolumeClaim";

  private final List<JsonNode> items;

  private Limits(List<JsonNode> items) {
    this.items = items;
  }

  /**
   * @param ranges all LimitRanges of one namespace; of two that give the same the first by name
   *     counts
   */
  public static Limits of(List<ApiObject> ranges) {
    List<JsonNode> items = new ArrayList<>();
    ranges.stream()
        .sorted(Comparator.comparing(ApiObject::name))
        .forEach(range -> range.spec().path("limits").forEach(items::add));
    return items.isEmpty() ? NONE : new Limits(List.copyOf(items));
  }

  /**
   * Gives containers the limits and requests that they do not name; an annotation tells which.
   *
   * @param pod with its other defaults; changed
   */
  public void complete(ObjectNode pod) {
    List<String> given = new ArrayList<>();
    for (JsonNode item : of(CONTAINER)) {
      complete(pod.path("spec").path("containers"), item, "container", given);
      complete(pod.path("spec").path("initContainers"), item, "init container", given);
    }
    if (given.isEmpty()) return;
    pod.withObjectProperty("metadata")
        .withObjectProperty("annotations")
        .put(ANNOTATION, "LimitRanger plugin set: " + String.join("; ", given));
  }

  private static void complete(
      JsonNode containers, JsonNode item, String called, List<String> given) {
    for (JsonNode each : containers) {
      if (!(each instanceof ObjectNode container)) continue;
      ObjectNode resources = container.withObjectProperty("resources");
      String name = called + " " + container.path("name").asString("");
      give(item.path("defaultRequest"), resources, "requests", " request for " + name, given);
      give(item.path("default"), resources, "limits", " limit for " + name, given);
    }
  }

  private static void give(
      JsonNode defaults, ObjectNode resources, String list, String toWhom, List<String> given) {
    List<String> added = new ArrayList<>();
    for (String resource : new TreeSet<>(defaults.propertyNames())) {
      if (resources.path(list).has(resource)) continue;
      resources.withObjectProperty(list).set(resource, defaults.path(resource));
      added.add(resource);
    }
    if (!added.isEmpty()) given.add(String.join(", ", added) + toWhom);
  }

  /** Why a pod, completed, may not be; empty when it may. */
  public List<String> faultsOfPod(JsonNode pod) {
    List<String> faults = new ArrayList<>();
    JsonNode spec = pod.path("spec");
    for (JsonNode item : of(CONTAINER)) {
      for (String list : List.of("containers", "initContainers")) {
        for (JsonNode each : spec.path(list)) {
          check(item, CONTAINER, each.path("resources"), faults);
        }
      }
    }
    for (JsonNode item : of(POD)) check(item, POD, totals(spec), faults);
    return faults;
  }

  /** Why a claim may not be; empty when it may. */
  public List<String> faultsOfClaim(JsonNode claim) {
    List<String> faults = new ArrayList<>();
    ObjectNode asked = Json.object();
    asked.set("requests", claim.path("spec").path("resources").path("requests"));
    for (JsonNode item : of(CLAIM)) {
      LimitCheck check = new LimitCheck(CLAIM, asked, faults);
      item.path("min").properties().forEach(each -> check.least(each.getKey(), each.getValue()));
      item.path("max")
          .properties()
          .forEach(each -> check.mostRequested(each.getKey(), each.getValue()));
    }
    return faults;
  }

  /** Several reasons in one sentence, as Go joins errors. */
  public static String joined(List<String> faults) {
    return faults.size() == 1 ? faults.get(0) : "[" + String.join(", ", faults) + "]";
  }

  private static void check(JsonNode item, String type, JsonNode resources, List<String> faults) {
    LimitCheck check = new LimitCheck(type, resources, faults);
    item.path("min").properties().forEach(each -> check.least(each.getKey(), each.getValue()));
    item.path("max").properties().forEach(each -> check.most(each.getKey(), each.getValue()));
    item.path("maxLimitRequestRatio")
        .properties()
        .forEach(each -> check.ratio(each.getKey(), each.getValue()));
  }

  private List<JsonNode> of(String type) {
    return items.stream().filter(each -> each.path("type").asString("").equals(type)).toList();
  }

  /** What a pod needs at once: its containers together, or the largest that runs before them. */
  private static ObjectNode totals(JsonNode spec) {
    ObjectNode totals = Json.object();
    for (String list : List.of("requests", "limits")) {
      Map<String, Amount> sums = new TreeMap<>();
      for (JsonNode each : spec.path("containers")) {
        amounts(each, list).forEach((name, amount) -> sums.merge(name, amount, Amount::plus));
      }
      for (JsonNode each : spec.path("initContainers")) {
        amounts(each, list).forEach((name, amount) -> sums.merge(name, amount, Amount::max));
      }
      ObjectNode printed = totals.putObject(list);
      sums.forEach((name, amount) -> printed.put(name, amount.toString()));
    }
    return totals;
  }

  private static Map<String, Amount> amounts(JsonNode container, String list) {
    Map<String, Amount> amounts = new TreeMap<>();
    container
        .path("resources")
        .path(list)
        .properties()
        .forEach(each -> amounts.put(each.getKey(), Amount.of(each.getValue())));
    return amounts;
  }
}
