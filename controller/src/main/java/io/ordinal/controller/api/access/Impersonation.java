package io.ordinal.controller.api.access;

import io.ordinal.controller.api.auth.AccountName;
import io.ordinal.controller.api.auth.Identity;
import io.ordinal.controller.api.http.Refusal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * As whom a request wants to be answered, and what its sender must be allowed for that. Pure.
 *
 * @param identity whom to take the sender for
 * @param needed each of these
 */
record Impersonation(Identity identity, List<Action> needed) {
  private static final String PREFIX = "impersonate-";
  private static final String EXTRA = "impersonate-extra-";
  private static final String AUTHENTICATION = "authentication.k8s.io";

  /** Empty for requests that want no such thing. */
  static Optional<Impersonation> of(HttpRequest request) {
    String user = "";
    String uid = "";
    List<String> groups = new ArrayList<>();
    Map<String, List<String>> extra = new LinkedHashMap<>();
    boolean any = false;
    for (HttpHeader header : request.getHeaders()) {
      String name = header.lowercaseName();
      if (!name.startsWith(PREFIX)) continue;
      any = true;
      if (name.equals("impersonate-user")) user = header.value();
      else if (name.equals("impersonate-uid")) uid = header.value();
      else if (name.equals("impersonate-group")) groups.add(header.value());
      else if (name.startsWith(EXTRA)) {
        extra.computeIfAbsent(key(name), none -> new ArrayList<>()).add(header.value());
      }
    }
    if (!any) return Optional.empty();
    if (user.isEmpty()) {
      throw Refusal.badRequest(
          "requested to impersonate groups or more without impersonating a user");
    }
    return Optional.of(of(user, uid, groups, extra));
  }

  private static String key(String header) {
    try {
      return URLDecoder.decode(header.substring(EXTRA.length()), StandardCharsets.UTF_8)
          .toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException broken) {
      return header.substring(EXTRA.length());
    }
  }

  private static Impersonation of(
      String user, String uid, List<String> groups, Map<String, List<String>> extra) {
    List<Action> needed = new ArrayList<>();
    Optional<AccountName> account = AccountName.ofUser(user);
    needed.add(
        account
            .map(each -> to("", "serviceaccounts", "", each.namespace(), each.name()))
            .orElseGet(() -> to("", "users", "", "", user)));
    groups.forEach(each -> needed.add(to("", "groups", "", "", each)));
    extra.forEach(
        (key, values) ->
            values.forEach(each -> needed.add(to(AUTHENTICATION, "userextras", key, "", each))));
    if (!uid.isEmpty()) needed.add(to(AUTHENTICATION, "uids", "", "", uid));
    return new Impersonation(new Identity(user, uid, groups(user, account, groups), extra), needed);
  }

  private static Set<String> groups(
      String user, Optional<AccountName> account, List<String> asked) {
    Set<String> groups = new LinkedHashSet<>(asked);
    if (user.equals(Identity.ANONYMOUS.user())) {
      groups.add(Identity.UNAUTHENTICATED);
      return groups;
    }
    if (asked.isEmpty() && account.isPresent()) groups.addAll(account.get().groups());
    if (!groups.contains(Identity.UNAUTHENTICATED)) groups.add(Identity.AUTHENTICATED);
    return groups;
  }

  private static Action to(
      String group, String resource, String subresource, String namespace, String name) {
    return new Action.OnResource("impersonate", group, resource, subresource, namespace, name);
  }
}
