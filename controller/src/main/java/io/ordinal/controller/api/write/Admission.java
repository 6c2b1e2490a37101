package io.ordinal.controller.api.write;

import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.document.AccountVolume;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Limits;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.View;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What a new object gets from others that are there already. */
final class Admission {
  private static final ResourceName CLAIMS = new ResourceName("persistentvolumeclaims");
  private static final ResourceName CLASSES = new ResourceName("storageclasses.storage.k8s.io");
  private static final ResourceName RANGES = new ResourceName("limitranges");
  private static final ResourceName ACCOUNTS = new ResourceName("serviceaccounts");
  private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";

  /**
   * @param defaultClass the StorageClass of claims that name none; empty when there is none, or
   *     when the kind does not need it
   * @param missingAccount the service account that a pod names and that is not there
   * @param account the one that a pod runs as
   * @param limits of the namespace, for pods and claims
   */
  record Surroundings(
      Optional<StoredObject> namespace,
      Optional<String> defaultClass,
      Optional<String> missingAccount,
      Optional<StoredObject> account,
      Limits limits) {

    /** Of an object that is judged by its namespace alone. */
    static Surroundings of(Optional<StoredObject> namespace) {
      return new Surroundings(
          namespace, Optional.empty(), Optional.empty(), Optional.empty(), Limits.NONE);
    }
  }

  private Admission() {}

  /**
   * Whether an object of this kind is judged by its namespace alone. The write then expects all
   * that was looked at, so that even an old view of it can do no harm.
   */
  static boolean restsOnNamespaceAlone(ResourceKind kind) {
    return !kind.resource().equals(CLAIMS) && !kind.resource().equals(Rules.PODS);
  }

  static Surroundings look(View view, ResourceKind kind, ObjectNode object, String namespace) {
    Optional<StoredObject> found =
        namespace.isEmpty() ? Optional.empty() : view.get(Rules.namespaceKey(namespace));
    boolean claim = kind.resource().equals(CLAIMS);
    Optional<String> named =
        kind.resource().equals(Rules.PODS)
            ? Optional.of(AccountVolume.accountOf(object))
            : Optional.empty();
    Optional<StoredObject> account =
        named.flatMap(each -> view.get(new ObjectKey(ACCOUNTS, namespace, each)));
    return new Surroundings(
        found,
        claim ? defaultClass(view) : Optional.empty(),
        // The account default is made a moment after its namespace, so that it may be missing.
        named.filter(each -> account.isEmpty() && !each.equals(AccountVolume.DEFAULT)),
        account,
        named.isPresent() || claim ? limits(view, namespace) : Limits.NONE);
  }

  private static Limits limits(View view, String namespace) {
    return Limits.of(view.list(RANGES, namespace).stream().map(ApiObject::of).toList());
  }

  /**
   * @throws io.ordinal.controller.api.http.StatusException 403 when a pod's account is missing
   */
  static void requireAccount(
      ResourceKind kind, String name, String namespace, Surroundings surroundings) {
    if (surroundings.missingAccount().isEmpty()) return;
    String why = AccountVolume.missing(namespace, surroundings.missingAccount().get());
    throw Refusal.forbidden(kind, name, why, List.of());
  }

  static void admit(ResourceKind kind, ObjectNode object, Surroundings surroundings) {
    if (kind.resource().equals(Rules.PODS) && surroundings.limits() != Limits.NONE) {
      kind.applyDefaults(object); // A limit that is given is a request before another one is.
      surroundings.limits().complete(object);
    }
    surroundings
        .account()
        .map(ApiObject::of)
        .ifPresent(account -> AccountVolume.mount(object, account));
    surroundings
        .defaultClass()
        .ifPresent(
            name -> {
              if (object.path("spec") instanceof ObjectNode spec && !spec.has("storageClassName")) {
                spec.put("storageClassName", name);
              }
            });
  }

  /**
   * @throws io.ordinal.controller.api.http.StatusException 403 when it asks for more or less than
   *     it may
   */
  static void requireWithinLimits(ResourceKind kind, ApiObject made, Surroundings surroundings) {
    Limits limits = surroundings.limits();
    if (limits == Limits.NONE) return;
    List<String> faults =
        kind.resource().equals(Rules.PODS)
            ? limits.faultsOfPod(made.tree())
            : limits.faultsOfClaim(made.tree());
    if (faults.isEmpty()) return;
    throw Refusal.forbidden(kind, made.name(), Limits.joined(faults), List.of());
  }

  /** The newest of those that say they are the default, as Kubernetes chooses. */
  private static Optional<String> defaultClass(View view) {
    return view.list(CLASSES, "").stream()
        .map(ApiObject::of)
        .filter(each -> "true".equals(each.annotations().get(DEFAULT)))
        .max(
            Comparator.comparing((ApiObject each) -> each.creationTimestamp().orElseThrow())
                .thenComparing(ApiObject::name, Comparator.reverseOrder()))
        .map(ApiObject::name);
  }
}
