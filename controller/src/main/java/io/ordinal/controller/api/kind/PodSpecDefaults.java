package io.ordinal.controller.api.kind;

import io.ordinal.controller.document.PodDefaults;
import io.ordinal.controller.document.Quantities;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Defaults of a pod's specification: those of templates, and those that only pods get. */
final class PodSpecDefaults {
  private static final int ALL_READ = 420; // 0644

  private PodSpecDefaults() {}

  /** The template of a workload. */
  static void addToTemplate(ObjectNode template) {
    ObjectNode metadata = Tree.ensure(template, "metadata");
    // Kubernetes prints it so, and manifests made by kubectl hold it: a client that compares sees
    // no difference.
    if (!metadata.has("creationTimestamp")) metadata.putNull("creationTimestamp");
    addToSpec(Tree.ensure(template, "spec"));
  }

  /** What templates and pods have in common. */
  static void addToSpec(ObjectNode spec) {
    Tree.defaultText(spec, "restartPolicy", "Always");
    Tree.defaultNumber(spec, "terminationGracePeriodSeconds", 30);
    Tree.defaultText(spec, "dnsPolicy", "ClusterFirst");
    Tree.defaultText(spec, "schedulerName", "default-scheduler");
    Tree.ensure(spec, "securityContext");
    for (String list : List.of("initContainers", "containers")) {
      Tree.maps(spec.path(list)).forEach(ContainerDefaults::add);
    }
    Tree.maps(spec.path("volumes")).forEach(PodSpecDefaults::addToVolume);
    String account = Tree.text(spec, "serviceAccountName");
    if (!account.isEmpty()) Tree.defaultText(spec, "serviceAccount", account);
  }

  /** What only pods get, when they are made. */
  static void addToPod(ObjectNode spec) {
    addToSpec(spec);
    PodDefaults.apply(spec);
  }

  private static void addToVolume(ObjectNode volume) {
    boolean sourceless = volume.size() == (volume.has("name") ? 1 : 0);
    if (sourceless) volume.putObject("emptyDir");
    for (String files : List.of("secret", "configMap", "downwardAPI", "projected")) {
      if (volume.get(files) instanceof ObjectNode source) {
        Tree.defaultNumber(source, "defaultMode", ALL_READ);
      }
    }
    if (volume.get("hostPath") instanceof ObjectNode source && !source.has("type")) {
      source.put("type", "");
    }
    if (volume.get("downwardAPI") instanceof ObjectNode source) addToItems(source);
    if (volume.get("projected") instanceof ObjectNode projected) {
      for (ObjectNode source : Tree.maps(projected.path("sources"))) {
        if (source.get("serviceAccountToken") instanceof ObjectNode token) {
          Tree.defaultNumber(token, "expirationSeconds", 3600);
        }
        if (source.get("downwardAPI") instanceof ObjectNode downward) addToItems(downward);
      }
    }
    if (volume.get("ephemeral") instanceof ObjectNode source
        && source.path("volumeClaimTemplate").get("spec") instanceof ObjectNode claim) {
      Tree.defaultText(claim, "volumeMode", "Filesystem");
    }
    if (volume.get("iscsi") instanceof ObjectNode source) {
      Tree.defaultText(source, "iscsiInterface", "default");
    }
  }

  private static void addToItems(ObjectNode downward) {
    for (ObjectNode item : Tree.maps(downward.path("items"))) {
      if (item.get("fieldRef") instanceof ObjectNode reference) {
        Tree.defaultText(reference, "apiVersion", "v1");
      }
    }
  }

  /** Guaranteed, Burstable or BestEffort, from the requests and limits of cpu and memory. */
  static String qosClass(JsonNode spec) {
    boolean some = false;
    boolean all = true;
    for (String list : List.of("initContainers", "containers")) {
      for (ObjectNode container : Tree.maps(spec.path(list))) {
        JsonNode requests = container.path("resources").path("requests");
        JsonNode limits = container.path("resources").path("limits");
        for (String resource : List.of("cpu", "memory")) {
          JsonNode request = requests.path(resource);
          JsonNode limit = limits.path(resource);
          some |= isSet(request) || isSet(limit);
          all &= isSet(limit) && (!isSet(request) || Quantities.compare(request, limit) == 0);
        }
      }
    }
    if (!some) return "BestEffort";
    return all ? "Guaranteed" : "Burstable";
  }

  private static boolean isSet(JsonNode quantity) {
    return Quantities.parse(quantity).map(value -> value.signum() != 0).orElse(false);
  }
}
