package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.StoreOverloaded;
import io.ordinal.controller.store.StoreUnavailable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.protocol.exceptions.ResourceUnavailableException;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.apache.ratis.util.ExitUtils;

/** This process's member of the Raft group, spoken to without a network hop. */
final class GroupMember implements AutoCloseable {
  private static final long SNAPSHOT_TIMEOUT_MS = 60_000;

  private static final Executor LOG_WRITER_ENDS =
      CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

  private final RaftServer server;
  private final RaftGroupId group;
  private final StoreStateMachine machine;
  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();

  private GroupMember(RaftServer server, RaftGroupId group, StoreStateMachine machine) {
    this.server = server;
    this.group = group;
    this.machine = machine;
  }

  /** Returns when the member runs; whether the group has a leader is told to the state machine. */
  static GroupMember start(
      StoreSettings settings, Path directory, StoreIdentity identity, StoreStateMachine machine)
      throws IOException {
    ExitUtils.disableSystemExit(); // A failed bind must not end the host.
    Path storage = directory.resolve("raft");
    RaftGroupId group = RaftGroupId.valueOf(identity.group());
    StoreSettings.Endpoint endpoint = settings.endpoint();
    LogTail.repair(storage);
    RaftPeer self =
        RaftPeer.newBuilder()
            .setId(RaftPeerId.valueOf(identity.member().toString()))
            .setAddress(endpoint.address() + ":" + endpoint.port())
            .build();
    RaftServer server =
        RaftServer.newBuilder()
            .setServerId(self.getId())
            .setGroup(RaftGroup.valueOf(group, self))
            .setStateMachine(machine)
            .setProperties(GroupProperties.of(settings, storage))
            .setOption(startupOption(storage, identity.group()))
            .build();
    try {
      server.start();
    } catch (IOException | RuntimeException e) {
      closeAfter(server, e);
      throw e;
    }
    return new GroupMember(server, group, machine);
  }

  private static void closeAfter(RaftServer server, Exception failure) {
    try {
      server.close();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** A crash during the very first start leaves a directory that never held an entry. */
  private static RaftStorage.StartupOption startupOption(Path storage, UUID group)
      throws IOException {
    Path place = storage.resolve(group.toString());
    if (Files.exists(place.resolve("current").resolve("raft-meta")))
      return RaftStorage.StartupOption.RECOVER;
    CheckpointStorage.delete(place);
    return RaftStorage.StartupOption.FORMAT;
  }

  /** Replicates an entry; completes with the state machine's answer once applied. */
  CompletionStage<ByteBuffer> submit(byte[] entry) {
    Message message = Message.valueOf(UnsafeByteOperations.unsafeWrap(entry));
    return send(message, RaftClientRequest.writeRequestType());
  }

  /** Completes when everything acknowledged before this call, anywhere, is applied here. */
  CompletionStage<ByteBuffer> barrier() {
    return send(Message.EMPTY, RaftClientRequest.readRequestType());
  }

  private CompletionStage<ByteBuffer> send(Message message, RaftClientRequest.Type type) {
    RaftClientRequest request =
        RaftClientRequest.newBuilder()
            .setClientId(client)
            .setServerId(server.getId())
            .setGroupId(group)
            .setCallId(calls.incrementAndGet())
            .setMessage(message)
            .setType(type)
            .build();
    try {
      return server
          .submitClientRequestAsync(request)
          .handle(
              (reply, failure) -> {
                if (failure != null) throw refusal(failure);
                if (!reply.isSuccess()) throw refusal(reply.getException());
                return content(reply);
              });
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedFuture(refusal(e));
    }
  }

  private static ByteBuffer content(RaftClientReply reply) {
    return reply.getMessage().getContent().asReadOnlyByteBuffer();
  }

  private static RuntimeException refusal(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof ResourceUnavailableException)
      return new StoreOverloaded("the replicated log is busy: " + cause.getMessage());
    return new StoreUnavailable("the store cannot answer now: " + cause.getMessage(), cause);
  }

  /** Takes a snapshot of this member's state and drops the log before it. */
  CompletionStage<Void> snapshot() {
    SnapshotManagementRequest request =
        SnapshotManagementRequest.newCreate(
            client, server.getId(), group, calls.incrementAndGet(), SNAPSHOT_TIMEOUT_MS, 1);
    try {
      return server
          .snapshotManagementAsync(request)
          .thenAccept(
              reply ->
                  Optional.ofNullable(reply.getException())
                      .ifPresent(
                          e -> {
                            throw refusal(e);
                          }));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(refusal(e));
    }
  }

  boolean leads() {
    try {
      return server.getDivision(group).getInfo().isLeaderReady();
    } catch (IOException e) {
      return false; // Closing.
    }
  }

  @Override
  public void close() throws IOException {
    // Nothing is written after the state machine has closed.
    machine.closed().thenRunAsync(this::wakeLogWriter, LOG_WRITER_ENDS);
    server.close();
  }

  /**
   * The thread that writes the log notices its end only when a wait of a second is over, unless it
   * is interrupted. Were it writing still, the effect on the log would be that of a crash.
   */
  private void wakeLogWriter() {
    String name = server.getId() + "@" + group + "-SegmentedRaftLogWorker";
    Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name))
        .forEach(Thread::interrupt);
  }
}
