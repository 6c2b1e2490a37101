package io.ordinal.controller.set;

import io.ordinal.controller.replica.Basis;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.SetKey;
import io.ordinal.protocol.id.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What one read of the store finds of a set. Nothing is decoded here: this runs on the store's
 * threads.
 *
 * @param term the one in force
 * @param pods by ordinal, whoever they belong to
 * @param claims whose name could come from a template of the set
 * @param ranges what pods and claims of the namespace may ask for
 */
record SetLook(
    Term term,
    Optional<StoredObject> set,
    Optional<StoredObject> namespace,
    List<StoredObject> revisions,
    Map<Integer, StoredObject> pods,
    List<StoredObject> claims,
    List<StoredObject> classes,
    List<StoredObject> ranges) {
  static final RecordKey TERM = new RecordKey(Basis.TERM_FAMILY, Basis.TERM_ID);

  static SetLook at(View view, SetKey key) {
    Term term = new Term(view.recordVersion(TERM));
    Optional<StoredObject> set = view.get(SetNames.key(key));
    if (set.isEmpty()) {
      return new SetLook(
          term, set, Optional.empty(), List.of(), Map.of(), List.of(), List.of(), List.of());
    }
    String namespace = key.namespace();
    String name = Pattern.quote(key.name());
    Map<Integer, StoredObject> pods = new TreeMap<>();
    view.scan(
        SetNames.PODS,
        namespace,
        pod -> {
          new ReplicaId(namespace, pod.key().name())
              .ordinalIn(key)
              .ifPresent(ordinal -> pods.put(ordinal, pod));
          return true;
        });
    return new SetLook(
        term,
        set,
        view.get(new ObjectKey(SetNames.NAMESPACES, "", namespace)),
        named(view, SetNames.REVISIONS, namespace, Pattern.compile(name + "-[^-]+")),
        pods,
        named(view, SetNames.CLAIMS, namespace, Pattern.compile(".+-" + name + "-[0-9]+")),
        view.list(SetNames.CLASSES, ""),
        view.list(SetNames.RANGES, namespace));
  }

  private static List<StoredObject> named(
      View view, ResourceName resource, String namespace, Pattern pattern) {
    List<StoredObject> found = new ArrayList<>();
    view.scan(
        resource,
        namespace,
        each -> {
          if (pattern.matcher(each.key().name()).matches()) found.add(each);
          return true;
        });
    return found;
  }
}
