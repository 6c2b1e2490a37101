package io.ordinal.controller.api.access;

import io.ordinal.controller.api.auth.AccountName;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.LabelSelection;
import io.ordinal.controller.store.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** What is known of roles, bindings and accounts. One thread writes at a time, any reads. */
final class AccessState {
  private record Role(
      List<PolicyRule> rules, List<JsonNode> gathered, Map<String, String> labels) {}

  private final Map<ObjectKey, Role> roles = new HashMap<>();
  private final Map<ObjectKey, Binding> bindings = new HashMap<>();
  private final Map<AccountName, String> accounts = new ConcurrentHashMap<>();
  private volatile Grants grants = Grants.NONE;

  Grants grants() {
    return grants;
  }

  Optional<String> uid(AccountName account) {
    return Optional.ofNullable(accounts.get(account));
  }

  /** Everything there is. */
  void replace(Map<ObjectKey, ApiObject> all) {
    roles.clear();
    bindings.clear();
    Set<AccountName> gone = new LinkedHashSet<>(accounts.keySet());
    all.keySet().forEach(key -> gone.remove(new AccountName(key.namespace(), key.name())));
    gone.forEach(accounts::remove);
    change(all, Set.of());
  }

  void change(Map<ObjectKey, ApiObject> present, Set<ObjectKey> gone) {
    boolean accountsOnly = true;
    for (ObjectKey key : gone) accountsOnly &= remove(key);
    for (Map.Entry<ObjectKey, ApiObject> each : present.entrySet()) {
      accountsOnly &= put(each.getKey(), each.getValue());
    }
    if (!accountsOnly) grants = new Grants(effective(), bindings.values());
  }

  private boolean remove(ObjectKey key) {
    if (key.resource().equals(AccessKinds.ACCOUNTS)) {
      accounts.remove(new AccountName(key.namespace(), key.name()));
      return true;
    }
    roles.remove(key);
    bindings.remove(key);
    return false;
  }

  private boolean put(ObjectKey key, ApiObject object) {
    if (key.resource().equals(AccessKinds.ACCOUNTS)) {
      accounts.put(new AccountName(key.namespace(), key.name()), object.uid());
      return true;
    }
    if (isRole(key)) {
      List<JsonNode> gathered = new ArrayList<>();
      object
          .tree()
          .path("aggregationRule")
          .path("clusterRoleSelectors")
          .forEach(each -> gathered.add(each.deepCopy()));
      roles.put(
          key, new Role(PolicyRule.of(object.tree().path("rules")), gathered, object.labels()));
    } else {
      bindings.put(key, Binding.of(object));
    }
    return false;
  }

  private static boolean isRole(ObjectKey key) {
    return key.resource().equals(AccessKinds.ROLES)
        || key.resource().equals(AccessKinds.CLUSTER_ROLES);
  }

  /** Every role with its own rules and those of the cluster roles that it gathers. */
  private Map<RoleRef, List<PolicyRule>> effective() {
    Map<RoleRef, List<PolicyRule>> found = new HashMap<>();
    roles.forEach(
        (key, role) -> {
          boolean cluster = key.resource().equals(AccessKinds.CLUSTER_ROLES);
          String kind = cluster ? "ClusterRole" : "Role";
          Set<ObjectKey> reached = new LinkedHashSet<>();
          reach(key, reached);
          List<PolicyRule> rules =
              reached.stream()
                  .flatMap(each -> roles.get(each).rules().stream())
                  .distinct()
                  .toList();
          found.put(new RoleRef(kind, key.name(), key.namespace()), rules);
        });
    return found;
  }

  private void reach(ObjectKey key, Set<ObjectKey> reached) {
    if (!reached.add(key)) return; // Roles may gather each other.
    for (JsonNode selector : roles.get(key).gathered()) {
      roles.forEach(
          (other, role) -> {
            boolean cluster = other.resource().equals(AccessKinds.CLUSTER_ROLES);
            if (cluster && LabelSelection.matches(selector, role.labels())) reach(other, reached);
          });
    }
  }
}
