package io.ordinal.controller.api.schema;

import java.util.Map;

/**
 * How a strategic merge patch treats a list or a map field.
 *
 * @param merge whether the elements of a list merge; otherwise the patch's list replaces it
 * @param key the field that tells elements apart; empty for lists of plain values
 * @param retainKeys whether {@code $retainKeys} is expected in the patch
 */
public record MergeRule(boolean merge, String key, boolean retainKeys) {
  /** Lists are replaced, maps are merged: what holds for a field that no rule names. */
  public static final MergeRule NONE = new MergeRule(false, "", false);

  private static final MergeRule VALUES = new MergeRule(true, "", false);

  private static final Map<String, MergeRule> TABLE =
      Map.ofEntries(
          by("ObjectMeta.ownerReferences", "uid"),
          Map.entry("ObjectMeta.finalizers", VALUES),
          by("PodSpec.containers", "name"),
          by("PodSpec.initContainers", "name"),
          by("PodSpec.ephemeralContainers", "name"),
          Map.entry("PodSpec.volumes", new MergeRule(true, "name", true)),
          by("PodSpec.imagePullSecrets", "name"),
          by("PodSpec.hostAliases", "ip"),
          by("PodSpec.topologySpreadConstraints", "topologyKey"),
          by("PodSpec.schedulingGates", "name"),
          Map.entry("PodSpec.resourceClaims", new MergeRule(true, "name", true)),
          by("Container.ports", "containerPort"),
          by("Container.env", "name"),
          by("Container.volumeMounts", "mountPath"),
          by("Container.volumeDevices", "devicePath"),
          by("EphemeralContainer.ports", "containerPort"),
          by("EphemeralContainer.env", "name"),
          by("EphemeralContainer.volumeMounts", "mountPath"),
          by("EphemeralContainer.volumeDevices", "devicePath"),
          by("ContainerStatus.volumeMounts", "mountPath"),
          by("PodStatus.podIPs", "ip"),
          by("PodStatus.hostIPs", "ip"),
          by("PodStatus.resourceClaimStatuses", "name"),
          by("ServiceSpec.ports", "port"),
          by("ServiceAccount.secrets", "name"),
          Map.entry("NodeSpec.podCIDRs", VALUES),
          by("NodeStatus.addresses", "type"),
          Map.entry("DeploymentSpec.strategy", new MergeRule(false, "", true)),
          by("CSINodeSpec.drivers", "name"));

  /** The rule of a field, by the type that declares it. */
  public static MergeRule of(String type, String field) {
    if (field.equals("conditions") && type.endsWith("Status")) {
      return new MergeRule(true, "type", false);
    }
    return TABLE.getOrDefault(type + "." + field, NONE);
  }

  private static Map.Entry<String, MergeRule> by(String field, String key) {
    return Map.entry(field, new MergeRule(true, key, false));
  }
}
