package io.ordinal.controller.node;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.protocol.agent.NodeInventory;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code v1/Node} says of a machine. Pure: takes the object as it stands, answers what it
 * should be; equal means that nothing is to be written. What clients put there (labels,
 * annotations, taints, unschedulable) stays.
 */
final class NodeDocument {
  private static final Set<String> NODE_INFO =
      Set.of(
          "machineID",
          "systemUUID",
          "kernelVersion",
          "osImage",
          "containerRuntimeVersion",
          "kubeletVersion",
          "kubeProxyVersion",
          "operatingSystem",
          "architecture");

  private NodeDocument() {}

  /** How the node fares, as its Ready condition tells it. */
  record Readiness(String status, String reason, String message) {
    static final Readiness READY =
        new Readiness("True", "AgentReady", "the agent renews its lease");
    static final Readiness LATE =
        new Readiness("Unknown", "NodeStatusUnknown", "the agent stopped renewing its lease");

    static final Readiness RESTING =
        new Readiness(
            "Unknown", "AgentResting", "the agent stopped by plan; the node's lives are kept");

    static Readiness fenced(Session session) {
      return new Readiness(
          "False",
          "LeaseLapsed",
          "session " + session.number() + " is fenced: none of its fenced lives runs any more");
    }
  }

  /**
   * After the agent introduced itself.
   *
   * @param readiness of one that comes back from a rest as it was, until its deadline is armed
   */
  static ObjectNode registered(
      Optional<ApiObject> existing,
      Session session,
      NodeInventory inventory,
      Readiness readiness,
      String uid,
      Instant now) {
    ObjectNode node =
        existing.map(ApiObject::copy).orElseGet(() -> blank(session.node().value(), uid, now));
    String name = session.node().value();
    ObjectNode metadata = node.withObjectProperty("metadata");
    ObjectNode labels = metadata.withObjectProperty("labels");
    inventory.labels().forEach(labels::put);
    labels.put("kubernetes.io/hostname", name);
    labelFrom(labels, "kubernetes.io/os", inventory.facts().get("operatingSystem"));
    labelFrom(labels, "kubernetes.io/arch", inventory.facts().get("architecture"));
    ObjectNode annotations = metadata.withObjectProperty("annotations");
    annotations.put("ordinal.io/session", Long.toString(session.number()));
    annotations.put("ordinal.io/state-uuid", session.stateUuid().toString());
    ObjectNode spec = node.withObjectProperty("spec");
    spec.put("providerID", "ordinal://" + name);
    ObjectNode status = node.withObjectProperty("status");
    status.set("capacity", quantities(inventory.capacity()));
    status.set("allocatable", quantities(inventory.capacity()));
    status.set("addresses", addresses(name, inventory.address()));
    status.set("nodeInfo", nodeInfo(session, inventory.facts()));
    for (String pressure : new String[] {"MemoryPressure", "DiskPressure", "PIDPressure"}) {
      NodeConditions.set(status, pressure, new Readiness("False", "AgentHasNone", ""), now);
    }
    NodeConditions.remove(status, OutOfService.CONDITION);
    new TreeMap<>(inventory.facts()).forEach((key, value) -> trait(node, key, value, now));
    ready(node, readiness, now);
    return node;
  }

  /** With this readiness; the heartbeat moves only when the status does. */
  static ObjectNode faring(ApiObject existing, Readiness readiness, Instant now) {
    ObjectNode node = existing.copy();
    ready(node, readiness, now);
    return node;
  }

  /** The same with a new heartbeat if the last one is older than the pause. */
  static ObjectNode beating(ApiObject existing, Duration pause, Instant now) {
    ObjectNode node = existing.copy();
    ready(node, Readiness.READY, now);
    NodeConditions.beat(node.withObjectProperty("status"), pause, now);
    return node;
  }

  private static ObjectNode blank(String name, String uid, Instant now) {
    ObjectNode node = Json.object();
    node.put("kind", "Node");
    node.put("apiVersion", "v1");
    ObjectNode metadata = node.putObject("metadata");
    metadata.put("name", name);
    metadata.put("uid", uid);
    metadata.put("creationTimestamp", time(now));
    return node;
  }

  private static void labelFrom(ObjectNode labels, String label, String fact) {
    if (fact != null) labels.put(label, fact);
  }

  private static ObjectNode quantities(Map<String, String> capacity) {
    ObjectNode quantities = Json.object();
    new TreeMap<>(capacity).forEach(quantities::put);
    return quantities;
  }

  private static ArrayNode addresses(String name, String address) {
    ArrayNode addresses = Json.object().putArray("addresses");
    addresses.addObject().put("type", "InternalIP").put("address", address);
    addresses.addObject().put("type", "Hostname").put("address", name);
    return addresses;
  }

  private static ObjectNode nodeInfo(Session session, Map<String, String> facts) {
    ObjectNode info = Json.object();
    new TreeMap<>(facts)
        .forEach(
            (key, value) -> {
              if (NODE_INFO.contains(key)) info.put(key, value);
            });
    info.put("bootID", session.bootId());
    return info;
  }

  /**
   * A trait that is true or false is a condition {@code ordinal.io/<Trait>}, others an annotation.
   */
  private static void trait(ObjectNode node, String key, String value, Instant now) {
    if (NODE_INFO.contains(key) || !key.matches("[A-Za-z0-9]{1,40}")) return;
    if (value.equals("true") || value.equals("false")) {
      String type = "ordinal.io/" + Character.toUpperCase(key.charAt(0)) + key.substring(1);
      String status = value.equals("true") ? "True" : "False";
      NodeConditions.set(
          node.withObjectProperty("status"), type, new Readiness(status, "FoundByAgent", ""), now);
    } else {
      node.withObjectProperty("metadata")
          .withObjectProperty("annotations")
          .put("ordinal.io/" + key, value);
    }
  }

  private static void ready(ObjectNode node, Readiness readiness, Instant now) {
    NodeConditions.set(node.withObjectProperty("status"), "Ready", readiness, now);
    NodeTaints.follow(node.withObjectProperty("spec"), readiness.status(), now);
  }

  static String time(Instant now) {
    return now.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
