package io.ordinal.controller.api.kind;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a container must be. */
final class ContainerRules {
  private final Faults faults;
  private final String path;
  private final ObjectNode container;

  private ContainerRules(Faults faults, String path, ObjectNode container) {
    this.faults = faults;
    this.path = path;
    this.container = container;
  }

  /**
   * @param init whether it runs before the others, to its end
   * @param volumes names that mounts may use
   */
  static void check(
      Faults faults, String path, ObjectNode container, boolean init, Set<String> volumes) {
    ContainerRules rules = new ContainerRules(faults, path, container);
    rules.checkIdentity();
    rules.checkPorts();
    EnvRules.check(faults, path, container);
    if (init) {
      rules.checkInit();
    } else {
      rules.checkProbes();
    }
    rules.checkMounts(volumes);
    ResourceRules.check(faults, path + ".resources", container.path("resources"));
    SecurityRules.checkContainer(
        faults, path + ".securityContext", container.path("securityContext"));
    rules.checkPolicies();
  }

  private void checkIdentity() {
    if (faults.present(path + ".name", container.path("name"))) {
      String name = Tree.text(container, "name");
      faults.invalid(path + ".name", name, Syntax.dnsLabel(name));
    }
    if (faults.present(path + ".image", container.path("image"))) {
      String image = Tree.text(container, "image");
      if (!image.equals(image.strip())) {
        faults.invalid(path + ".image", image, "must not have leading or trailing whitespace");
      }
    }
  }

  private void checkPolicies() {
    faults.oneOf(
        path + ".imagePullPolicy",
        container.path("imagePullPolicy"),
        "Always",
        "IfNotPresent",
        "Never");
    faults.oneOf(
        path + ".terminationMessagePolicy",
        container.path("terminationMessagePolicy"),
        "FallbackToLogsOnError",
        "File");
    if (!container.path("volumeDevices").isEmpty()) {
      faults.forbidden(
          path + ".volumeDevices",
          "block devices are not supported by Ordinal; mount the volume as a file system");
    }
  }

  private void checkPorts() {
    List<ObjectNode> ports = Tree.maps(container.path("ports"));
    Set<String> names = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      String at = path + ".ports[" + i + "]";
      ObjectNode port = ports.get(i);
      String name = Tree.text(port, "name");
      if (!name.isEmpty()) {
        faults.invalid(at + ".name", name, Syntax.portName(name));
        if (!names.add(name)) faults.duplicate(at + ".name", port.path("name"));
      }
      JsonNode number = port.path("containerPort");
      if (number.asInt(0) == 0) {
        faults.required(at + ".containerPort", "");
      } else {
        Ports.checkNumber(faults, at + ".containerPort", number);
      }
      if (port.path("hostPort").asInt(0) != 0) {
        Ports.checkNumber(faults, at + ".hostPort", port.path("hostPort"));
      }
      faults.oneOf(at + ".protocol", port.path("protocol"), "SCTP", "TCP", "UDP");
    }
  }

  private void checkInit() {
    for (String each : List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe")) {
      if (container.has(each)) {
        faults.forbidden(
            path + "." + each, "may not be set for init containers without restartPolicy=Always");
      }
    }
    if (container.has("restartPolicy")) {
      faults.forbidden(
          path + ".restartPolicy",
          "sidecars (init containers with a restartPolicy) are not supported by Ordinal");
    }
  }

  private void checkProbes() {
    ProbeRules.checkProbe(faults, path + ".livenessProbe", container.path("livenessProbe"));
    ProbeRules.checkProbe(faults, path + ".startupProbe", container.path("startupProbe"));
    JsonNode readiness = container.path("readinessProbe");
    ProbeRules.checkProbe(faults, path + ".readinessProbe", readiness);
    if (readiness.has("terminationGracePeriodSeconds")) {
      faults.invalid(
          path + ".readinessProbe.terminationGracePeriodSeconds",
          readiness.get("terminationGracePeriodSeconds"),
          "must not be set for readinessProbes");
    }
    for (String once : List.of("livenessProbe", "startupProbe")) {
      JsonNode successes = container.path(once).path("successThreshold");
      if (successes.isNumber() && successes.asInt(0) != 1) {
        faults.invalid(path + "." + once + ".successThreshold", successes, "must be 1");
      }
    }
    for (String moment : List.of("postStart", "preStop")) {
      JsonNode handler = container.path("lifecycle").path(moment);
      if (handler.isObject()) {
        ProbeRules.checkHandler(faults, path + ".lifecycle." + moment, handler);
      }
    }
  }

  private void checkMounts(Set<String> volumes) {
    List<ObjectNode> mounts = Tree.maps(container.path("volumeMounts"));
    Set<String> places = new HashSet<>();
    for (int i = 0; i < mounts.size(); i++) {
      String at = path + ".volumeMounts[" + i + "]";
      ObjectNode mount = mounts.get(i);
      if (faults.present(at + ".name", mount.path("name"))
          && !volumes.contains(Tree.text(mount, "name"))) {
        faults.notFound(at + ".name", mount.path("name"));
      }
      if (faults.present(at + ".mountPath", mount.path("mountPath"))
          && !places.add(Tree.text(mount, "mountPath"))) {
        faults.invalid(at + ".mountPath", mount.path("mountPath"), "must be unique");
      }
      faults.oneOf(
          at + ".mountPropagation",
          mount.path("mountPropagation"),
          "Bidirectional",
          "HostToContainer",
          "None");
      VolumeRules.checkInside(faults, at + ".subPath", Tree.text(mount, "subPath"));
      if (!Tree.text(mount, "subPathExpr").isEmpty()) {
        faults.forbidden(at + ".subPathExpr", "not supported by Ordinal; use subPath");
      }
    }
  }
}
