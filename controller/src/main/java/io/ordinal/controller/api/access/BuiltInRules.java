package io.ordinal.controller.api.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The rules of the roles that every cluster has, as Kubernetes has them for the kinds that are
 * served here.
 */
final class BuiltInRules {
  private static final List<String> READ = List.of("get", "list", "watch");
  private static final List<String> WRITE =
      List.of("create", "delete", "deletecollection", "patch", "update");
  private static final String CORE = "";
  private static final String APPS = "apps";
  private static final String POLICY = "policy";
  private static final String COORDINATION = "coordination.k8s.io";
  private static final String DISCOVERY = "discovery.k8s.io";
  private static final String ACCESS = "authorization.k8s.io";

  private BuiltInRules() {}

  static List<PolicyRule> everything() {
    return List.of(PolicyRule.EVERY_RESOURCE, PolicyRule.EVERY_PATH);
  }

  static List<PolicyRule> view() {
    return List.of(
        rule(
            READ,
            CORE,
            "configmaps",
            "endpoints",
            "persistentvolumeclaims",
            "persistentvolumeclaims/status",
            "pods",
            "pods/log",
            "pods/status",
            "serviceaccounts",
            "services",
            "services/status",
            "events",
            "limitranges",
            "namespaces",
            "namespaces/status"),
        rule(
            READ,
            APPS,
            "controllerrevisions",
            "statefulsets",
            "statefulsets/scale",
            "statefulsets/status"),
        rule(READ, POLICY, "poddisruptionbudgets", "poddisruptionbudgets/status"),
        rule(READ, DISCOVERY, "endpointslices"),
        rule(READ, "events.k8s.io", "events"),
        rule(List.of("get", "list"), "metrics.k8s.io", "pods", "nodes"));
  }

  static List<PolicyRule> edit() {
    List<PolicyRule> rules = new ArrayList<>(view());
    rules.add(rule(READ, CORE, "pods/attach", "pods/exec", "pods/portforward", "secrets"));
    rules.add(rule(List.of("impersonate"), CORE, "serviceaccounts"));
    rules.add(rule(WRITE, CORE, "pods", "pods/attach", "pods/exec", "pods/portforward"));
    rules.add(rule(List.of("create"), CORE, "pods/eviction", "serviceaccounts/token"));
    rules.add(
        rule(
            WRITE,
            CORE,
            "configmaps",
            "events",
            "persistentvolumeclaims",
            "secrets",
            "serviceaccounts",
            "services"));
    rules.add(rule(WRITE, APPS, "statefulsets", "statefulsets/scale"));
    rules.add(rule(WRITE, POLICY, "poddisruptionbudgets"));
    rules.add(rule(both(), COORDINATION, "leases"));
    return rules;
  }

  static List<PolicyRule> admin() {
    List<PolicyRule> rules = new ArrayList<>(edit());
    rules.add(rule(List.of("create"), ACCESS, "localsubjectaccessreviews"));
    rules.add(rule(both(), AccessKinds.GROUP, "roles", "rolebindings"));
    return rules;
  }

  /** What everybody who is known may ask about themselves. */
  static List<PolicyRule> basicUser() {
    return List.of(
        rule(List.of("create"), ACCESS, "selfsubjectaccessreviews", "selfsubjectrulesreviews"),
        rule(List.of("create"), "authentication.k8s.io", "selfsubjectreviews"));
  }

  static List<PolicyRule> discovery() {
    return List.of(
        paths(
            "/api",
            "/api/*",
            "/apis",
            "/apis/*",
            "/healthz",
            "/livez",
            "/openapi",
            "/openapi/*",
            "/readyz",
            "/version",
            "/version/"));
  }

  static List<PolicyRule> publicInfo() {
    return List.of(paths("/healthz", "/livez", "/readyz", "/version", "/version/"));
  }

  /** What a program needs that asks for others whether they may. */
  static List<PolicyRule> authDelegator() {
    return List.of(
        rule(List.of("create"), "authentication.k8s.io", "tokenreviews"),
        rule(List.of("create"), ACCESS, "subjectaccessreviews"));
  }

  private static List<String> both() {
    List<String> verbs = new ArrayList<>(WRITE);
    verbs.addAll(READ);
    return verbs;
  }

  private static PolicyRule rule(List<String> verbs, String group, String... resources) {
    return new PolicyRule(
        ordered(verbs), Set.of(group), ordered(List.of(resources)), Set.of(), Set.of());
  }

  private static PolicyRule paths(String... paths) {
    return new PolicyRule(Set.of("get"), Set.of(), Set.of(), Set.of(), ordered(List.of(paths)));
  }

  private static Set<String> ordered(List<String> values) {
    return new java.util.LinkedHashSet<>(values);
  }
}
