package io.ordinal.controller.metric;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.NodeStanding;
import io.ordinal.controller.node.Sessions;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.View;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What a view of the store holds.
 *
 * @param pods by their state: leaving, or ready, or the phase in small letters
 * @param sets by namespace and name
 * @param sessions of nodes, by their standing in small letters
 * @param budgets disruptions that they allow, by namespace and name
 */
record Counts(
    long revision,
    Map<String, Integer> pods,
    Map<Name, Size> sets,
    Map<String, Integer> sessions,
    Map<Name, Integer> budgets) {
  private static final ResourceName PODS = new ResourceName("pods");
  private static final ResourceName SETS = ResourceName.of("apps", "statefulsets");
  private static final ResourceName BUDGETS = ResourceName.of("policy", "poddisruptionbudgets");

  /** Of an object in a namespace. */
  record Name(String namespace, String name) implements Comparable<Name> {
    @Override
    public int compareTo(Name other) {
      int first = namespace.compareTo(other.namespace);
      return first != 0 ? first : name.compareTo(other.name);
    }
  }

  /** Replicas of a set. */
  record Size(int wanted, int ready) {}

  static Counts of(View view) {
    Map<String, Integer> pods = new TreeMap<>();
    view.scan(PODS, "", each -> count(pods, state(ApiObject.of(each))));
    Map<Name, Size> sets = new TreeMap<>();
    view.scan(
        SETS,
        "",
        each -> {
          ApiObject set = ApiObject.of(each);
          int wanted = set.spec().path("replicas").asInt(1);
          int ready = set.status().path("readyReplicas").asInt(0);
          sets.put(new Name(set.namespace(), set.name()), new Size(wanted, ready));
          return true;
        });
    Map<Name, Integer> budgets = new TreeMap<>();
    view.scan(
        BUDGETS,
        "",
        each -> {
          ApiObject budget = ApiObject.of(each);
          int allowed = budget.status().path("disruptionsAllowed").asInt(0);
          budgets.put(new Name(budget.namespace(), budget.name()), allowed);
          return true;
        });
    Map<String, Integer> sessions = new TreeMap<>();
    for (NodeStanding each : Sessions.current(view)) {
      count(sessions, each.standing().name().toLowerCase(Locale.ROOT));
    }
    return new Counts(view.revision().value(), pods, sets, sessions, budgets);
  }

  private static boolean count(Map<String, Integer> counts, String key) {
    counts.merge(key, 1, Integer::sum);
    return true;
  }

  private static String state(ApiObject pod) {
    if (pod.deletionTimestamp().isPresent()) return "leaving";
    for (JsonNode each : pod.status().path("conditions")) {
      boolean ready = each.path("type").asString("").equals("Ready");
      if (ready && each.path("status").asString("").equals("True")) return "ready";
    }
    return pod.status().path("phase").asString("pending").toLowerCase(Locale.ROOT);
  }
}
