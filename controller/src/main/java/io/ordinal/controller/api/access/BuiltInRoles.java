package io.ordinal.controller.api.access;

import io.ordinal.controller.api.auth.Identity;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.Transaction;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The roles and bindings that every cluster has from its beginning. As in Kubernetes, what is
 * missing of them is put back at a start, unless the object says that it is kept as it is.
 */
public final class BuiltInRoles {
  private static final String KEPT = "rbac.authorization.kubernetes.io/autoupdate";
  private static final String GATHER = "rbac.authorization.k8s.io/aggregate-to-";

  /**
   * A role.
   *
   * @param gathers the label by which it gathers rules of others; may be empty
   */
  private record Role(String name, List<PolicyRule> rules, String gathers) {}

  private record RoleBinding(String name, List<String> groups) {}

  private static final List<Role> ROLES =
      List.of(
          new Role("cluster-admin", BuiltInRules.everything(), ""),
          new Role("admin", BuiltInRules.admin(), "admin"),
          new Role("edit", BuiltInRules.edit(), "edit"),
          new Role("view", BuiltInRules.view(), "view"),
          new Role("system:auth-delegator", BuiltInRules.authDelegator(), ""),
          new Role("system:basic-user", BuiltInRules.basicUser(), ""),
          new Role("system:discovery", BuiltInRules.discovery(), ""),
          new Role("system:public-info-viewer", BuiltInRules.publicInfo(), ""));
  private static final List<RoleBinding> BINDINGS =
      List.of(
          new RoleBinding("cluster-admin", List.of(Identity.MASTERS)),
          new RoleBinding("system:basic-user", List.of(Identity.AUTHENTICATED)),
          new RoleBinding("system:discovery", List.of(Identity.AUTHENTICATED)),
          new RoleBinding(
              "system:public-info-viewer",
              List.of(Identity.AUTHENTICATED, Identity.UNAUTHENTICATED)));

  private final ObjectStore store;
  private final InstantSource clock;
  private final Supplier<String> freshUids;

  public BuiltInRoles(ObjectStore store, InstantSource clock, Supplier<String> freshUids) {
    this.store = store;
    this.clock = clock;
    this.freshUids = freshUids;
  }

  /**
   * Makes those that are missing, and adds rules that are. Harmless to repeat, and repeated by
   * itself when somebody else wrote one of them meanwhile.
   */
  public CompletionStage<Void> lay() {
    Map<ObjectKey, ObjectNode> wanted = wanted();
    return store
        .read(
            Freshness.LINEARIZABLE,
            view -> {
              List<Operation> operations = new ArrayList<>();
              wanted.forEach(
                  (key, tree) -> operation(key, tree, view.get(key)).ifPresent(operations::add));
              return operations;
            })
        .thenCompose(
            operations ->
                operations.isEmpty()
                    ? CompletableFuture.<Void>completedStage(null)
                    : store.commit(new Transaction(operations)).thenCompose(this::settled));
  }

  private CompletionStage<Void> settled(Outcome outcome) {
    return outcome instanceof Outcome.Refused ? lay() : CompletableFuture.completedStage(null);
  }

  private static Optional<Operation> operation(
      ObjectKey key, ObjectNode tree, Optional<StoredObject> found) {
    if (found.isEmpty()) {
      return Optional.of(new Operation.PutIfAbsent(key, new ApiObject(tree).draft()));
    }
    ApiObject present = ApiObject.of(found.get());
    if (!"true".equals(present.annotations().get(KEPT))) return Optional.empty();
    ObjectNode next = present.copy();
    for (String list : List.of("rules", "subjects")) {
      if (tree.path(list).isEmpty()) continue;
      ArrayNode there = next.path(list).isArray() ? next.withArray(list) : next.putArray(list);
      tree.path(list)
          .forEach(
              each -> {
                for (var known : there) if (known.equals(each)) return;
                there.add(each);
              });
    }
    if (next.equals(present.tree())) return Optional.empty();
    return Optional.of(
        new Operation.Put(key, new ApiObject(next).draft(), Condition.at(found.get().revision())));
  }

  private Map<ObjectKey, ObjectNode> wanted() {
    Map<ObjectKey, ObjectNode> found = new java.util.LinkedHashMap<>();
    for (Role role : ROLES) {
      ObjectNode tree = begun("ClusterRole", role.name());
      if (!role.gathers().isEmpty()) {
        tree.putObject("aggregationRule")
            .putArray("clusterRoleSelectors")
            .addObject()
            .putObject("matchLabels")
            .put(GATHER + role.gathers(), "true");
      }
      ArrayNode rules = tree.putArray("rules");
      role.rules().forEach(each -> rules.add(each.tree()));
      found.put(key(AccessKinds.CLUSTER_ROLES, role.name()), tree);
    }
    for (RoleBinding binding : BINDINGS) {
      ObjectNode tree = begun("ClusterRoleBinding", binding.name());
      tree.putObject("roleRef")
          .put("apiGroup", AccessKinds.GROUP)
          .put("kind", "ClusterRole")
          .put("name", binding.name());
      ArrayNode subjects = tree.putArray("subjects");
      for (String group : binding.groups()) {
        subjects
            .addObject()
            .put("kind", "Group")
            .put("apiGroup", AccessKinds.GROUP)
            .put("name", group);
      }
      found.put(key(AccessKinds.CLUSTER_BINDINGS, binding.name()), tree);
    }
    return found;
  }

  private static ObjectKey key(ResourceName resource, String name) {
    return new ObjectKey(resource, "", name);
  }

  private ObjectNode begun(String kind, String name) {
    ObjectNode tree = Json.object().put("kind", kind).put("apiVersion", AccessKinds.GROUP + "/v1");
    ObjectNode metadata = tree.putObject("metadata");
    metadata
        .put("name", name)
        .put("uid", freshUids.get())
        .put("creationTimestamp", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    metadata.putObject("annotations").put(KEPT, "true");
    metadata.putObject("labels").put("kubernetes.io/bootstrapping", "rbac-defaults");
    return tree;
  }
}
