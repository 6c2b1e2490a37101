package io.ordinal.controller.api.schema;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How server-side apply takes a list, a map or a structure: whole, or piece by piece. Kubernetes
 * says it in the comments of its types ({@code listType}, {@code mapType}, {@code structType});
 * these are its words for the types that are served.
 *
 * @param whole the value has one owner and is replaced as a whole
 * @param keys of a list whose elements are owned one by one; empty for a list of plain values
 */
public record ApplyRule(boolean whole, List<String> keys) {
  private static final ApplyRule WHOLE = new ApplyRule(true, List.of());
  private static final ApplyRule PIECES = new ApplyRule(false, List.of());

  /** What a key of an element is when it is left out. */
  public static final Map<String, String> KEY_DEFAULTS = Map.of("protocol", "TCP");

  private static final Map<String, ApplyRule> LISTS =
      Map.ofEntries(
          by("ObjectMeta.ownerReferences", "uid"),
          Map.entry("ObjectMeta.finalizers", PIECES),
          by("PodSpec.containers", "name"),
          by("PodSpec.initContainers", "name"),
          by("PodSpec.ephemeralContainers", "name"),
          by("PodSpec.volumes", "name"),
          by("PodSpec.imagePullSecrets", "name"),
          by("PodSpec.hostAliases", "ip"),
          by("PodSpec.topologySpreadConstraints", "topologyKey", "whenUnsatisfiable"),
          by("PodSpec.schedulingGates", "name"),
          by("PodSpec.resourceClaims", "name"),
          by("Container.ports", "containerPort", "protocol"),
          by("Container.env", "name"),
          by("Container.volumeMounts", "mountPath"),
          by("Container.volumeDevices", "devicePath"),
          by("EphemeralContainer.ports", "containerPort", "protocol"),
          by("EphemeralContainer.env", "name"),
          by("EphemeralContainer.volumeMounts", "mountPath"),
          by("EphemeralContainer.volumeDevices", "devicePath"),
          by("ResourceRequirements.claims", "name"),
          by("ContainerStatus.volumeMounts", "mountPath"),
          by("ContainerStatus.allocatedResourcesStatus", "name"),
          by("PodStatus.podIPs", "ip"),
          by("PodStatus.resourceClaimStatuses", "name"),
          by("ServiceSpec.ports", "port", "protocol"),
          by("ServiceAccount.secrets", "name"),
          Map.entry("NodeSpec.podCIDRs", PIECES),
          by("NodeStatus.addresses", "type"),
          by("CSINodeSpec.drivers", "name"));

  private static final Set<String> WHOLE_STRUCTURES =
      Set.of(
          "LabelSelector",
          "NodeSelector",
          "NodeSelectorTerm",
          "ConfigMapKeySelector",
          "SecretKeySelector",
          "ObjectFieldSelector",
          "ResourceFieldSelector",
          "LocalObjectReference",
          "ObjectReference",
          "SecretReference",
          "TypedLocalObjectReference",
          "ScopeSelector",
          "ScopedResourceSelectorRequirement",
          "TopologySelectorTerm",
          "EndpointAddress",
          "EndpointPort",
          "RoleRef",
          "Subject");

  private static final Set<String> WHOLE_MAPS =
      Set.of("PodSpec.nodeSelector", "ServiceSpec.selector", "ReplicationControllerSpec.selector");

  /** Structures that are whole elsewhere and have owners for their fields here. */
  private static final Set<String> GRANULAR = Set.of("PersistentVolumeSpec.claimRef");

  /** The rule of a field, by the type that declares it. */
  public static ApplyRule of(String type, String field, Shape shape) {
    if (shape instanceof Shape.ListOf) return list(type, field);
    String name = type + "." + field;
    if (shape instanceof Shape.MapOf) return WHOLE_MAPS.contains(name) ? WHOLE : PIECES;
    return GRANULAR.contains(name) ? PIECES : of(shape);
  }

  /** The rule of a value, wherever it stands. */
  public static ApplyRule of(Shape shape) {
    boolean whole =
        shape instanceof Shape.ListOf
            || shape instanceof Shape.Structure structure
                && WHOLE_STRUCTURES.contains(structure.name());
    return whole ? WHOLE : PIECES;
  }

  private static ApplyRule list(String type, String field) {
    boolean conditions =
        field.equals("conditions") && type.endsWith("Status") && !type.equals("JobStatus");
    if (conditions) return new ApplyRule(false, List.of("type"));
    return LISTS.getOrDefault(type + "." + field, WHOLE);
  }

  private static Map.Entry<String, ApplyRule> by(String field, String... keys) {
    return Map.entry(field, new ApplyRule(false, List.of(keys)));
  }
}
