package io.ordinal.controller.volume;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** The default StorageClass: a directory for each claim on the node of its pod. Pure. */
final class LocalClass {
  private static final RecordKey MADE = new RecordKey("foundation", "default-class");

  private LocalClass() {}

  /** Makes it unless it was made before: an operator may have deleted it since. */
  static Transaction once(ApiObject document) {
    ObjectKey key = new ObjectKey(VolumeWorld.CLASSES, "", document.name());
    byte[] name = document.name().getBytes(StandardCharsets.UTF_8);
    return new Transaction(
        List.of(
            new Operation.PutRecord(MADE, name, RecordCondition.ABSENT),
            new Operation.PutIfAbsent(key, document.draft())));
  }

  static ApiObject document(String name, UUID uid, Instant now) {
    ObjectNode tree = Json.object();
    tree.put("apiVersion", "storage.k8s.io/v1").put("kind", "StorageClass");
    ObjectNode metadata = tree.putObject("metadata");
    metadata.put("name", name).put("uid", uid.toString());
    metadata.put("creationTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
    metadata.putObject("annotations").put("storageclass.kubernetes.io/is-default-class", "true");
    tree.put("provisioner", Binding.LOCAL_PROVISIONER);
    tree.put("reclaimPolicy", "Delete").put("volumeBindingMode", "WaitForFirstConsumer");
    return new ApiObject(tree);
  }
}
