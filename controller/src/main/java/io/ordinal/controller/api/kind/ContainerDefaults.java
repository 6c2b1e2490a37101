package io.ordinal.controller.api.kind;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Defaults of a container, its probes, ports and variables. */
final class ContainerDefaults {
  private ContainerDefaults() {}

  static void add(ObjectNode container) {
    Tree.defaultText(container, "imagePullPolicy", pullPolicy(Tree.text(container, "image")));
    Tree.defaultText(container, "terminationMessagePath", "/dev/termination-log");
    Tree.defaultText(container, "terminationMessagePolicy", "File");
    Tree.ensure(container, "resources");
    for (ObjectNode port : Tree.maps(container.path("ports"))) {
      Tree.defaultText(port, "protocol", "TCP");
    }
    for (ObjectNode variable : Tree.maps(container.path("env"))) {
      if (variable.path("valueFrom").get("fieldRef") instanceof ObjectNode reference) {
        Tree.defaultText(reference, "apiVersion", "v1");
      }
    }
    for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      if (container.get(probe) instanceof ObjectNode map) addToProbe(map);
    }
    for (String moment : List.of("postStart", "preStop")) {
      if (container.path("lifecycle").get(moment) instanceof ObjectNode map) addToHandler(map);
    }
  }

  private static void addToProbe(ObjectNode probe) {
    Tree.defaultPositive(probe, "timeoutSeconds", 1);
    Tree.defaultPositive(probe, "periodSeconds", 10);
    Tree.defaultPositive(probe, "successThreshold", 1);
    Tree.defaultPositive(probe, "failureThreshold", 3);
    addToHandler(probe);
  }

  private static void addToHandler(ObjectNode handler) {
    if (handler.get("httpGet") instanceof ObjectNode get) {
      Tree.defaultText(get, "path", "/");
      Tree.defaultText(get, "scheme", "HTTP");
    }
  }

  /** An image without a tag, or with the tag that moves, is looked for every time. */
  private static String pullPolicy(String image) {
    if (image.contains("@")) return "IfNotPresent";
    int colon = image.lastIndexOf(':');
    boolean tagged = colon > image.lastIndexOf('/');
    return tagged && !image.endsWith(":latest") ? "IfNotPresent" : "Always";
  }
}
