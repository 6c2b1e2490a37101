package io.ordinal.controller.volume;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.event.EventNote;
import java.util.Optional;

/** What people are told of a claim that has no volume yet, in the words of Kubernetes. Pure. */
final class ClaimNews {
  private static final String COMPONENT = "persistentvolume-controller";

  private ClaimNews() {}

  /** Whether it waits for a volume, so that there may be something to tell. */
  static boolean isWaiting(ApiObject claim) {
    return claim.deletionTimestamp().isEmpty()
        && claim.spec().path("volumeName").asString("").isEmpty();
  }

  /**
   * Why a waiting claim gets no volume. Nothing when a pod uses it, whose own events tell what it
   * waits for, unless there never will be one.
   *
   * @param used whether a pod does
   */
  static Optional<EventNote> of(ApiObject claim, boolean used, VolumeWorld world) {
    boolean classed = Binding.storageClass(claim, world).isPresent();
    boolean served = classed || Binding.finds(claim, world);
    String wanted = Binding.className(claim);
    if (!served && !wanted.isEmpty()) {
      String text = "storageclass.storage.k8s.io \"%s\" not found".formatted(wanted);
      return Optional.of(note(claim, true, "ProvisioningFailed", text));
    }
    if (used || !served) return Optional.empty();
    // Of every class: Immediate is not acted by here.
    String text = "waiting for first consumer to be created before binding";
    return Optional.of(note(claim, false, "WaitForFirstConsumer", text));
  }

  private static EventNote note(ApiObject claim, boolean warning, String reason, String text) {
    EventNote.About about =
        new EventNote.About(
            "v1", "PersistentVolumeClaim", claim.namespace(), claim.name(), claim.uid(), "");
    return new EventNote(about, warning, reason, text, COMPONENT, "");
  }
}
