package io.ordinal.controller.api.access;

import io.ordinal.controller.api.auth.Identity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may do what at one revision: roles by name, bindings by whom they are for. Immutable. */
final class Grants {
  static final Grants NONE = new Grants(Map.of(), List.of());

  private record Held(Binding binding, String subject) {}

  /** A rule that somebody has, and why. */
  private record Reasoned(PolicyRule rule, Held held) {
    String reason() {
      return held.binding().reason(held.subject());
    }
  }

  private final Map<RoleRef, List<PolicyRule>> roles;
  private final Map<String, Map<String, List<Held>>> byNamespace = new HashMap<>();

  /**
   * @param roles with what they gather from others
   */
  Grants(Map<RoleRef, List<PolicyRule>> roles, Collection<Binding> bindings) {
    this.roles = Map.copyOf(roles);
    for (Binding binding : bindings) {
      Map<String, List<Held>> there =
          byNamespace.computeIfAbsent(binding.namespace(), none -> new HashMap<>());
      for (Binding.Subject each : binding.subjects()) {
        there
            .computeIfAbsent(each.key(), none -> new ArrayList<>())
            .add(new Held(binding, each.shown()));
      }
    }
  }

  /** Why this is allowed; empty when it is not. */
  Optional<String> reason(Identity identity, Action action) {
    String namespace =
        action.match(
            new Action.Cases<>() {
              @Override
              public String onResource(Action.OnResource wanted) {
                return wanted.namespace();
              }

              @Override
              public String onPath(Action.OnPath wanted) {
                return "";
              }
            });
    return held(identity, namespace).stream()
        .filter(each -> each.rule().allows(action))
        .map(Reasoned::reason)
        .findFirst();
  }

  /** The rules of a role; empty when there is none of that name. */
  Optional<List<PolicyRule>> role(RoleRef role) {
    return Optional.ofNullable(roles.get(role));
  }

  /** All rules that somebody has in a namespace, or in the whole cluster when it is empty. */
  List<PolicyRule> rules(Identity identity, String namespace) {
    return held(identity, namespace).stream().map(Reasoned::rule).distinct().toList();
  }

  private List<Reasoned> held(Identity identity, String namespace) {
    Set<String> keys = new LinkedHashSet<>();
    keys.add(Binding.userKey(identity.user()));
    identity.groups().forEach(each -> keys.add(Binding.groupKey(each)));
    List<Reasoned> found = new ArrayList<>();
    collect(byNamespace.get(""), keys, found);
    if (!namespace.isEmpty()) collect(byNamespace.get(namespace), keys, found);
    return found;
  }

  private void collect(Map<String, List<Held>> there, Set<String> keys, List<Reasoned> found) {
    if (there == null) return;
    for (String key : keys) {
      for (Held each : there.getOrDefault(key, List.of())) {
        role(each.binding().role())
            .ifPresent(rules -> rules.forEach(rule -> found.add(new Reasoned(rule, each))));
      }
    }
  }
}
