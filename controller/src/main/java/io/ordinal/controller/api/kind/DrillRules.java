package io.ordinal.controller.api.kind;

import io.ordinal.controller.model.CronSchedule;
import io.ordinal.controller.model.TimeSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What a drill must be, and what of it may change. */
final class DrillRules {
  private static final String[] WAYS = {"Graceful", "Kill", "Freeze", "CutOff"};
  private static final List<String> TARGETS = List.of("node", "controller", "replica", "rack");
  private static final List<String> PROTOCOLS = List.of("tcp", "http", "redis");
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofHours(24);

  private final Faults faults;
  private final JsonNode spec;

  private DrillRules(Faults faults, JsonNode spec) {
    this.faults = faults;
    this.spec = spec;
  }

  static boolean scheduled(JsonNode spec) {
    return !Tree.text(spec, "schedule").isEmpty();
  }

  /** The target in a word, such as {@code node/n2}; empty when there is none. */
  static String target(JsonNode target) {
    for (String kind : List.of("node", "controller", "replica")) {
      if (!Tree.text(target, kind).isEmpty()) return kind + "/" + Tree.text(target, kind);
    }
    JsonNode rack = target.path("rack");
    if (!rack.isObject()) return "";
    return "rack/" + Tree.text(rack, "label") + "=" + Tree.text(rack, "value");
  }

  static void check(Faults faults, JsonNode spec) {
    DrillRules rules = new DrillRules(faults, spec);
    rules.checkTarget();
    rules.checkWay();
    rules.checkTimes();
    rules.checkSets();
    rules.checkProbe();
    rules.checkSchedule();
  }

  static void checkChange(Faults faults, JsonNode before, JsonNode after) {
    if (scheduled(before)) {
      if (!scheduled(after)) faults.forbidden("spec.schedule", "may be changed but not removed");
      return;
    }
    Set<String> names = new TreeSet<>(before.propertyNames());
    names.addAll(after.propertyNames());
    names.remove("abort");
    for (String name : names) {
      if (!Tree.same(before.path(name), after.path(name))) {
        faults.forbidden(
            "spec." + name, "of a drill without a schedule only 'abort' may be changed");
      }
    }
  }

  private void checkTarget() {
    JsonNode target = spec.path("target");
    List<String> named = named(target, TARGETS);
    if (named.size() != 1) {
      faults.required("spec.target", "exactly one of node, controller, replica and rack");
      return;
    }
    String path = "spec.target." + named.get(0);
    switch (named.get(0)) {
      case "rack" -> {
        JsonNode rack = target.path("rack");
        if (faults.present(path + ".label", rack.path("label"))) {
          String label = Tree.text(rack, "label");
          faults.invalid(path + ".label", label, Syntax.qualifiedName(label));
        }
        faults.present(path + ".value", rack.path("value"));
      }
      case "replica" -> checkPair(path, Tree.text(target, "replica"));
      default -> {} // Any name may be one of a node or a controller.
    }
  }

  private void checkWay() {
    faults.oneOf("spec.way", spec.path("way"), WAYS);
    boolean replica = !Tree.text(spec.path("target"), "replica").isEmpty();
    if (replica && Tree.text(spec, "way").equals("CutOff")) {
      faults.invalid("spec.way", "CutOff", "a replica cannot be cut off without its node");
    }
  }

  private void checkTimes() {
    Duration duration = span("spec.duration", spec.path("duration"), SHORTEST_PAUSE);
    Duration timeout = span("spec.timeout", spec.path("timeout"), Duration.ofSeconds(1));
    span("spec.steadyState.readyFor", spec.path("steadyState").path("readyFor"), Duration.ZERO);
    if (duration != null && timeout != null && timeout.compareTo(duration) <= 0) {
      faults.invalid("spec.timeout", spec.path("timeout"), "must be longer than spec.duration");
    }
  }

  private void checkSets() {
    JsonNode sets = spec.path("sets");
    for (int i = 0; i < sets.size(); i++) {
      checkPair("spec.sets[" + i + "]", sets.get(i).asString(""));
    }
  }

  private void checkProbe() {
    JsonNode probe = spec.path("probe");
    if (!probe.isObject()) return;
    List<String> named = named(probe, PROTOCOLS);
    if (named.size() != 1) {
      faults.required("spec.probe", "exactly one of tcp, http and redis");
      return;
    }
    String path = "spec.probe." + named.get(0);
    JsonNode port = probe.path(named.get(0)).path("port");
    int number = port.asInt(0);
    if (Tree.absent(port)) faults.required(path + ".port", "");
    else if (number < 1 || number > 65535) {
      faults.invalid(path + ".port", port, "must be between 1 and 65535, inclusive");
    }
    String httpPath = Tree.text(probe.path("http"), "path");
    if (!httpPath.isEmpty() && !httpPath.matches("/[!-~]*")) {
      faults.invalid("spec.probe.http.path", httpPath, "must begin with '/' and have no spaces");
    }
    span("spec.probe.interval", probe.path("interval"), SHORTEST_PAUSE);
  }

  private void checkSchedule() {
    for (String limit : List.of("successfulDrillsHistoryLimit", "failedDrillsHistoryLimit")) {
      faults.notNegative("spec." + limit, spec.path(limit));
    }
    if (!scheduled(spec)) {
      if (spec.path("suspend").asBoolean(false)) {
        faults.invalid("spec.suspend", spec.path("suspend"), "means nothing without spec.schedule");
      }
      return;
    }
    try {
      CronSchedule.parse(Tree.text(spec, "schedule"));
    } catch (IllegalArgumentException wrong) {
      faults.invalid("spec.schedule", spec.path("schedule"), wrong.getMessage());
    }
  }

  private void checkPair(String path, String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      faults.invalid(path, text, "must be namespace/name");
    }
  }

  /** Nothing when it is wrong, which was told then. */
  private Duration span(String path, JsonNode value, Duration least) {
    try {
      Duration span = TimeSpan.parse(value.asString(""));
      if (span.compareTo(least) >= 0 && span.compareTo(LONGEST) <= 0) return span;
      faults.invalid(
          path, value, "must be from " + least.toMillis() + "ms to " + LONGEST.toHours() + "h");
    } catch (IllegalArgumentException wrong) {
      faults.invalid(path, value, wrong.getMessage());
    }
    return null;
  }

  private static List<String> named(JsonNode parent, List<String> names) {
    List<String> found = new ArrayList<>();
    for (String name : names) {
      JsonNode value = parent.path(name);
      if (value.isObject() || !value.asString("").isEmpty()) found.add(name);
    }
    return found;
  }
}
