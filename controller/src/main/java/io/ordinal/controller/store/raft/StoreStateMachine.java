package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.raft.wire.EntryCodec;
import io.ordinal.controller.store.raft.wire.OutcomeCodec;
import io.ordinal.controller.store.rocks.Applied;
import io.ordinal.controller.store.rocks.LogEntry;
import io.ordinal.controller.store.rocks.Origin;
import io.ordinal.controller.store.rocks.Position;
import io.ordinal.controller.store.rocks.RocksSettings;
import io.ordinal.controller.store.rocks.RocksState;
import io.ordinal.protocol.id.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.apache.ratis.util.LifeCycle;

/**
 * Applies the log to the database. After a fault (damage, a full disk) it applies nothing more: the
 * position in the database stays, and a restart continues from there.
 */
final class StoreStateMachine extends BaseStateMachine {
  /** Hears of what was applied, on the thread that applies: must be quick. */
  interface Listener {
    void applied(Applied applied, Position position, int entryBytes);

    /** The state is another one: as it was at the start, or fetched from the leader. */
    void opened(Revision revision, Position position);

    void led(RaftPeerId leader);

    /** Who is a member has changed. */
    void members(List<RaftPeerId> members);

    /** This member was taken out of the group, and its server has ended. */
    void removed();

    void failed(Throwable fault);
  }

  private final Path live;
  private final RocksSettings settings;
  private final Listener listener;
  private final CheckpointStorage checkpoints = new CheckpointStorage();
  private final AtomicReference<RocksState> state = new AtomicReference<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private volatile Throwable fault;

  StoreStateMachine(Path live, RocksSettings settings, Listener listener) {
    this.live = live;
    this.settings = settings;
    this.listener = listener;
  }

  /**
   * The state as it is here.
   *
   * @throws StoreUnavailable before the first start, after a fault, and while a snapshot is
   *     installed
   */
  RocksState state() {
    RocksState current = state.get();
    if (fault != null)
      throw new StoreUnavailable("the store has failed: " + fault.getMessage(), fault);
    if (current == null) throw new StoreUnavailable("the store is not open", null);
    return current;
  }

  @Override
  public void initialize(RaftServer server, RaftGroupId group, RaftStorage storage)
      throws IOException {
    super.initialize(server, group, storage);
    checkpoints.init(storage);
    getLifeCycle().startAndTransition(this::open);
  }

  @Override
  public void reinitialize() throws IOException {
    getLifeCycle().transition(LifeCycle.State.STARTING);
    open();
    getLifeCycle().transition(LifeCycle.State.RUNNING);
  }

  private void open() throws IOException {
    Optional<Position> snapshot = checkpoints.latestPosition();
    RocksState opened = checkpoints.open(live, settings);
    state.set(opened);
    Position position = opened.position();
    // A restored state has no log behind it: new members get it as a snapshot.
    if (snapshot.isEmpty() && position.isAfter(Position.NONE)) checkpoints.take(opened, position);
    listener.opened(opened.revision(), position);
    if (position.isAfter(Position.NONE))
      setLastAppliedTermIndex(TermIndex.valueOf(position.term(), position.index()));
  }

  @Override
  public void pause() {
    getLifeCycle().transition(LifeCycle.State.PAUSING);
    closeState();
    getLifeCycle().transition(LifeCycle.State.PAUSED);
  }

  @Override
  public StateMachineStorage getStateMachineStorage() {
    return checkpoints;
  }

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext context) {
    LogEntryProto entry = context.getLogEntry();
    Position position = new Position(entry.getTerm(), entry.getIndex());
    if (fault != null) return CompletableFuture.failedFuture(fault);
    try {
      RocksState current = state();
      // The replay begins at the snapshot; the database may be ahead of it.
      if (!position.isAfter(current.position()))
        return CompletableFuture.completedFuture(Message.EMPTY);
      ByteString data = entry.getStateMachineLogEntry().getLogData();
      LogEntry decoded = EntryCodec.decode(data.asReadOnlyByteBuffer());
      Applied applied = current.apply(position, origin(entry), decoded);
      updateLastAppliedTermIndex(position.term(), position.index());
      listener.applied(applied, position, data.size());
      if (applied.repeated()) return CompletableFuture.completedFuture(Message.EMPTY);
      byte[] reply = OutcomeCodec.encode(applied.outcomes());
      return CompletableFuture.completedFuture(
          Message.valueOf(UnsafeByteOperations.unsafeWrap(reply)));
    } catch (RuntimeException e) {
      fail(e);
      return CompletableFuture.failedFuture(e);
    }
  }

  private static Origin origin(LogEntryProto entry) {
    StateMachineLogEntryProto write = entry.getStateMachineLogEntry();
    return new Origin(ClientId.valueOf(write.getClientId()).getUuid(), write.getCallId());
  }

  private void fail(Throwable cause) {
    fault = cause;
    LOG.error("the store stops: an entry of the log could not be applied", cause);
    listener.failed(cause);
  }

  @Override
  public void notifyTermIndexUpdated(long term, long index) {
    if (fault != null || index <= getLastAppliedTermIndex().getIndex()) return;
    updateLastAppliedTermIndex(term, index);
  }

  @Override
  public CompletableFuture<Message> query(Message request) {
    return CompletableFuture.completedFuture(Message.EMPTY); // The barrier was all that was asked.
  }

  @Override
  public long takeSnapshot() throws IOException {
    if (fault != null) throw new IOException("the store has failed", fault);
    TermIndex last = getLastAppliedTermIndex();
    Position position = new Position(last.getTerm(), last.getIndex());
    RocksState current = state();
    // The log may end with entries that are not ours; they count as applied too.
    current.skip(position);
    checkpoints.take(current, position);
    return position.index();
  }

  @Override
  public void notifyLeaderReady() {
    listener.led(getId());
  }

  @Override
  public void notifyLeaderChanged(RaftGroupMemberId member, RaftPeerId leader) {
    if (!member.getPeerId().equals(leader)) listener.led(leader);
  }

  @Override
  public void notifyConfigurationChanged(
      long term, long index, RaftConfigurationProto configuration) {
    listener.members(
        configuration.getPeersList().stream()
            .map(peer -> RaftPeerId.valueOf(peer.getId()))
            .toList());
  }

  @Override
  public void notifyServerShutdown(RoleInfoProto role, boolean allServers) {
    if (!allServers) listener.removed();
  }

  private void closeState() {
    RocksState current = state.getAndSet(null);
    if (current != null) current.close();
  }

  @Override
  public void notifyLogFailed(Throwable cause, LogEntryProto entry) {
    fail(new IOException("the log cannot be written", cause));
  }

  @Override
  public void close() throws IOException {
    super.close();
    try {
      closeState();
    } finally {
      closed.complete(null);
    }
  }

  /** Completes when the state is closed. */
  CompletionStage<Void> closed() {
    return closed;
  }
}
