package io.ordinal.controller.garbage;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import java.util.List;

/**
 * What garbage collection needs to know about an object.
 *
 * @param deleting its deletion was asked for
 */
record ObjectFacts(
    ObjectKey key, String uid, boolean deleting, List<String> finalizers, List<Owner> owners) {
  static final String FOREGROUND = "foregroundDeletion";
  static final String ORPHAN = "orphan";
  static final ResourceName PODS = new ResourceName("pods");
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
        owners);
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

  private static String group(String apiVersion) {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }
}
