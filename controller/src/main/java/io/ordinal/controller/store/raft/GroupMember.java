package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.StoreUnavailable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.util.ExitUtils;

/** This process's member of the Raft group, spoken to without a network hop. */
final class GroupMember implements AutoCloseable {
  private static final long SNAPSHOT_TIMEOUT_MS = 60_000;

  private static final Executor LOG_WRITER_ENDS =
      CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

  private final RaftServer server;
  private final RaftGroupId group;
  private final StoreSettings settings;
  private final StoreStateMachine machine;
  private final ClientId chores = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();

  private GroupMember(
      RaftServer server, RaftGroupId group, StoreSettings settings, StoreStateMachine machine) {
    this.server = server;
    this.group = group;
    this.settings = settings;
    this.machine = machine;
  }

  /** Returns when the member runs; whether the group has a leader is told to the state machine. */
  static GroupMember start(
      StoreSettings settings,
      Path directory,
      StoreIdentity identity,
      Optional<GrpcTlsConfig> tls,
      StoreStateMachine machine)
      throws IOException {
    ExitUtils.disableSystemExit(); // A failed bind must not end the host.
    Path storage = directory.resolve("raft");
    RaftGroupId group = RaftGroupId.valueOf(identity.group());
    KnownAddress.require(settings.endpoint(), storage, identity);
    LogTail.repair(storage);
    RaftStorage.StartupOption option = startupOption(storage, identity);
    Parameters parameters = new Parameters();
    tls.ifPresent(config -> GrpcConfigKeys.TLS.setConf(parameters, config));
    RaftServer server =
        RaftServer.newBuilder()
            .setServerId(RaftPeerId.valueOf(identity.member().toString()))
            .setGroup(initialGroup(group, identity, settings.endpoint()))
            .setStateMachine(machine)
            .setProperties(GroupProperties.of(settings, storage, isAlone(identity, storage)))
            .setParameters(parameters)
            .setOption(option)
            .build();
    try {
      server.start();
    } catch (IOException | RuntimeException e) {
      closeAfter(server, e);
      throw e;
    }
    return new GroupMember(server, group, settings, machine);
  }

  /** Only a founder knows the members without a log: itself. */
  private static RaftGroup initialGroup(
      RaftGroupId group, StoreIdentity identity, StoreSettings.Endpoint endpoint) {
    if (identity.stage() != StoreIdentity.Stage.FOUNDING) return RaftGroup.valueOf(group);
    RaftPeer self =
        RaftPeer.newBuilder()
            .setId(RaftPeerId.valueOf(identity.member().toString()))
            .setAddress(endpoint.address() + ":" + endpoint.port())
            .build();
    return RaftGroup.valueOf(group, self);
  }

  private static boolean isAlone(StoreIdentity identity, Path storage) throws IOException {
    return KnownAddress.peers(storage, identity)
        .map(peers -> peers.size() == 1)
        .orElse(identity.stage() == StoreIdentity.Stage.FOUNDING);
  }

  private static Path place(Path storage, StoreIdentity identity) {
    return storage.resolve(identity.group().toString());
  }

  private static void closeAfter(RaftServer server, Exception failure) {
    try {
      server.close();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** A crash during the very first start leaves a directory that never held an entry. */
  private static RaftStorage.StartupOption startupOption(Path storage, StoreIdentity identity)
      throws IOException {
    Path place = place(storage, identity);
    if (Files.exists(place.resolve("current").resolve("raft-meta")))
      return RaftStorage.StartupOption.RECOVER;
    if (identity.stage() == StoreIdentity.Stage.MEMBER)
      throw new IOException(
          "the log of the member "
              + identity.member()
              + " is missing from "
              + place
              + "; without it, its votes are forgotten: remove the whole directory, and join the"
              + " group as a new member or restore a backup");
    CheckpointStorage.delete(place);
    return RaftStorage.StartupOption.FORMAT;
  }

  RaftPeerId id() {
    return server.getId();
  }

  /** How the others reach this member. */
  String address() throws IOException {
    InetSocketAddress bound = server.getServerRpc().getInetSocketAddress();
    return settings.endpoint().address() + ":" + bound.getPort();
  }

  RaftServer.Division division() {
    try {
      return server.getDivision(group);
    } catch (IOException e) {
      throw new StoreUnavailable("the store is closed", e);
    }
  }

  /** The members by the newest configuration in this member's log. */
  List<RaftPeer> peers() {
    return List.copyOf(division().getRaftConf().getCurrentPeers());
  }

  Optional<RaftPeerId> leader() {
    return Optional.ofNullable(division().getInfo().getLeaderId());
  }

  boolean leads() {
    return runs() && division().getInfo().isLeaderReady();
  }

  /** Not before it has started, nor when it is closed or was taken out of the group. */
  boolean runs() {
    return server.getLifeCycleState().isRunning() && division().getInfo().isAlive();
  }

  /** Asks this member itself, whatever its role. */
  CompletableFuture<RaftClientReply> ask(RaftClientRequest request) {
    try {
      // The division itself spares the way to another thread, for which the server would wait.
      if (division() instanceof RaftClientAsynchronousProtocol direct)
        return direct.submitClientRequestAsync(request);
      return server.submitClientRequestAsync(request);
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  RaftClientRequest.Builder request(RaftPeerId server) {
    return RaftClientRequest.newBuilder().setServerId(server).setGroupId(group);
  }

  SetConfigurationRequest change(RaftPeerId leader, SetConfigurationRequest.Arguments change) {
    return new SetConfigurationRequest(chores, leader, group, calls.incrementAndGet(), change);
  }

  TransferLeadershipRequest transfer(RaftPeerId leader, RaftPeerId to, Duration most) {
    return new TransferLeadershipRequest(
        chores, leader, group, calls.incrementAndGet(), to, most.toMillis());
  }

  CompletableFuture<RaftClientReply> setConfiguration(SetConfigurationRequest request) {
    try {
      return server.setConfigurationAsync(request);
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  CompletableFuture<RaftClientReply> transferLeadership(TransferLeadershipRequest request) {
    try {
      return server.transferLeadershipAsync(request);
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Takes a snapshot of this member's state and drops the log before it. */
  CompletionStage<Void> snapshot() {
    SnapshotManagementRequest request =
        SnapshotManagementRequest.newCreate(
            chores, server.getId(), group, calls.incrementAndGet(), SNAPSHOT_TIMEOUT_MS, 1);
    try {
      return server.snapshotManagementAsync(request).thenAccept(Failures::throwIfFailed);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(Failures.refusal(e));
    }
  }

  /** Closes this member's own connections to another; they are made again when they are needed. */
  void reconnect(RaftPeer peer) {
    // An interrupted thread does not wait three seconds for streams that never end.
    Thread.currentThread().interrupt();
    try {
      IOException reason = new IOException(peer.getAddress() + " was not reached");
      server.getServerRpc().handleException(peer.getId(), reason, true);
    } finally {
      Thread.interrupted();
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
