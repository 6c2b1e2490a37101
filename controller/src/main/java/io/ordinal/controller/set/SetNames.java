package io.ordinal.controller.set;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.protocol.id.SetKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The names that make up a set: kinds, labels, and whose name tells which set it belongs to. */
final class SetNames {
  static final ResourceName SETS = new ResourceName("statefulsets.apps");
  static final ResourceName REVISIONS = new ResourceName("controllerrevisions.apps");
  static final ResourceName PODS = new ResourceName("pods");
  static final ResourceName CLAIMS = new ResourceName("persistentvolumeclaims");
  static final ResourceName RANGES = new ResourceName("limitranges");
  static final ResourceName CLASSES = new ResourceName("storageclasses.storage.k8s.io");
  static final ResourceName ACCOUNTS = new ResourceName("serviceaccounts");
  static final ResourceName NAMESPACES = new ResourceName("namespaces");

  static final String API_VERSION = "apps/v1";
  static final String KIND = "StatefulSet";
  static final String POD_NAME_LABEL = "statefulset.kubernetes.io/pod-name";
  static final String POD_INDEX_LABEL = "apps.kubernetes.io/pod-index";
  static final String REVISION_LABEL = "controller-revision-hash";
  static final String HASH_LABEL = "controller.kubernetes.io/hash";
  static final String FAILOVER = "ordinal.io/failover";

  private SetNames() {}

  static ObjectKey key(SetKey set) {
    return new ObjectKey(SETS, set.namespace(), set.name());
  }

  static SetKey set(ObjectKey key) {
    return new SetKey(key.namespace(), key.name());
  }

  static SetKey set(ApiObject set) {
    return new SetKey(set.namespace(), set.name());
  }

  static String claim(String template, SetKey set, int ordinal) {
    return template + "-" + set.name() + "-" + ordinal;
  }

  /** The set that a pod or revision of this name would belong to: all before the last dash. */
  static Optional<SetKey> parent(ObjectKey child) {
    int dash = child.name().lastIndexOf('-');
    return dash < 1 || child.namespace().isEmpty()
        ? Optional.empty()
        : Optional.of(new SetKey(child.namespace(), child.name().substring(0, dash)));
  }

  /** The ordinal in a claim's name, if it could have been made for this set from that template. */
  static OptionalInt claimOrdinal(String claim, String template, SetKey set) {
    String prefix = template + "-" + set.name() + "-";
    if (!claim.startsWith(prefix)) return OptionalInt.empty();
    String digits = claim.substring(prefix.length());
    return digits.matches("0|[1-9][0-9]{0,8}")
        ? OptionalInt.of(Integer.parseInt(digits))
        : OptionalInt.empty();
  }

  /** The sets that could have made a claim of this name: a template's name may have dashes. */
  static List<SetKey> claimants(ObjectKey claim) {
    List<SetKey> sets = new ArrayList<>();
    int end = claim.name().lastIndexOf('-');
    for (int dash = claim.name().indexOf('-'); dash >= 0 && dash + 1 < end; ) {
      sets.add(new SetKey(claim.namespace(), claim.name().substring(dash + 1, end)));
      dash = claim.name().indexOf('-', dash + 1);
    }
    return sets;
  }
}
