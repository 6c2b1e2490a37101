package io.ordinal.controller.set;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.ClaimView;

/** Reads what the planner needs to know about a claim. */
final class ClaimFacts {
  private ClaimFacts() {}

  /**
   * @param podName of the ordinal
   * @param podUid of the pod that stands there, or empty
   */
  static ClaimView view(
      ApiObject set, ApiObject claim, int ordinal, String podName, String podUid) {
    boolean ofSet = false;
    boolean ofPod = false;
    boolean stale = false;
    boolean conflicting = false;
    for (ApiObject.Owner owner : claim.owners()) {
      boolean namesSet = owner.kind().equals(SetNames.KIND) && owner.name().equals(set.name());
      boolean namesPod = owner.kind().equals("Pod") && owner.name().equals(podName);
      ofSet |= owner.uid().equals(set.uid());
      ofPod |= owner.uid().equals(podUid);
      stale |= namesSet && !owner.uid().equals(set.uid());
      stale |= namesPod && !owner.uid().equals(podUid);
      conflicting |= owner.controller() && !namesSet && !namesPod;
    }
    return new ClaimView(
        ordinal,
        claim.name(),
        claim.deletionTimestamp().isPresent(),
        owner(ofSet, ofPod),
        stale,
        conflicting);
  }

  private static ClaimView.Owner owner(boolean ofSet, boolean ofPod) {
    if (ofSet) return ofPod ? ClaimView.Owner.BOTH : ClaimView.Owner.SET;
    return ofPod ? ClaimView.Owner.POD : ClaimView.Owner.NOBODY;
  }
}
