package io.ordinal.controller.api.cluster;

import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.model.Verdict.Reason;
import java.time.Instant;
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
   * A machine may come again under its name, with an empty disk for instance, and ask again when it
   * did not hear the answer: it is known by its key. But nobody may take the name of a controller
   * or of a node that is there, nor an address of any other member: by its address a node is known
   * when it speaks.
   *
   * @param key of the certificate request
   */
  static Verdict<MemberRecord> decide(
      StoredToken token, JoinRequest request, String key, Members.Known known, Instant now) {
    if (!token.role().covers(request.role())) {
      return new Verdict.Rejected<>(
          Reason.FORBIDDEN, "this token is for a " + token.role().word() + " and no controller");
    }
    for (MemberRecord other : known.all()) {
      Optional<String> obstacle =
          other.name().equals(request.name())
              ? name(other, request, key, known)
              : address(other, request);
      if (obstacle.isPresent()) return new Verdict.Rejected<>(Reason.CONFLICT, obstacle.get());
    }
    return new Verdict.Done<>(request.record(key, now));
  }

  private static Optional<String> name(
      MemberRecord other, JoinRequest request, String key, Members.Known known) {
    if (other.isOf(request.name(), request.role(), key)) return Optional.empty();
    boolean moved = !other.addresses().equals(request.addresses());
    if (other.role() == JoinRole.CONTROLLER)
      return Optional.of(taken("the name " + other.name(), other));
    return known.present().contains(other.name()) && moved
        ? Optional.of(
            "the name "
                + other.name()
                + " belongs to a node that is there, at "
                + String.join(", ", other.addresses())
                + ": give this machine another one, or stop that one first")
        : Optional.empty();
  }

  private static Optional<String> address(MemberRecord other, JoinRequest request) {
    return other.addresses().stream()
        .filter(request.addresses()::contains)
        .findFirst()
        .map(each -> taken("the address " + each, other));
  }

  private static String taken(String what, MemberRecord owner) {
    String name = owner.name();
    return switch (owner.role()) {
      case CONTROLLER ->
          "%s belongs to the controller %s; when that machine is gone for good: ordinal controllers remove %s"
              .formatted(what, name, name);
      case NODE ->
          "%s belongs to the node %s; when that machine is gone for good: kubectl delete node %s"
              .formatted(what, name, name);
    };
  }
}
