package io.ordinal.controller.garbage;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.Transaction;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** The namespaces that a cluster has from its beginning. */
public final class Foundations {
  private static final List<String> NAMESPACES =
      List.of("default", "kube-system", "kube-public", "kube-node-lease");

  private final ObjectStore store;
  private final InstantSource clock;
  private final Supplier<String> freshUids;

  public Foundations(ObjectStore store, InstantSource clock, Supplier<String> freshUids) {
    this.store = store;
    this.clock = clock;
    this.freshUids = freshUids;
  }

  /** Makes those that are missing. Harmless to repeat. */
  public CompletionStage<Outcome> lay() {
    List<Operation> operations = new ArrayList<>();
    for (String name : NAMESPACES) {
      operations.add(
          new Operation.PutIfAbsent(GarbageIndex.namespaceKey(name), namespace(name).draft()));
    }
    return store.commit(new Transaction(operations));
  }

  private ApiObject namespace(String name) {
    ObjectNode tree = Json.object().put("kind", "Namespace").put("apiVersion", "v1");
    ObjectNode metadata = tree.putObject("metadata");
    metadata
        .put("name", name)
        .put("uid", freshUids.get())
        .put("creationTimestamp", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    metadata.putObject("labels").put("kubernetes.io/metadata.name", name);
    tree.putObject("spec").putArray("finalizers").add("kubernetes");
    tree.putObject("status").put("phase", "Active");
    return new ApiObject(tree);
  }
}
