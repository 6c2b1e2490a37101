package io.ordinal.controller.api.access;

import io.ordinal.controller.api.auth.Identity;
import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.write.Guard;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.store.ResourceName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Nobody gives others, or gets for themselves, more than they have: what a role or a binding grants
 * its writer must hold, unless they may {@code escalate} the role or {@code bind} it.
 */
final class Escalation implements Guard {
  private final Authorizer authorizer;

  Escalation(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  @Override
  public void check(Call call, Optional<ApiObject> old, ApiObject next) {
    ResourceName resource = call.kind().resource();
    if (!call.kind().group().equals(AccessKinds.GROUP) || call.identity().isMaster()) return;
    boolean role = resource.equals(AccessKinds.ROLES) || resource.equals(AccessKinds.CLUSTER_ROLES);
    if (role) checkRole(call, old, next);
    else checkBinding(call, old, next);
  }

  private void checkRole(Call call, Optional<ApiObject> old, ApiObject next) {
    if (same(old, next, "rules") && same(old, next, "aggregationRule")) return;
    if (may(call, "escalate", call.kind().plural(), next.name())) return;
    List<PolicyRule> granted = new ArrayList<>(PolicyRule.of(next.tree().path("rules")));
    if (!same(old, next, "aggregationRule")) {
      // What it will gather is not known now, so that it may be anything.
      granted.add(PolicyRule.EVERY_RESOURCE);
      granted.add(PolicyRule.EVERY_PATH);
    }
    requireHeld(call, next, granted);
  }

  private void checkBinding(Call call, Optional<ApiObject> old, ApiObject next) {
    if (same(old, next, "subjects") && same(old, next, "roleRef")) return;
    RoleRef role = RoleRef.of(next.tree().path("roleRef"), next.namespace());
    String plural = role.kind().equals("Role") ? "roles" : "clusterroles";
    if (may(call, "bind", plural, role.name())) return;
    List<PolicyRule> granted =
        authorizer
            .role(role)
            .orElseThrow(
                () ->
                    Refusal.notFound(
                        "%s.%s \"%s\" not found"
                            .formatted(plural, AccessKinds.GROUP, role.name())));
    requireHeld(call, next, granted);
  }

  private static boolean same(Optional<ApiObject> old, ApiObject next, String field) {
    if (old.isEmpty()) return next.tree().path(field).isEmpty();
    return old.get().tree().path(field).equals(next.tree().path(field));
  }

  private boolean may(Call call, String verb, String plural, String name) {
    Action wanted =
        new Action.OnResource(verb, AccessKinds.GROUP, plural, "", call.path().namespace(), name);
    return authorizer.decide(call.identity(), wanted).allowed();
  }

  private void requireHeld(Call call, ApiObject next, List<PolicyRule> granted) {
    Identity writer = call.identity();
    List<PolicyRule> held = authorizer.rules(writer, call.path().namespace());
    LinkedHashSet<PolicyRule> missing = new LinkedHashSet<>(granted);
    missing.removeIf(each -> each.isCoveredBy(held));
    if (missing.isEmpty()) return;
    String groups =
        writer.groups().stream()
            .sorted()
            .map(each -> '"' + each + '"')
            .collect(Collectors.joining(" ", "[", "]"));
    String rules = missing.stream().map(PolicyRule::shown).collect(Collectors.joining("\n"));
    throw Refusal.forbidden(
        call.kind(),
        next.name(),
        "user \"%s\" (groups=%s) is attempting to grant RBAC permissions not currently held:\n%s"
            .formatted(writer.user(), groups, rules),
        List.of());
  }
}
