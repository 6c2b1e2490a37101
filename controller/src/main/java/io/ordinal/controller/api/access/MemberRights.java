package io.ordinal.controller.api.access;

import io.ordinal.controller.api.auth.Identity;
import io.ordinal.controller.api.cluster.MemberNames;
import java.util.Optional;

/** What members may do with objects: nothing but to empty their own nodes. Pure. */
public final class MemberRights {
  private MemberRights() {}

  /** A member that is nobody else may empty its own node only. */
  public static Optional<String> onlyNode(Identity identity) {
    if (identity.isMaster() || !MemberNames.isMember(identity)) return Optional.empty();
    return Optional.of(MemberNames.member(identity));
  }

  /**
   * What a member needs to empty its own node before it stops. That a pod is one of its own is
   * checked where the pod is read.
   */
  static boolean allow(Identity identity, Action action) {
    if (!MemberNames.isMember(identity)) return false;
    return action instanceof Action.OnResource wanted
        && wanted.group().isEmpty()
        && allow(MemberNames.member(identity), wanted);
  }

  private static boolean allow(String member, Action.OnResource wanted) {
    boolean reads = wanted.verb().equals("get") || wanted.verb().equals("list");
    return switch (wanted.whole()) {
      case "pods" -> reads;
      case "pods/eviction" -> wanted.verb().equals("create");
      case "nodes" -> wanted.name().equals(member) && (reads || wanted.verb().equals("patch"));
      default -> false;
    };
  }
}
