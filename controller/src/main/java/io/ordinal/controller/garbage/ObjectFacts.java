package io.ordinal.controller.garbage;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What garbage collection needs to know about an object.
 *
 * @param deleting its deletion was asked for
 * @param uses names of the claims that a pod uses, as long as it may run
 * @param boundTo uid of the claim that a volume is bound to, or empty
 */
record ObjectFacts(
    ObjectKey key,
    String uid,
    boolean deleting,
    List<String> finalizers,
    List<Owner> owners,
    Set<String> uses,
    String boundTo) {
  static final String FOREGROUND = "foregroundDeletion";
  static final String ORPHAN = "orphan";
  static final ResourceName PODS = new ResourceName("pods");
  static final ResourceName CLAIMS = new ResourceName("persistentvolumeclaims");
  static final ResourceName VOLUMES = new ResourceName("persistentvolumes");
  static final ResourceName NAMESPACES = new ResourceName("namespaces");

  /**
   * An owner reference.
   *
   * @param group of the owner's kind, empty for core kinds
   * @param blocking the owner waits for this dependent when it is deleted in the foreground
   */
  record Owner(String uid, String group, String kind, String name, boolean blocking) {}

  static ObjectFacts of(StoredObject stored) {
    ApiObject object = ApiObject.of(stored);
    List<Owner> owners =
        object.owners().stream()
            .map(
                each ->
                    new Owner(
                        each.uid(),
                        group(each.apiVersion()),
                        each.kind(),
                        each.name(),
                        each.blocking()))
            .toList();
    return new ObjectFacts(
        stored.key(),
        stored.uid(),
        object.deletionTimestamp().isPresent(),
        object.finalizers(),
        owners,
        stored.key().resource().equals(PODS) ? claims(object) : Set.of(),
        object.spec().path("claimRef").path("uid").asString(""));
  }

  /** Whether it is being deleted and waits for something that this finalizer stands for. */
  boolean heldBy(String finalizer) {
    return deleting && finalizers.contains(finalizer);
  }

  boolean ownedBy(String ownerUid) {
    return owners.stream().anyMatch(each -> each.uid().equals(ownerUid));
  }

  boolean blocks(String ownerUid) {
    return owners.stream().anyMatch(each -> each.blocking() && each.uid().equals(ownerUid));
  }

  private static Set<String> claims(ApiObject pod) {
    String phase = pod.status().path("phase").asString("");
    Set<String> names = new HashSet<>();
    if (phase.equals("Succeeded") || phase.equals("Failed")) return names;
    for (JsonNode volume : pod.spec().path("volumes")) {
      String name = volume.path("persistentVolumeClaim").path("claimName").asString("");
      if (!name.isEmpty()) names.add(name);
    }
    return names;
  }

  private static String group(String apiVersion) {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }
}
