package io.ordinal.controller.node;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.node.LeaseStep.Sight;
import io.ordinal.controller.node.wire.SessionCodec;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Session;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Lease of a node in {@code kube-node-lease}, where clients of Kubernetes look for it. What
 * stands in the store is written as rarely as heartbeats; who reads it is told what the node's
 * session says at that moment, so that renewals cost no revision. Nothing is decided by it. Pure.
 */
public final class NodeLease {
  public static final ResourceName LEASES = ResourceName.of("coordination.k8s.io", "leases");
  public static final String NAMESPACE = "kube-node-lease";

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private NodeLease() {}

  /**
   * What a session says of its lease.
   *
   * @param renewed when its latest grant was committed
   * @param granted how long that lasts
   */
  private record Live(String node, Instant renewed, Duration granted) {
    void into(ObjectNode lease) {
      ObjectNode spec = lease.withObjectProperty("spec");
      spec.put("holderIdentity", node);
      spec.put("leaseDurationSeconds", (int) granted.plusMillis(999).toSeconds());
      spec.put("renewTime", MICROS.format(renewed));
    }
  }

  /**
   * What a look sees of it.
   *
   * @param shown the object, if there is one
   * @param renewed nothing if the session was never renewed, or its lease is over
   * @param namespace where it belongs
   */
  record Shown(
      Optional<StoredObject> shown, Optional<Instant> renewed, Optional<StoredObject> namespace) {}

  static Shown see(View view, Session session) {
    String node = session.node().value();
    Optional<StoredObject> shown = view.get(key(node));
    return new Shown(
        shown,
        renewed(view, session),
        shown.isPresent() ? Optional.empty() : view.get(namespaceKey()));
  }

  /** The object as it is to be read: a node's with the node's own words, another as it stands. */
  public static StoredObject live(View view, StoredObject stored) {
    return live(view, stored.key().name())
        .map(
            live -> {
              ObjectNode lease = Json.object(stored.document());
              live.into(lease);
              return new StoredObject(
                  stored.key(),
                  stored.revision(),
                  stored.created(),
                  stored.uid(),
                  stored.generation(),
                  Json.bytes(lease));
            })
        .orElse(stored);
  }

  private static Optional<Live> live(View view, String node) {
    return view.record(new RecordKey(Sessions.LATEST_FAMILY, node))
        .map(latest -> SessionCodec.decodeLatest(latest.value()))
        .flatMap(session -> Sessions.record(view, session))
        .flatMap(
            entry ->
                renewed(view, entry.record().session())
                    .map(renewed -> new Live(node, renewed, entry.record().lease())));
  }

  private static Optional<Instant> renewed(View view, Session session) {
    return view.record(Sessions.leaseKey(session))
        .flatMap(lease -> SessionCodec.decodeRenewed(lease.value()));
  }

  /**
   * Makes the object of a node that has none, and writes what is true of it from time to time, as
   * once more when the node is late: what is left of it once the session is over.
   */
  static Optional<LeaseStep> decide(Sight sight, boolean late, Duration pause, Instant now) {
    Shown lease = sight.lease();
    if (sight.node().isEmpty() || lease.renewed().isEmpty()) return Optional.empty();
    Session session = sight.session();
    Live live = new Live(session.node().value(), lease.renewed().get(), sight.granted());
    if (lease.shown().isEmpty()) {
      boolean room = lease.namespace().filter(NodeLease::stays).isPresent();
      return room ? Optional.of(created(sight, live, now)) : Optional.empty();
    }
    ApiObject shown = ApiObject.of(lease.shown().get());
    Instant due =
        written(shown.tree())
            .filter(last -> !last.isAfter(live.renewed())) // A later one is a client's own.
            .map(last -> late ? last : last.plus(pause))
            .orElse(Instant.MIN);
    if (!live.renewed().isAfter(due)) return Optional.empty();
    ObjectNode tree = shown.copy();
    live.into(tree);
    return Optional.of(
        step(session, tree, Condition.at(lease.shown().get().revision()), Optional.empty()));
  }

  private static LeaseStep created(Sight sight, Live live, Instant now) {
    String owner = sight.node().orElseThrow().uid();
    String uid =
        UUID.nameUUIDFromBytes(("lease of " + owner + " " + now).getBytes(StandardCharsets.UTF_8))
            .toString();
    ObjectNode tree =
        Json.object().put("kind", "Lease").put("apiVersion", "coordination.k8s.io/v1");
    ObjectNode metadata = tree.putObject("metadata");
    metadata.put("name", live.node());
    metadata.put("namespace", NAMESPACE);
    metadata.put("uid", uid);
    metadata.put("creationTimestamp", NodeDocument.time(now));
    metadata
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "v1")
        .put("kind", "Node")
        .put("name", live.node())
        .put("uid", owner);
    live.into(tree);
    // As it was seen: one that is going by now would have to be emptied once more.
    Condition seen = Condition.at(sight.lease().namespace().orElseThrow().revision());
    Operation there = new Operation.Expect(namespaceKey(), seen);
    return step(sight.session(), tree, Condition.ABSENT, Optional.of(there));
  }

  private static LeaseStep step(
      Session session, ObjectNode tree, Condition condition, Optional<Operation> besides) {
    Operation put =
        new Operation.Put(key(session.node().value()), new ApiObject(tree).draft(), condition);
    Transaction transaction =
        besides.map(each -> Transaction.of(each, put)).orElseGet(() -> Transaction.of(put));
    return new LeaseStep(session, LeaseStep.Kind.SHOW_LEASE, transaction);
  }

  private static boolean stays(StoredObject namespace) {
    return ApiObject.of(namespace).deletionTimestamp().isEmpty();
  }

  private static Optional<Instant> written(ObjectNode lease) {
    try {
      return Optional.of(Instant.parse(lease.path("spec").path("renewTime").asString("")));
    } catch (DateTimeParseException clientsOwn) {
      return Optional.empty();
    }
  }

  private static ObjectKey key(String node) {
    return new ObjectKey(LEASES, NAMESPACE, node);
  }

  private static ObjectKey namespaceKey() {
    return new ObjectKey(new ResourceName("namespaces"), "", NAMESPACE);
  }
}
