package io.ordinal.controller.plan;

import io.ordinal.controller.model.ClaimView;
import io.ordinal.controller.model.ReplicaView;
import io.ordinal.controller.model.SetSpec.ClaimRetention;
import io.ordinal.controller.model.SetView;
import java.util.Optional;
import java.util.stream.Stream;

/** With whom the claims of a replica should go, by the set's retention policy. */
final class ClaimRetentions {
  private ClaimRetentions() {}

  /**
   * The step that puts the claims of an existing replica right, if one is needed.
   *
   * @param surplus the set does not want the replica any more
   */
  static Optional<SetAction> wrong(SetView view, int ordinal, boolean surplus) {
    ClaimView.Owner wanted = owner(view.spec().retention(), surplus);
    boolean wrong = claims(view, ordinal).anyMatch(claim -> claim.owner() != wanted);
    return wrong ? Optional.of(new SetAction.OwnClaims(ordinal, wanted)) : Optional.empty();
  }

  /**
   * The step that keeps claims from going with something that the policy does not tie them to, or
   * ties the claims of a wanted replica as the policy says. Claims without a pod are only ever
   * untied: they may have been made by somebody else under that name.
   *
   * @param replica under that ordinal, or null
   */
  static Optional<SetAction> untimely(SetView view, int ordinal, ReplicaView replica) {
    ClaimRetention retention = view.spec().retention();
    boolean surplus = !view.spec().wants(ordinal);
    boolean member = replica != null && replica.member();
    // The claims of a surplus replica are tied to its pod just before that is ended.
    if (member && !(surplus && retention.deleteWhenScaled())) return wrong(view, ordinal, false);
    boolean untimely =
        claims(view, ordinal)
            .map(ClaimView::owner)
            .anyMatch(owner -> owner == ClaimView.Owner.SET && !retention.deleteWhenDeleted());
    return untimely
        ? Optional.of(new SetAction.OwnClaims(ordinal, ClaimView.Owner.NOBODY))
        : Optional.empty();
  }

  /** A stale owner has sealed a claim's end already; a foreign one is to be respected. */
  private static Stream<ClaimView> claims(SetView view, int ordinal) {
    return view.claims().stream()
        .filter(claim -> claim.ordinal() == ordinal)
        .filter(claim -> !claim.stale() && !claim.conflicting() && !claim.deleting());
  }

  static ClaimView.Owner owner(ClaimRetention retention, boolean surplus) {
    if (surplus && retention.deleteWhenScaled()) return ClaimView.Owner.POD;
    return retention.deleteWhenDeleted() ? ClaimView.Owner.SET : ClaimView.Owner.NOBODY;
  }
}
