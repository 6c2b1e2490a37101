package io.ordinal.controller.api.auth;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A user and the groups that they are in.
 *
 * @param uid empty where users have none, as those of certificates
 * @param extra whatever else the proof of identity says
 */
public record Identity(
    String user, String uid, Set<String> groups, Map<String, List<String>> extra) {
  /** The group that may do everything. */
  public static final String MASTERS = "system:masters";

  /** The group of everybody who is known. */
  public static final String AUTHENTICATED = "system:authenticated";

  /** The group of everybody else. */
  public static final String UNAUTHENTICATED = "system:unauthenticated";

  /** Somebody who showed nothing. */
  public static final Identity ANONYMOUS =
      new Identity("system:anonymous", Set.of(UNAUTHENTICATED));

  /** Somebody of whom nothing else is known. */
  public Identity(String user, Set<String> groups) {
    this(user, "", groups, Map.of());
  }

  public boolean isMaster() {
    return groups.contains(MASTERS);
  }

  public boolean isAnonymous() {
    return groups.contains(UNAUTHENTICATED);
  }
}
