package io.ordinal.controller.garbage;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** What a cluster has from its beginning: a few namespaces, and a class for claims. */
public final class Foundations {
  private static final List<String> NAMESPACES =
      List.of("default", "kube-system", "kube-public", "kube-node-lease");
  private static final ResourceName CLASSES = new ResourceName("storageclasses.storage.k8s.io");
  private static final RecordKey CLASS_LAID = new RecordKey("foundation", "storage-class");

  private final ObjectStore store;
  private final InstantSource clock;
  private final Supplier<String> freshUids;

  public Foundations(ObjectStore store, InstantSource clock, Supplier<String> freshUids) {
    this.store = store;
    this.clock = clock;
    this.freshUids = freshUids;
  }

  /**
   * Lays what is missing. The namespaces are made again whenever they are missing; the StorageClass
   * {@code local} only once ever, and not where somebody made a class before, so that an operator
   * may do without. Harmless to repeat.
   */
  public CompletionStage<Outcome> lay() {
    return store
        .read(
            Freshness.LINEARIZABLE,
            view -> view.recordVersion(CLASS_LAID) == 0 && view.list(CLASSES, "").isEmpty())
        .thenCompose(first -> store.commit(transaction(first)));
  }

  private Transaction transaction(boolean first) {
    List<Operation> operations = new ArrayList<>();
    for (String name : NAMESPACES) {
      operations.add(
          new Operation.PutIfAbsent(GarbageIndex.namespaceKey(name), namespace(name).draft()));
    }
    if (first) {
      ApiObject local = localClass();
      operations.add(
          new Operation.Put(
              new ObjectKey(CLASSES, "", local.name()), local.draft(), Condition.ABSENT));
      operations.add(new Operation.PutRecord(CLASS_LAID, new byte[0], RecordCondition.ABSENT));
    }
    return new Transaction(operations);
  }

  private ApiObject namespace(String name) {
    ObjectNode tree = fresh("Namespace", "v1", name);
    tree.withObjectProperty("metadata")
        .putObject("labels")
        .put("kubernetes.io/metadata.name", name);
    tree.putObject("spec").putArray("finalizers").add("kubernetes");
    tree.putObject("status").put("phase", "Active");
    return new ApiObject(tree);
  }

  private ApiObject localClass() {
    ObjectNode tree = fresh("StorageClass", "storage.k8s.io/v1", "local");
    tree.withObjectProperty("metadata")
        .putObject("annotations")
        .put("storageclass.kubernetes.io/is-default-class", "true");
    tree.put("provisioner", "ordinal.io/local");
    tree.put("reclaimPolicy", "Delete");
    tree.put("volumeBindingMode", "WaitForFirstConsumer");
    return new ApiObject(tree);
  }

  private ObjectNode fresh(String kind, String apiVersion, String name) {
    ObjectNode tree = Json.object().put("kind", kind).put("apiVersion", apiVersion);
    tree.putObject("metadata")
        .put("name", name)
        .put("uid", freshUids.get())
        .put("creationTimestamp", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    return tree;
  }
}
