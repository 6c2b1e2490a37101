package io.ordinal.controller.set;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.event.EventNote;
import io.ordinal.controller.event.Events;

/** Tells people about a set in the words of Kubernetes. */
final class SetEvents {
  private static final String COMPONENT = "statefulset-controller";

  private final Events events;

  SetEvents(Events events) {
    this.events = events;
  }

  /**
   * @param verb create, delete or update
   */
  void podStep(ApiObject set, String verb, String pod) {
    String message = "%s Pod %s in StatefulSet %s successful".formatted(verb, pod, set.name());
    record(set, false, "Successful" + capital(verb), message);
  }

  void podStepFailed(ApiObject set, String verb, String pod, String error) {
    String message =
        "%s Pod %s in StatefulSet %s failed error: %s".formatted(verb, pod, set.name(), error);
    record(set, true, "Failed" + capital(verb), message);
  }

  void claimCreated(ApiObject set, String claim, String pod) {
    String message =
        "create Claim %s Pod %s in StatefulSet %s success".formatted(claim, pod, set.name());
    record(set, false, "SuccessfulCreate", message);
  }

  void recreatingFailed(ApiObject set, String pod) {
    String message =
        "StatefulSet %s/%s is recreating failed Pod %s".formatted(set.namespace(), set.name(), pod);
    record(set, true, "RecreatingFailedPod", message);
  }

  /** The way out of a rollout that could never have ended by itself. */
  void replacingBroken(ApiObject set, String pod) {
    String message =
        ("StatefulSet %s/%s is replacing Pod %s, which is not ready and not of the revision that"
                + " the set asks for")
            .formatted(set.namespace(), set.name(), pod);
    record(set, true, "ReplacingBrokenPod", message);
  }

  void conflictingController(ApiObject set, String claim) {
    String message =
        ("PersistentVolumeClaim %s has a conflicting OwnerReference that acts as a managing"
                + " controller, the retention policy is ignored for this claim")
            .formatted(claim);
    record(set, true, "ConflictingController", message);
  }

  private void record(ApiObject set, boolean warning, String reason, String message) {
    EventNote.About about =
        new EventNote.About(
            SetNames.API_VERSION, SetNames.KIND, set.namespace(), set.name(), set.uid(), "");
    events.record(new EventNote(about, warning, reason, message, COMPONENT, ""));
  }

  private static String capital(String verb) {
    return Character.toUpperCase(verb.charAt(0)) + verb.substring(1);
  }
}
