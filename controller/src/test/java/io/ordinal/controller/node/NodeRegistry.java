package io.ordinal.controller.node;

import io.ordinal.controller.model.SessionRecord;
import io.ordinal.controller.node.wire.SessionCodec;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sessions as they stand in a store, for tests of others. */
public final class NodeRegistry {
  private NodeRegistry() {}

  /** The only one of its node; it is over unless {@code there}. */
  public static Session register(ObjectStore store, String node, boolean there) {
    Session session = new Session(new NodeName(node), new UUID(0, 1), "boot", 7);
    SessionRecord opened =
        SessionRecord.opened(session, Optional.empty(), "10.0.0.4", "agent", Duration.ofSeconds(6));
    SessionRecord record = there ? opened : opened.fenced();
    commit(
        store,
        new Operation.PutRecord(
            Sessions.key(session), SessionCodec.encode(record), RecordCondition.ANY),
        new Operation.PutRecord(
            Sessions.latestKey(session.node()),
            SessionCodec.encodeLatest(session),
            RecordCondition.ANY));
    return session;
  }

  private static void commit(ObjectStore store, Operation... steps) {
    store.commit(new Transaction(List.of(steps))).toCompletableFuture().join();
  }
}
