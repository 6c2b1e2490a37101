package io.ordinal.controller.api.cluster;

import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.model.Verdict.Reason;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Who may become what. Pure. */
final class JoinRules {
  private JoinRules() {}

  /**
   * A token that is unknown, has another secret or has expired gets the same answer, so that
   * nothing is learned from asking.
   */
  static Verdict<StoredToken> admit(Optional<StoredToken> token, String secret, Instant now) {
    return token
        .filter(each -> each.hasSecret(secret))
        .filter(each -> !each.expiredAt(now))
        .<Verdict<StoredToken>>map(Verdict.Done::new)
        .orElseGet(() -> new Verdict.Rejected<>(Reason.UNAUTHORIZED, "Unauthorized"));
  }

  /**
   * A machine may come again under its name, with an empty disk for instance; but nobody may take
   * the name or an address of a controller that is there, with a token for nodes least of all.
   */
  static Verdict<MemberRecord> decide(
      StoredToken token, JoinRequest request, Collection<MemberRecord> members, Instant now) {
    if (!token.role().covers(request.role())) {
      return new Verdict.Rejected<>(
          Reason.FORBIDDEN, "this token is for a " + token.role().word() + " and no controller");
    }
    for (MemberRecord other : members) {
      boolean sameName = other.name().equals(request.name());
      List<String> shared =
          other.addresses().stream().filter(request.addresses()::contains).toList();
      if (other.role() == JoinRole.CONTROLLER && (sameName || !shared.isEmpty())) {
        return new Verdict.Rejected<>(Reason.CONFLICT, taken(other, sameName, shared));
      }
    }
    return new Verdict.Done<>(request.record(now));
  }

  private static String taken(MemberRecord other, boolean sameName, List<String> shared) {
    String what = sameName ? "the name " + other.name() : "the address " + shared.get(0);
    return what
        + " belongs to the controller "
        + other.name()
        + "; when that machine is gone for good: ordinal controllers remove "
        + other.name();
  }
}
