package io.ordinal.member;

import io.ordinal.agent.boot.Agent;
import io.ordinal.agent.boot.AgentPlace;
import io.ordinal.agent.boot.Faults;
import io.ordinal.agent.host.Rested;
import io.ordinal.controller.boot.Course;
import io.ordinal.controller.boot.OpenStore;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.StoreLeft;
import io.ordinal.member.MemberGuardian.Lasting;
import io.ordinal.member.MemberGuardian.Started;
import io.ordinal.member.contact.Controllers;
import io.ordinal.member.contact.KnownControllers;
import io.ordinal.member.directory.PrivateFiles;
import io.ordinal.member.pki.Credentials;
import io.ordinal.member.pki.MemberTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of a cluster in this JVM: the store, the controller, the node agent. Also the API for
 * embedding. Never exits the JVM; several members with data directories of their own may live in
 * one.
 */
public final class Member implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Member.class);
  private final MemberSettings settings;
  private final CompletableFuture<Throwable> failed = new CompletableFuture<>();
  private final InstantSource clock = InstantSource.system();
  private final SecureRandom chance = new SecureRandom();
  private final ExecutorService blocking = Threads.few("member-blocking");
  private Optional<Upkeep> upkeep = Optional.empty();
  private Optional<Upkeep> announcing = Optional.empty();
  private Optional<OpenStore> store = Optional.empty();
  private Optional<Agent> agent = Optional.empty();
  private Optional<Faults> faults = Optional.empty();
  private Optional<PresentSystem> system = Optional.empty();
  private volatile boolean closing;

  private Member(MemberSettings settings) {
    this.settings = settings;
  }

  /**
   * Starts a member and returns when it is up in its cluster; without a majority of the controllers
   * after the start's time, when its API answers at least. Makes the data directory, the
   * certificates and the kubeconfig at the first start.
   *
   * @throws IllegalStateException when another member runs on the directory, or the start failed or
   *     took too long; caused by a {@link NoWayBack} when it would fail again and again
   */
  public static Member start(MemberSettings settings) {
    return start(settings, sentence -> {});
  }

  /**
   * As {@link #start(MemberSettings)}.
   *
   * @param progress told for people how it goes, also later; must not block
   */
  public static Member start(MemberSettings settings, Consumer<String> progress) {
    settings.directory().make();
    settings.directory().claim();
    Announcer announcer = new Announcer(settings, progress);
    announcer.starting();
    Member member = new Member(settings);
    try {
      Listening.check(settings);
      Files.deleteIfExists(settings.directory().lastStop()); // A former member's last words.
      member.open();
      announcer.course(member.system.orElseThrow().first());
      member.announcing = Optional.of(announcer.follow(member.store, member.agent));
      member.await();
      LOG.info(settings.isController() ? "serving {}" : "hosting workloads", settings.apiUrl());
      return member;
    } catch (TimeoutException late) {
      LOG.info("its threads when the time to start was over:\n{}", Threads.stacks());
      member.close();
      throw new IllegalStateException(
          "the member did not serve within ordinal.member.start-timeout = "
              + settings.startTimeout(),
          late);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      member.close();
      throw new IllegalStateException("interrupted while starting", e);
    } catch (Exception e) {
      member.close();
      throw new IllegalStateException("the member could not start", e);
    }
  }

  private void await() throws InterruptedException, ExecutionException, TimeoutException {
    Course course = system.orElseThrow().first();
    CompletableFuture<Object> end =
        CompletableFuture.anyOf(
            course.whole().toCompletableFuture(),
            failed.thenCompose(CompletableFuture::failedFuture));
    try {
      end.get(settings.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      if (!course.bound().toCompletableFuture().isDone()) throw late;
      LOG.warn("not in the cluster yet; reads are answered from this member's copy");
    }
  }

  private void open() {
    Supplier<Started> maker = settings.isController() ? openController() : openNode();
    system =
        Optional.of(
            PresentSystem.begin(
                maker, this::fail, settings.stopTimeout(), settings.restartPause()));
  }

  /** What takes time and does not depend on each other is opened side by side. */
  private Supplier<Started> openController() {
    CompletableFuture<Optional<Agent>> node = CompletableFuture.supplyAsync(this::openAgent);
    OpenController controller;
    try {
      controller = OpenController.open(settings, clock, chance);
      store = Optional.of(controller.store());
      controller.store().failed().thenAccept(this::storeFailed);
    } finally {
      agent = node.join(); // Also when the store failed, so that closing lets go of it.
    }
    if (agent.isEmpty()) faults = Optional.of(openFaults());
    upkeep = Optional.of(ControllerUpkeep.start(settings, controller, clock, this::fail));
    Controllers doors =
        new Controllers(controller::others, true, settings.node().value(), blocking);
    Lasting lasting =
        new Lasting(
            settings,
            controller.store(),
            agent,
            doors,
            faults,
            controller.access(),
            controller.tls());
    return () -> MemberGuardian.start(lasting);
  }

  private Supplier<Started> openNode() {
    agent = openAgent();
    Optional<Credentials> own = Credentials.ofJoined(settings.directory().pki());
    KnownControllers known = new KnownControllers(settings.directory().controllers());
    Controllers doors =
        new Controllers(
            () -> known.with(settings.controllers()), false, settings.node().value(), blocking);
    own.ifPresent(each -> upkeep = Optional.of(NodeUpkeep.start(settings, each, known, clock)));
    Optional<MemberTls> tls = tls(own);
    return () -> NodeGuardian.start(settings, agent.orElseThrow(), doors, tls);
  }

  private Optional<MemberTls> tls(Optional<Credentials> own) {
    if (!settings.tls()) return Optional.empty();
    return Optional.of(
        new MemberTls(
            own.orElseThrow(
                () ->
                    new IllegalStateException(
                        "ordinal.member.tls is on and this machine has no certificate: join first")),
            settings.isController()));
  }

  private void storeFailed(Throwable cause) {
    fail(
        cause instanceof StoreLeft
            ? new NoWayBack("the cluster goes on without this controller" + NoWayBack.OUT, cause)
            : cause);
  }

  /** Whoever owns the member decides what follows: it may share its JVM with others. */
  private void fail(Throwable cause) {
    if (!closing && failed.complete(cause)) tell(cause);
  }

  /** The log must say why a member ended, also to those who look for what is grave only. */
  static void tell(Throwable cause) {
    if (NoWayBack.in(cause)) {
      LOG.error("the member ends for good, workloads go on running: {}", NoWayBack.inWords(cause));
    } else {
      LOG.error("the member cannot go on and must be started anew; workloads go on running", cause);
    }
  }

  private Optional<Agent> openAgent() {
    if (!settings.roles().contains(MemberSettings.Role.NODE)) return Optional.empty();
    try {
      return Optional.of(Agent.open(agentPlace(settings), settings.config()));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the node's directory " + settings.directory().node() + " cannot be opened", e);
    }
  }

  private Faults openFaults() {
    Path directory = settings.directory().node();
    try {
      return Faults.open(directory, settings.node().value(), settings.address(), settings.config());
    } catch (IOException e) {
      throw new UncheckedIOException("the directory " + directory + " cannot be opened", e);
    }
  }

  static AgentPlace agentPlace(MemberSettings settings) {
    Map<String, String> values =
        Map.of(
            "ORDINAL_LIB",
            settings.library().toString(),
            "JAVA_HOME",
            System.getProperty("java.home"));
    return new AgentPlace(settings.directory().node(), settings.images(), values);
  }

  /**
   * Completes with the reason when the member cannot go on, such as a disk that fails. It serves
   * nothing from then on; close it. Never completes when it is closed in order.
   */
  public CompletionStage<Throwable> failed() {
    return failed.minimalCompletionStage();
  }

  /** The settings that it runs with. */
  public MemberSettings settings() {
    return settings;
  }

  /** The store, for programs that embed a member; a member that is only a node has none. */
  public ObjectStore store() {
    return store.orElseThrow().store();
  }

  /**
   * A coordinated shutdown: the node goes to rest, the API stops accepting, the agent stops, the
   * cluster is left, the store closes. Workloads go on running; where the controllers did not keep
   * those with automatic failover, the log and the file {@link DataDirectory#lastStop} say which
   * end.
   */
  @Override
  public void close() {
    close(this::rest);
  }

  /**
   * As {@link #close}, before the machine goes off: nothing rests, so that fenced lives begin
   * elsewhere as after any loss, and what still runs here is ended politely. Blocks for as long as
   * that takes.
   *
   * @return what was ended, such as {@code default/web-0}
   */
  public List<String> closeWithMachine() throws IOException {
    close(node -> {});
    if (agent.isEmpty()) return List.of();
    List<String> ended = LeftWorkloads.stop(settings, settings.machineStopGrace());
    PrivateFiles.write(settings.directory().lastStop(), "ended with the machine: " + ended + "\n");
    return ended;
  }

  private void close(Consumer<Agent> parting) {
    closing = true;
    announcing.ifPresent(Upkeep::close);
    try {
      if (system.isPresent()) agent.ifPresent(parting);
      system.ifPresent(PresentSystem::close);
    } finally {
      closeAgent();
      faults.ifPresent(Faults::close);
      store.ifPresent(OpenStore::close);
      upkeep.ifPresent(Upkeep::close);
      blocking.shutdown();
      settings.directory().release();
    }
  }

  /** While the controllers can still be asked, among them perhaps this member's own. */
  private void rest(Agent node) {
    try {
      Rested rested = node.rest().toCompletableFuture().get();
      PrivateFiles.write(settings.directory().lastStop(), rested.inWords() + "\n");
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | IOException e) {
      LOG.warn("what becomes of the workloads could not be noted", e);
    }
  }

  private void closeAgent() {
    try {
      if (agent.isPresent()) agent.get().close();
    } catch (IOException e) {
      LOG.warn("the agent did not close in order", e);
    }
  }
}
