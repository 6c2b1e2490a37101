package io.ordinal.controller.api.auth;

import java.util.Optional;
import java.util.Set;

/** A service account, and the user that it is. */
public record AccountName(String namespace, String name) {
  private static final String PREFIX = "system:serviceaccount:";
  private static final String GROUP = "system:serviceaccounts";

  /** The account that a user name means, if it means one. */
  public static Optional<AccountName> ofUser(String user) {
    if (!user.startsWith(PREFIX)) return Optional.empty();
    String[] parts = user.substring(PREFIX.length()).split(":", -1);
    boolean whole = parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty();
    return whole ? Optional.of(new AccountName(parts[0], parts[1])) : Optional.empty();
  }

  public String user() {
    return PREFIX + namespace + ":" + name;
  }

  /** The groups of every account, of its namespace's accounts, and of everybody known. */
  public Set<String> groups() {
    return Set.of(GROUP, GROUP + ":" + namespace, Identity.AUTHENTICATED);
  }
}
