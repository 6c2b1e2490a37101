package io.ordinal.controller.api.kind;

import io.ordinal.controller.api.kind.review.SelfSubjectAccessReview;
import io.ordinal.controller.api.kind.review.SelfSubjectRulesReview;
import io.ordinal.controller.api.kind.review.SubjectAccessReview;
import io.ordinal.controller.store.ResourceName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The kinds that are served, by their names. */
public final class KindRegistry {
  private final Map<ResourceName, ResourceKind> byName = new LinkedHashMap<>();

  public KindRegistry(List<? extends ResourceKind> kinds) {
    for (ResourceKind kind : kinds) {
      ResourceKind before = byName.put(kind.resource(), kind);
      if (before != null) throw new IllegalArgumentException(kind.resource() + " is there twice");
    }
  }

  /** Every kind that Ordinal serves. A new kind is one line here and one class. */
  public static KindRegistry standard() {
    return new KindRegistry(
        List.of(
            new NamespaceKind(),
            new NodeKind(),
            new PersistentVolumeKind(),
            new PersistentVolumeClaimKind(),
            new PodKind(),
            new ServiceKind(),
            new ConfigMapKind(),
            new SecretKind(),
            new ServiceAccountKind(),
            new LimitRangeKind(),
            new EventKind(),
            new GroupedEventKind(),
            new StatefulSetKind(),
            new ControllerRevisionKind(),
            new PodDisruptionBudgetKind(),
            new StorageClassKind(),
            new LeaseKind(),
            new EndpointsKind(),
            new EndpointSliceKind(),
            RoleKind.ofNamespace(),
            RoleKind.ofCluster(),
            RoleBindingKind.ofNamespace(),
            RoleBindingKind.ofCluster(),
            ReviewKind.of(SelfSubjectAccessReview.class),
            ReviewKind.of(SelfSubjectRulesReview.class),
            ReviewKind.of(SubjectAccessReview.class),
            ReviewKind.local(),
            ReviewKind.whoAmI(),
            ReviewKind.whoseToken(),
            new NodeMetricsKind(),
            new PodMetricsKind(),
            new DrillKind()));
  }

  public Collection<ResourceKind> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  /** Finds by group, version and plural. */
  public Optional<ResourceKind> find(String group, String version, String plural) {
    return all().stream()
        .filter(each -> each.group().equals(group) && each.plural().equals(plural))
        .filter(each -> each.version().equals(version))
        .findFirst();
  }

  public Optional<ResourceKind> find(ResourceName name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * @throws IllegalStateException when it is not served
   */
  public ResourceKind require(ResourceName name) {
    ResourceKind found = byName.get(name);
    if (found == null) throw new IllegalStateException("the kind " + name + " is not registered");
    return found;
  }

  /** Whether anything is served under this group and version. */
  public boolean serves(String group, String version) {
    return all().stream()
        .anyMatch(each -> each.group().equals(group) && each.version().equals(version));
  }

  /** Kinds by group and then version, groups in alphabetical order with the core group first. */
  public Map<String, Map<String, List<ResourceKind>>> byGroup() {
    Map<String, Map<String, List<ResourceKind>>> found = new TreeMap<>();
    for (ResourceKind kind : all()) {
      found
          .computeIfAbsent(kind.group(), group -> new TreeMap<>())
          .computeIfAbsent(kind.version(), version -> new ArrayList<>())
          .add(kind);
    }
    return found;
  }
}
