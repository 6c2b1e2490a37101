package io.ordinal.tests.hosts;

import tools.jackson.databind.JsonNode;

/** What objects of the API say. */
public final class Objects {
  private Objects() {}

  public static String name(JsonNode object) {
    return object.path("metadata").path("name").asString("");
  }

  public static String uid(JsonNode object) {
    return object.path("metadata").path("uid").asString("");
  }

  public static long revision(JsonNode object) {
    return object.path("metadata").path("resourceVersion").asLong(0);
  }

  /** The condition Ready of a pod or node is true. */
  public static boolean ready(JsonNode object) {
    for (JsonNode each : object.path("status").path("conditions")) {
      if (each.path("type").asString("").equals("Ready"))
        return each.path("status").asString("").equals("True");
    }
    return false;
  }

  /** Whether its deletion was asked for. */
  public static boolean condemned(JsonNode object) {
    return object.path("metadata").has("deletionTimestamp");
  }

  public static long incarnation(JsonNode pod) {
    return pod.path("metadata").path("annotations").path("ordinal.io/incarnation").asLong(0);
  }

  public static String node(JsonNode pod) {
    return pod.path("spec").path("nodeName").asString("");
  }

  /** Of a pod; empty while it has none. */
  public static String address(JsonNode pod) {
    return pod.path("status").path("podIP").asString("");
  }

  /** What people want to know of a pod. */
  public static String line(JsonNode pod) {
    return "%s %s on %s at %s, incarnation %d%s%s"
        .formatted(
            name(pod),
            pod.path("status").path("phase").asString("?"),
            node(pod),
            address(pod),
            incarnation(pod),
            ready(pod) ? ", ready" : "",
            condemned(pod) ? ", ending" : "");
  }
}
