package io.ordinal.controller.api.auth;

import java.util.Set;

/** A user and the groups that they are in. */
public record Identity(String user, Set<String> groups) {
  /** The group that may do everything. */
  public static final String MASTERS = "system:masters";

  public static final Identity ANONYMOUS =
      new Identity("system:anonymous", Set.of("system:unauthenticated"));

  public boolean isMaster() {
    return groups.contains(MASTERS);
  }
}
