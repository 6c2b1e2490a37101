package io.ordinal.controller.api.cluster;

import io.ordinal.controller.api.auth.Identity;

/** How certificates say what a member is: the user is its name, the groups its rights. */
public final class MemberNames {
  /** Every member; may talk to controllers and have its certificate renewed. */
  public static final String MEMBERS = "ordinal:members";

  /** May also talk to the other controllers as one of them, and to their stores. */
  public static final String CONTROLLERS = "ordinal:controllers";

  private static final String PREFIX = "ordinal:member:";

  private MemberNames() {}

  /** The user of a member. */
  public static String user(String member) {
    return PREFIX + member;
  }

  /** Whether a member asks, in its own name. */
  public static boolean isMember(Identity identity) {
    return identity.groups().contains(MEMBERS) && identity.user().startsWith(PREFIX);
  }

  static boolean isController(Identity identity) {
    return isMember(identity) && identity.groups().contains(CONTROLLERS);
  }

  /** Its name, which is also that of its node. */
  public static String member(Identity identity) {
    return identity.user().substring(PREFIX.length());
  }
}
