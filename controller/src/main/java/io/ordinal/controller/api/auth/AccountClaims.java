package io.ordinal.controller.api.auth;

import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ResourceName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the token of a service account says.
 *
 * @param uid of the account, so that a later one of the same name is not meant
 * @param id of this token
 * @param bound the object without which the token is void
 */
public record AccountClaims(
    AccountName account,
    String uid,
    List<String> audiences,
    Instant issued,
    Instant expires,
    String id,
    Optional<Bound> bound) {
  /** Who issues tokens, and whom they are for unless they say otherwise. */
  public static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

  private static final String OURS = "kubernetes.io";
  private static final String EXTRA = "authentication.kubernetes.io/";
  private static final List<String> KINDS = List.of("Pod", "Secret", "Node");

  /**
   * An object that a token depends on.
   *
   * @param kind Pod, Secret or Node
   */
  public record Bound(String kind, String name, String uid) {
    /** Where it stands, given the namespace of the account. */
    public ObjectKey key(String namespace) {
      ResourceName resource = new ResourceName(kind.toLowerCase(Locale.ROOT) + "s");
      return new ObjectKey(resource, kind.equals("Node") ? "" : namespace, name);
    }
  }

  /** Signs these claims. */
  public String sign(SigningKey key) {
    return WebToken.sign(key, tree());
  }

  private ObjectNode tree() {
    ObjectNode tree = Json.object();
    audiences.forEach(tree.putArray("aud")::add);
    tree.put("exp", expires.getEpochSecond());
    tree.put("iat", issued.getEpochSecond());
    tree.put("iss", ISSUER);
    tree.put("jti", id);
    ObjectNode ours = tree.putObject(OURS);
    ours.put("namespace", account.namespace());
    bound.ifPresent(
        each ->
            ours.putObject(each.kind().toLowerCase(Locale.ROOT))
                .put("name", each.name())
                .put("uid", each.uid()));
    ours.putObject("serviceaccount").put("name", account.name()).put("uid", uid);
    tree.put("nbf", issued.getEpochSecond());
    tree.put("sub", account.user());
    return tree;
  }

  /** Empty when the token is not one of ours. That it holds now is not looked at. */
  static Optional<AccountClaims> verified(OpenKey key, String token) {
    return WebToken.verified(key, token).flatMap(AccountClaims::of);
  }

  private static Optional<AccountClaims> of(ObjectNode tree) {
    JsonNode ours = tree.path(OURS);
    JsonNode account = ours.path("serviceaccount");
    AccountName name =
        new AccountName(ours.path("namespace").asString(""), account.path("name").asString(""));
    boolean whole =
        tree.path("iss").asString("").equals(ISSUER)
            && tree.path("sub").asString("").equals(name.user())
            && tree.path("exp").isNumber();
    if (!whole) return Optional.empty();
    List<String> audiences = new ArrayList<>();
    tree.path("aud").forEach(each -> audiences.add(each.asString("")));
    return Optional.of(
        new AccountClaims(
            name,
            account.path("uid").asString(""),
            audiences,
            Instant.ofEpochSecond(tree.path("iat").asLong(0)),
            Instant.ofEpochSecond(tree.path("exp").asLong(0)),
            tree.path("jti").asString(""),
            bound(ours)));
  }

  private static Optional<Bound> bound(JsonNode ours) {
    for (String kind : KINDS) {
      JsonNode found = ours.path(kind.toLowerCase(Locale.ROOT));
      if (found.isObject()) {
        return Optional.of(
            new Bound(kind, found.path("name").asString(""), found.path("uid").asString("")));
      }
    }
    return Optional.empty();
  }

  Identity identity() {
    Map<String, List<String>> extra = new TreeMap<>();
    extra.put(EXTRA + "credential-id", List.of("JTI=" + id));
    bound.ifPresent(
        each -> {
          String kind = each.kind().toLowerCase(Locale.ROOT);
          extra.put(EXTRA + kind + "-name", List.of(each.name()));
          extra.put(EXTRA + kind + "-uid", List.of(each.uid()));
        });
    return new Identity(account.user(), uid, account.groups(), extra);
  }
}
