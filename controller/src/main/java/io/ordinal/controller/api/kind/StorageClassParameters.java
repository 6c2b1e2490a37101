package io.ordinal.controller.api.kind;

import io.ordinal.controller.volume.Binding;
import io.ordinal.controller.volume.NodeLoss;
import io.ordinal.controller.volume.SharedVolumes;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What the parameters of Ordinal's own storage classes may be. */
final class StorageClassParameters {
  private static final String FIELD = "parameters.";
  private static final Set<String> OF_LOCAL =
      Set.of(NodeLoss.ON_LOSS_PARAMETER, NodeLoss.AFTER_PARAMETER);
  private static final Set<String> OF_SHARED =
      Set.of(SharedVolumes.PATH, SharedVolumes.FENCING, SharedVolumes.HOOK);

  private StorageClassParameters() {}

  static void check(Faults faults, String provisioner, JsonNode parameters) {
    if (provisioner.equals(Binding.LOCAL_PROVISIONER)) local(faults, parameters);
    if (provisioner.equals(SharedVolumes.PROVISIONER)) shared(faults, parameters);
  }

  private static void local(Faults faults, JsonNode parameters) {
    known(faults, parameters, OF_LOCAL, Binding.LOCAL_PROVISIONER);
    JsonNode choice = parameters.path(NodeLoss.ON_LOSS_PARAMETER);
    faults.oneOf(FIELD + NodeLoss.ON_LOSS_PARAMETER, choice, "Wait", "Rebuild");
    JsonNode after = parameters.path(NodeLoss.AFTER_PARAMETER);
    if (!Tree.absent(after) && NodeLoss.duration(after.asString("")).isEmpty()) {
      faults.invalid(
          FIELD + NodeLoss.AFTER_PARAMETER, after, "must be a duration such as 90s, 10m or 1h30m");
    }
  }

  private static void shared(Faults faults, JsonNode parameters) {
    known(faults, parameters, OF_SHARED, SharedVolumes.PROVISIONER);
    path(faults, SharedVolumes.PATH, parameters, "a directory that every node sees");
    JsonNode fencing = parameters.path(SharedVolumes.FENCING);
    faults.oneOf(FIELD + SharedVolumes.FENCING, fencing, "lease", "hook");
    boolean hooked = fencing.asString("").equals("hook");
    if (hooked) {
      path(faults, SharedVolumes.HOOK, parameters, "a program that is on every node");
    } else if (parameters.has(SharedVolumes.HOOK)) {
      faults.forbidden(FIELD + SharedVolumes.HOOK, "may only be set with fencing: hook");
    }
  }

  private static void path(Faults faults, String name, JsonNode parameters, String what) {
    String path = parameters.path(name).asString("");
    if (path.isEmpty()) {
      faults.required(FIELD + name, what);
    } else if (!path.startsWith("/") || path.matches("/+") || ("/" + path + "/").contains("/../")) {
      faults.invalid(FIELD + name, path, "must be an absolute path below /, without \"..\"");
    }
  }

  private static void known(
      Faults faults, JsonNode parameters, Set<String> names, String provisioner) {
    for (String name : parameters.propertyNames()) {
      if (!names.contains(name)) {
        faults.forbidden(FIELD + name, "not a parameter of the provisioner " + provisioner);
      }
    }
  }
}
