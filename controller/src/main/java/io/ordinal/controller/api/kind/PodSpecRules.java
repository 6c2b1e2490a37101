package io.ordinal.controller.api.kind;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a pod's specification must be, in pods and in templates. Kubernetes finds the faults of a
 * template only when a pod is made from it; here they are told at once.
 */
final class PodSpecRules {
  private final Faults faults;
  private final String path;
  private final JsonNode spec;

  private PodSpecRules(Faults faults, String path, JsonNode spec) {
    this.faults = faults;
    this.path = path;
    this.spec = spec;
  }

  /**
   * @param path of the specification, such as spec or spec.template.spec
   * @param claimed names of volumes that the pod gets besides its own, from claim templates
   */
  static void check(Faults faults, String path, JsonNode spec, Set<String> claimed) {
    PodSpecRules rules = new PodSpecRules(faults, path, spec);
    Set<String> volumes = new HashSet<>(claimed);
    volumes.addAll(VolumeRules.check(faults, path + ".volumes", spec.path("volumes")));
    rules.checkContainers(volumes);
    rules.checkPolicies();
    rules.checkNames();
    rules.checkTolerations();
    rules.checkNetwork();
    SecurityRules.checkPod(faults, path + ".securityContext", spec.path("securityContext"));
  }

  private void checkContainers(Set<String> volumes) {
    faults.present(path + ".containers", spec.path("containers"));
    Set<String> names = new HashSet<>();
    for (String list : List.of("initContainers", "containers")) {
      List<ObjectNode> containers = Tree.maps(spec.path(list));
      for (int i = 0; i < containers.size(); i++) {
        String at = path + "." + list + "[" + i + "]";
        ObjectNode container = containers.get(i);
        boolean init = list.equals("initContainers");
        ContainerRules.check(faults, at, container, init, volumes);
        JsonNode name = container.path("name");
        if (!Tree.absent(name) && !names.add(name.asString("")))
          faults.duplicate(at + ".name", name);
      }
    }
    if (!spec.path("ephemeralContainers").isEmpty()) {
      faults.forbidden(path + ".ephemeralContainers", "cannot be set on create");
    }
  }

  private void checkPolicies() {
    faults.oneOf(
        path + ".restartPolicy", spec.path("restartPolicy"), "Always", "OnFailure", "Never");
    faults.notNegative(
        path + ".terminationGracePeriodSeconds", spec.path("terminationGracePeriodSeconds"));
    JsonNode deadline = spec.path("activeDeadlineSeconds");
    if (deadline.isNumber() && (deadline.asLong(0) < 1 || deadline.asLong(0) > Integer.MAX_VALUE)) {
      faults.invalid(
          path + ".activeDeadlineSeconds", deadline, "must be between 1 and 2147483647, inclusive");
    }
    if (!spec.path("readinessGates").isEmpty()) {
      faults.forbidden(path + ".readinessGates", "readiness gates are not supported by Ordinal");
    }
    if (!spec.path("schedulingGates").isEmpty()) {
      faults.forbidden(path + ".schedulingGates", "scheduling gates are not supported by Ordinal");
    }
    faults.oneOf(
        path + ".dnsPolicy",
        spec.path("dnsPolicy"),
        "ClusterFirst",
        "ClusterFirstWithHostNet",
        "Default",
        "None");
    faults.oneOf(
        path + ".preemptionPolicy", spec.path("preemptionPolicy"), "Never", "PreemptLowerPriority");
  }

  private void checkNames() {
    for (String name : List.of("hostname", "subdomain")) {
      String value = Tree.text(spec, name);
      if (!value.isEmpty()) faults.invalid(path + "." + name, value, Syntax.dnsLabel(value));
    }
    for (String name : List.of("nodeName", "serviceAccountName", "priorityClassName")) {
      String value = Tree.text(spec, name);
      if (!value.isEmpty()) faults.invalid(path + "." + name, value, Syntax.subdomain(value));
    }
    LabelRules.check(faults, path + ".nodeSelector", spec.path("nodeSelector"));
  }

  private void checkNetwork() {
    JsonNode dns = spec.path("dnsConfig");
    if (Tree.text(spec, "dnsPolicy").equals("None")) {
      String why = "must provide `dnsConfig` when `dnsPolicy` is None";
      if (!dns.isObject()) faults.required(path + ".dnsConfig", why);
      else if (dns.path("nameservers").isEmpty()) {
        faults.required(
            path + ".dnsConfig.nameservers",
            "must provide at least one DNS nameserver when `dnsPolicy` is None");
      }
    }
    JsonNode servers = dns.path("nameservers");
    for (int i = 0; i < servers.size(); i++) {
      EndpointRules.checkAddress(
          faults, path + ".dnsConfig.nameservers[" + i + "]", servers.path(i));
    }
    List<ObjectNode> aliases = Tree.maps(spec.path("hostAliases"));
    for (int i = 0; i < aliases.size(); i++) {
      String at = path + ".hostAliases[" + i + "]";
      EndpointRules.checkAddress(faults, at + ".ip", aliases.get(i).path("ip"));
      JsonNode names = aliases.get(i).path("hostnames");
      for (int j = 0; j < names.size(); j++) {
        String name = names.path(j).asString("");
        faults.invalid(at + ".hostnames[" + j + "]", name, Syntax.subdomain(name));
      }
    }
  }

  private void checkTolerations() {
    List<ObjectNode> tolerations = Tree.maps(spec.path("tolerations"));
    for (int i = 0; i < tolerations.size(); i++) {
      ObjectNode each = tolerations.get(i);
      String at = path + ".tolerations[" + i + "]";
      String key = Tree.text(each, "key");
      String operator = Tree.text(each, "operator");
      if (!key.isEmpty()) faults.invalid(at + ".key", key, Syntax.qualifiedName(key));
      if (key.isEmpty() && !operator.equals("Exists")) {
        faults.invalid(
            at + ".operator",
            operator,
            "operator must be Exists when `key` is empty, which means \"match all values and all"
                + " keys\"");
      }
      if (operator.equals("Exists") && !Tree.text(each, "value").isEmpty()) {
        faults.invalid(
            at + ".operator",
            each.path("value"),
            "value must be empty when `operator` is 'Exists'");
      }
      if (!operator.isEmpty()) {
        faults.oneOf(at + ".operator", each.path("operator"), "Equal", "Exists");
      }
      if (!Tree.text(each, "effect").isEmpty()) {
        faults.oneOf(
            at + ".effect", each.path("effect"), "NoSchedule", "PreferNoSchedule", "NoExecute");
      }
      if (each.has("tolerationSeconds") && !Tree.text(each, "effect").equals("NoExecute")) {
        faults.invalid(
            at + ".effect",
            each.path("effect"),
            "effect must be 'NoExecute' when `tolerationSeconds` is set");
      }
    }
  }
}
