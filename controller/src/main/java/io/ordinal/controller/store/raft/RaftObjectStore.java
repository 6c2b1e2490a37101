package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.KeptView;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoreGroup;
import io.ordinal.controller.store.StoreLeft;
import io.ordinal.controller.store.StoreMoved;
import io.ordinal.controller.store.StoreOverloaded;
import io.ordinal.controller.store.StoreTls;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.controller.store.raft.wire.EntryCodec;
import io.ordinal.controller.store.raft.wire.OutcomeCodec;
import io.ordinal.controller.store.rocks.Applied;
import io.ordinal.controller.store.rocks.Position;
import io.ordinal.controller.store.rocks.RocksState;
import io.ordinal.protocol.id.Revision;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replicated store: a member of a Raft group (of one, to begin with) over RocksDB. A commit is
 * acknowledged when it is on the disks of a majority and applied here. Any member takes commits and
 * linearizable reads; who leads is no concern of its users.
 *
 * <p>Stages complete on the store's threads; what depends on them must not block.
 */
public final class RaftObjectStore implements ObjectStore, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RaftObjectStore.class);

  private final StoreSettings settings;
  private final DirectoryLock lock;
  private final StoreThreads threads;
  private final StoreStateMachine machine;
  private final StoreQuota quota;
  private final ChangeSignal signal;
  private final AppliedIndex applied = new AppliedIndex();
  private final CompletableFuture<Void> led = new CompletableFuture<>();
  private final CompletableFuture<Throwable> failed = new CompletableFuture<>();
  private final Path directory;
  private final StoreIdentity identity;
  private final GroupMember member;
  private final PeerLinks links;
  private final LeaderCalls calls;
  private final MembershipChange change;
  private final RaftStoreGroup group;
  private final CommitQueue queue;
  private final Queries queries;
  private final RunningBackup backups;
  private final Upkeep upkeep;

  private RaftObjectStore(StoreSettings settings, Path directory, Optional<StoreTls> tls)
      throws IOException {
    this.settings = settings;
    this.directory = directory;
    this.lock = DirectoryLock.of(directory);
    this.threads = StoreThreads.start(settings.reads());
    this.quota = new StoreQuota(settings.quota());
    this.signal = new ChangeSignal(threads.signals());
    Events events = new Events();
    this.machine = new StoreStateMachine(directory.resolve("state"), settings.rocks(), events);
    Optional<GrpcTlsConfig> grpc = tls.map(it -> new GrpcTlsConfig(it.keys(), it.trust(), true));
    try {
      this.identity = StoreIdentity.of(directory, UUID::randomUUID);
      this.member = GroupMember.start(settings, directory, identity, grpc, machine);
    } catch (IOException | RuntimeException e) {
      threads.shutdown();
      lock.close();
      throw e;
    }
    this.links = new PeerLinks(member, grpc);
    StoreSettings.Timing timing = settings.timing();
    Contact contact = new Contact(member, timing.electionMax().multipliedBy(2));
    this.calls = new LeaderCalls(member, links, timing, contact::age, threads.chores());
    this.change = new MembershipChange(member, links, calls::barrier, timing, threads.chores());
    this.group = new RaftStoreGroup(identity, member, contact, change, machine, threads.readers());
    this.queue = new CommitQueue(settings.batch(), settings.queue(), this::log, threads.answers());
    ReadBarrier barrier = new ReadBarrier(calls::barrier, threads.answers());
    this.queries = new Queries(barrier, machine::state, threads.readers());
    this.backups =
        new RunningBackup(
            directory, identity, settings.rocks(), machine::state, calls::barrier, contact::age);
    this.upkeep = new Upkeep(settings, this, threads.chores());
    long period = timing.electionMin().toMillis();
    threads.chores().scheduleWithFixedDelay(contact::look, period, period, TimeUnit.MILLISECONDS);
    new VoteLines(member.division(), threads.lines()).keepOpen(timing.lines());
    BrokenLines.of(member, timing, this::reconnect).watch(threads.lines(), timing.reach());
    upkeep.start(directory);
    events.begin();
  }

  private void reconnect(RaftPeer peer) {
    links.renew(peer.getId());
    member.reconnect(peer);
  }

  /**
   * Opens or creates the store in a directory and waits until its group has a leader.
   *
   * @throws StoreUnavailable when it cannot be opened; the message says why
   */
  public static RaftObjectStore start(StoreSettings settings, Path directory) {
    RaftObjectStore store = begin(settings, directory, Optional.empty());
    store.awaitLeader();
    return store;
  }

  /**
   * Opens or creates the store in a directory. Until {@link #led} it can serve what it holds
   * locally only.
   *
   * @throws StoreUnavailable when it cannot be opened; the message says why
   */
  public static RaftObjectStore begin(
      StoreSettings settings, Path directory, Optional<StoreTls> tls) {
    CommonPool.prepare();
    try {
      return new RaftObjectStore(settings, directory.toAbsolutePath(), tls);
    } catch (StoreMoved moved) {
      throw moved;
    } catch (IOException | RuntimeException e) {
      StoreSettings.Endpoint at = settings.endpoint();
      throw new StoreUnavailable(
          "the store in "
              + directory
              + " cannot start at "
              + (at.address() + ":" + at.port() + ": ")
              + Failures.reason(e),
          e);
    }
  }

  /**
   * Prepares a directory for a member that joins a group, and answers with the member's identity.
   *
   * @throws StoreUnavailable when the directory belongs to another group
   */
  public static UUID joining(Path directory, UUID group) {
    try {
      return StoreIdentity.joining(directory, group, UUID::randomUUID).member();
    } catch (IOException e) {
      throw new StoreUnavailable("the store cannot join: " + e.getMessage(), e);
    }
  }

  /**
   * Whether this directory is a store's, or prepared to be one's.
   *
   * @throws StoreUnavailable when that cannot be told
   */
  public static boolean isIn(Path directory) {
    try {
      return StoreIdentity.isIn(directory);
    } catch (IOException e) {
      throw new StoreUnavailable("whether a store is in " + directory + " cannot be told: " + e, e);
    }
  }

  /**
   * Blocks until the group has a leader; closes the store when it finds none in time.
   *
   * @throws StoreUnavailable then
   */
  public void awaitLeader() {
    try {
      led.get(settings.timing().startTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      close();
      throw new StoreUnavailable("the store in " + directory + " found no leader", e);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new StoreUnavailable("the start of the store was interrupted", e);
    }
  }

  /** Completes when the group has a leader for the first time. */
  public CompletionStage<Void> led() {
    return led.minimalCompletionStage();
  }

  public StoreGroup group() {
    return group;
  }

  /** How the other members reach this one; the port is the one it has, not the one it asked for. */
  public String address() {
    try {
      return member.address();
    } catch (IOException e) {
      throw new StoreUnavailable("the store is closed", e);
    }
  }

  @Override
  public CompletionStage<Outcome> commit(Transaction transaction) {
    Optional<StoreOverloaded> objection = quota.objection(transaction);
    if (objection.isPresent()) return CompletableFuture.failedFuture(objection.get());
    byte[] encoded = EntryCodec.transaction(transaction);
    int most = settings.queue().transactionBytes();
    if (encoded.length > most)
      throw new IllegalArgumentException(
          "a transaction of " + encoded.length + " bytes is more than " + most);
    return queue.add(encoded, transaction.operations().size(), StoreQuota.isControl(transaction));
  }

  /** The leader has applied it when it answers; this member may have to wait for the news. */
  private CompletionStage<List<Outcome>> log(byte[] entry) {
    return calls.write(entry).thenCompose(this::appliedHere);
  }

  private CompletionStage<List<Outcome>> appliedHere(RaftClientReply reply) {
    ByteString content = reply.getMessage().getContent();
    if (content.isEmpty())
      throw new StoreUnavailable("the write took effect, but its outcome was lost", null);
    List<Outcome> outcomes = OutcomeCodec.decode(content.asReadOnlyByteBuffer());
    CompletableFuture<Void> here = applied.await(reply.getLogIndex());
    if (here.isDone()) return CompletableFuture.completedFuture(outcomes);
    long most = settings.timing().commitTimeout().toMillis();
    return here.copy().orTimeout(most, TimeUnit.MILLISECONDS).thenApply(nothing -> outcomes);
  }

  /** The same store, whose reads hold up nobody else's. */
  public ObjectStore forClients() {
    return new ClientStore(this, queries.on(threads.clients()));
  }

  @Override
  public <T> CompletionStage<T> read(Freshness freshness, Function<View, T> query) {
    return queries.run(freshness, query);
  }

  @Override
  public CompletionStage<KeptView> keep() {
    return queries.keep();
  }

  /**
   * Writes a backup; the stream stays open. Without a majority it holds all that this member has.
   *
   * @param now the time before which everything acknowledged is to be in it
   */
  public CompletionStage<BackupManifest> backup(OutputStream out, Instant now) {
    return backups.write(out, now);
  }

  @Override
  public AutoCloseable onChange(Consumer<Revision> listener) {
    return signal.add(Optional.empty(), listener);
  }

  @Override
  public AutoCloseable onChange(Set<ResourceName> resources, Consumer<Revision> listener) {
    return signal.add(Optional.of(resources), listener);
  }

  /** Completes, with the reason, if the store meets damage and stops for good. */
  public CompletionStage<Throwable> failed() {
    return failed.minimalCompletionStage();
  }

  /** Forgets changes up to this revision on every member, before the window demands it. */
  CompletionStage<?> purgeFeed(Revision upTo) {
    return upkeep.purgeFeed(upTo);
  }

  CompletionStage<?> submit(byte[] entry) {
    return calls.write(entry);
  }

  CompletionStage<Void> snapshot() {
    return member.snapshot();
  }

  boolean leads() {
    return member.leads();
  }

  RocksState state() {
    return machine.state();
  }

  StoreQuota quota() {
    return quota;
  }

  /** Answers everything still waiting with {@link StoreUnavailable}, then closes. */
  @Override
  public void close() {
    queue.close();
    handOver();
    threads.stopChores();
    calls.close();
    try {
      links.close();
      member.close();
    } catch (IOException | RuntimeException e) {
      LOG.warn("the store did not close cleanly; nothing acknowledged is lost", e);
    }
    threads.shutdown();
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("the lock of the store's directory stays until this process ends", e);
    }
  }

  /** A group whose leader goes without a word is without one for an election timeout. */
  private void handOver() {
    try {
      long most = settings.timing().electionMax().multipliedBy(2).toMillis();
      change.handOver(member.id()).toCompletableFuture().get(most, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      LOG.info("the lead was not handed over: {}", Failures.reason(e));
    }
  }

  /** What the state machine tells. It may tell before this store is ready to hear. */
  private final class Events implements StoreStateMachine.Listener {
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    void begin() {
      ready.complete(null);
    }

    @Override
    public void applied(Applied change, Position position, int entryBytes) {
      applied.reached(position.index());
      if (!change.changed().isEmpty()) signal.changed(change.revision(), change.changed());
      if (ready.isDone()) upkeep.applied(change, entryBytes);
    }

    @Override
    public void opened(Revision revision, Position position) {
      applied.reached(position.index());
      signal.opened(revision);
    }

    @Override
    public void led(RaftPeerId leader) {
      led.complete(null);
      ready.thenRun(() -> calls.leaderIs(leader));
    }

    @Override
    public void members(List<RaftPeerId> members) {
      ready.thenRunAsync(() -> noteMembership(members), threads.answers());
    }

    @Override
    public void removed() {
      failed(new StoreLeft("this copy of the store was taken out of the cluster's group"));
    }

    @Override
    public void failed(Throwable fault) {
      failed.complete(fault);
      led.completeExceptionally(fault);
      // Others can go on with what this member cannot.
      ready.thenRunAsync(RaftObjectStore.this::handOver, threads.answers());
    }
  }

  private void noteMembership(List<RaftPeerId> members) {
    if (identity.stage() == StoreIdentity.Stage.MEMBER || !members.contains(member.id())) return;
    try {
      identity.becomeMember(directory);
    } catch (IOException e) {
      LOG.warn("it could not be noted that this directory has a vote", e);
    }
  }
}
