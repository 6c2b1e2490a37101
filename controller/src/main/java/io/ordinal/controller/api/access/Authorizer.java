package io.ordinal.controller.api.access;

import io.ordinal.controller.api.auth.Identity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Decides who may do what. Administrators may do everything; members what they need; all others
 * what roles say. What is open to all does not depend on any object.
 */
final class Authorizer {
  private static final Set<String> OPEN_TO_ALL = Set.of("version", "healthz", "livez", "readyz");

  private final AccessIndex index;

  Authorizer(AccessIndex index) {
    this.index = index;
  }

  /** By what is known here now. */
  Ruling decide(Identity identity, Action action) {
    if (identity.isMaster()) return Ruling.allowed("");
    if (isOpen(action) || MemberRights.allow(identity, action)) return Ruling.allowed("");
    return index.grants().reason(identity, action).map(Ruling::allowed).orElse(Ruling.REFUSED);
  }

  /**
   * Nobody is refused for a role or a binding that was acknowledged but has not come here yet.
   * Strangers are refused at once, so that they can cost nothing.
   */
  CompletionStage<Ruling> rule(Identity identity, Action action) {
    Ruling here = decide(identity, action);
    if (here.allowed() || identity.isAnonymous()) return CompletableFuture.completedStage(here);
    return index
        .caughtUp()
        .handle((done, failure) -> decide(identity, action)); // Without the store: by what is here.
  }

  /** All rules that somebody has. */
  List<PolicyRule> rules(Identity identity, String namespace) {
    if (identity.isMaster()) return List.of(PolicyRule.EVERY_RESOURCE, PolicyRule.EVERY_PATH);
    return index.grants().rules(identity, namespace);
  }

  /** The rules of a role that somebody wants to grant. */
  Optional<List<PolicyRule>> role(RoleRef role) {
    return index.grants().role(role);
  }

  CompletionStage<Void> caughtUp() {
    return index.caughtUp();
  }

  private static boolean isOpen(Action action) {
    if (!(action instanceof Action.OnPath wanted) || !wanted.verb().equals("get")) return false;
    String[] segments = wanted.path().split("/");
    return segments.length > 1 && OPEN_TO_ALL.contains(segments[1]);
  }
}
