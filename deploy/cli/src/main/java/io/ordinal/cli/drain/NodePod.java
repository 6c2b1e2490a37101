package io.ordinal.cli.drain;

import tools.jackson.databind.JsonNode;

/**
 * A pod of the node that is to be emptied.
 *
 * @param controller kind of the object that would bring it back, or empty
 * @param scratch whether it has an emptyDir, whose content goes with it
 * @param finished it will never run again
 * @param waits why nobody can place it, or empty
 */
record NodePod(
    String namespace,
    String name,
    String uid,
    String node,
    String controller,
    boolean scratch,
    boolean finished,
    boolean ready,
    String waits) {

  static NodePod of(JsonNode pod) {
    JsonNode metadata = pod.path("metadata");
    String phase = pod.path("status").path("phase").asString("");
    JsonNode scheduled = condition(pod, "PodScheduled");
    boolean unplaced = scheduled.path("status").asString("").equals("False");
    return new NodePod(
        metadata.path("namespace").asString(""),
        metadata.path("name").asString(""),
        metadata.path("uid").asString(""),
        pod.path("spec").path("nodeName").asString(""),
        controller(metadata),
        scratch(pod.path("spec").path("volumes")),
        phase.equals("Succeeded") || phase.equals("Failed"),
        condition(pod, "Ready").path("status").asString("").equals("True"),
        unplaced ? scheduled.path("message").asString("nobody can place it") : "");
  }

  private static String controller(JsonNode metadata) {
    for (JsonNode each : metadata.path("ownerReferences")) {
      if (each.path("controller").asBoolean(false)) return each.path("kind").asString("");
    }
    return "";
  }

  private static boolean scratch(JsonNode volumes) {
    for (JsonNode each : volumes) if (each.has("emptyDir")) return true;
    return false;
  }

  private static JsonNode condition(JsonNode pod, String type) {
    JsonNode conditions = pod.path("status").path("conditions");
    for (JsonNode each : conditions) {
      if (each.path("type").asString("").equals(type)) return each;
    }
    return conditions.path(type); // Missing.
  }

  /** As {@code namespace/name}. */
  String id() {
    return namespace + "/" + name;
  }

  /** Name without its ordinal; pods of one set are alike in it. */
  String family() {
    return id().replaceFirst("-[0-9]+$", "");
  }

  /** -1 for none. */
  long ordinal() {
    String digits = name.substring(name.lastIndexOf('-') + 1);
    return digits.matches("[0-9]{1,9}") ? Long.parseLong(digits) : -1;
  }
}
