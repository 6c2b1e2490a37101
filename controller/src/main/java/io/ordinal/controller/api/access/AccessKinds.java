package io.ordinal.controller.api.access;

import io.ordinal.controller.store.ResourceName;
import java.util.List;

/** The kinds that say who may do what. */
final class AccessKinds {
  /** The group of roles and bindings. */
  static final String GROUP = "rbac.authorization.k8s.io";

  static final ResourceName ROLES = ResourceName.of(GROUP, "roles");
  static final ResourceName CLUSTER_ROLES = ResourceName.of(GROUP, "clusterroles");
  static final ResourceName BINDINGS = ResourceName.of(GROUP, "rolebindings");
  static final ResourceName CLUSTER_BINDINGS = ResourceName.of(GROUP, "clusterrolebindings");
  static final ResourceName ACCOUNTS = new ResourceName("serviceaccounts");

  static final List<ResourceName> ALL =
      List.of(ROLES, CLUSTER_ROLES, BINDINGS, CLUSTER_BINDINGS, ACCOUNTS);

  private AccessKinds() {}
}
