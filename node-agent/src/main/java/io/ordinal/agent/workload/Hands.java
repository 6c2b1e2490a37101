package io.ordinal.agent.workload;

import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.agent.driver.Driver.LaunchRefused;
import io.ordinal.agent.driver.LaunchSpec;
import io.ordinal.agent.driver.RunStatus;
import io.ordinal.agent.lifecycle.Fact;
import io.ordinal.agent.lifecycle.LifeAction;
import io.ordinal.agent.lifecycle.LifeState;
import io.ordinal.agent.probe.Prober;
import io.ordinal.agent.state.LifeName;
import io.ordinal.protocol.agent.AgentEvent;
import io.ordinal.protocol.agent.ContainerOrder;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.ProbeOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Carries out one life's actions over the ports. Every action answers with a fact; none of the
 * stages fails. To be used by one thread at a time.
 */
final class Hands implements LifeAction.Cases<CompletionStage<Fact>> {
  private final WorkloadPorts ports;
  private final Consumer<AgentEvent> people;
  private final Set<CompletableFuture<Fact>> starts = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> permission = new CompletableFuture<>();
  private volatile LifeOrder order;
  private Optional<CompletableFuture<Launch>> launch = Optional.empty();

  /**
   * @param people hears events, on any thread
   */
  Hands(LifeOrder order, WorkloadPorts ports, Consumer<AgentEvent> people) {
    this.order = order;
    this.ports = ports;
    this.people = people;
  }

  /** Volumes and address; asked for again after a failure. */
  CompletableFuture<Launch> launch() {
    if (launch.filter(each -> !each.isCompletedExceptionally()).isEmpty()) {
      launch = Optional.of(provide());
    }
    return launch.get();
  }

  private CompletableFuture<Launch> provide() {
    String nodeAddress = ports.addresses().nodeAddress();
    return ports
        .volumes()
        .prepare(order, people)
        .thenCombine(
            ports.addresses().addressOf(order),
            (mounts, address) -> new Launch(ports.node().value(), nodeAddress, address, mounts))
        .toCompletableFuture();
  }

  /** From now on starts are carried out, also those that were asked for before. */
  void permit() {
    permission.complete(null);
  }

  /** Starts that were not permitted yet are refused. */
  void deny() {
    permission.completeExceptionally(new LaunchRefused("Unwanted", "The life is to end"));
  }

  @Override
  public CompletionStage<Fact> start(LifeAction.Start action) {
    return permission
        .thenCompose(permitted -> begin(action))
        .exceptionallyCompose(denied -> refused(action, unwrap(denied)));
  }

  private CompletionStage<Fact> begin(LifeAction.Start action) {
    ContainerOrder container = containerOf(action.container());
    if (order.fenced() && !ports.lease().holds()) {
      return refused(action, new LaunchRefused("LeaseExpired", "The node's lease ran out"));
    }
    CompletableFuture<Launch> ready =
        launch()
            .thenCombine(pull(container), (provided, nothing) -> provided)
            .toCompletableFuture();
    CompletableFuture<Fact> start =
        ready
            .thenCompose(provided -> start(action, container, provided))
            .exceptionallyCompose(failure -> refused(action, unwrap(failure)))
            .toCompletableFuture();
    starts.add(start);
    return start.whenComplete((fact, failure) -> starts.remove(start));
  }

  /** What begins from now on begins by this order. */
  void follow(LifeOrder latest) {
    order = latest;
  }

  /**
   * Makes every run of the life fenced or kept, those included that were about to begin by the
   * order before. Fails when a launcher cannot be told.
   */
  CompletableFuture<Void> fence(LifeState state, boolean fenced) {
    return CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new))
        .thenCompose(
            begun ->
                CompletableFuture.allOf(
                    runs(state)
                        .map(run -> ports.driver().setFenced(run, fenced).toCompletableFuture())
                        .toArray(CompletableFuture[]::new)));
  }

  /**
   * Lets go of the address and of volumes that other nodes see, before anybody hears that the life
   * ended. Storage that is away is not waited for: then the next owner takes this node for one that
   * may still write. Fails when this machine still answers for the address.
   */
  CompletionStage<Void> leave() {
    return ports
        .volumes()
        .leave(order)
        .<Void>handle((left, failure) -> null)
        .thenCompose(left -> ports.addresses().leave(order));
  }

  /** Leaves nothing behind of a life whose end is known; its memory goes last. */
  CompletionStage<Void> forget() {
    return ports
        .driver()
        .forgetLife(RunWords.anyRun(order.replica(), order.incarnation()))
        .thenCompose(nothing -> ports.volumes().release(order))
        .thenCompose(nothing -> ports.addresses().release(order))
        .thenCompose(
            nothing -> ports.state().remove(new LifeName(order.replica(), order.incarnation())));
  }

  private Stream<ContainerRun> runs(LifeState state) {
    List<ContainerRun> runs = new ArrayList<>();
    for (int i = 0; i < state.inits().size(); i++) {
      runs.add(run(order.initContainers().get(i).name(), state.inits().get(i).past().attempt()));
    }
    for (int i = 0; i < state.mains().size(); i++) {
      runs.add(run(order.containers().get(i).name(), state.mains().get(i).past().attempt()));
    }
    return runs.stream();
  }

  private CompletionStage<Void> pull(ContainerOrder container) {
    return ports
        .driver()
        .pull(container.image())
        .thenAccept(note -> tellPulled(container, note))
        .exceptionallyCompose(
            failure -> CompletableFuture.failedFuture(asRefusal("ErrImagePull", unwrap(failure))));
  }

  private void tellPulled(ContainerOrder container, String note) {
    String text = "Container image \"%s\" already present on machine".formatted(container.image());
    String message = note.isEmpty() ? text : text + ": " + note;
    people.accept(new AgentEvent(false, "Pulled", message, container.name()));
  }

  private CompletionStage<Fact> start(
      LifeAction.Start action, ContainerOrder container, Launch provided) {
    ContainerRun run = run(action.container(), action.attempt());
    return CompletableFuture.completedFuture(provided)
        .thenApply(ready -> ready.spec(order, container, run))
        .thenCompose(this::startTelling)
        .thenApply(status -> started(action, status))
        .exceptionallyCompose(failure -> notStarted(action, unwrap(failure)));
  }

  private CompletionStage<RunStatus> startTelling(LaunchSpec spec) {
    ports
        .driver()
        .shortfall(spec)
        .map(text -> new AgentEvent(true, "VolumesNotMounted", text, spec.run().container()))
        .ifPresent(people);
    return ports.driver().start(spec);
  }

  private Fact started(LifeAction.Start action, RunStatus status) {
    if (status instanceof RunStatus.Exited exited) {
      return new Fact.Exited(action.container(), action.attempt(), RunWords.exit(exited));
    }
    RunStatus.Running running = (RunStatus.Running) status;
    forgetRunBefore(action);
    return new Fact.Started(action.container(), action.attempt(), running.startedAt());
  }

  /** What it ended with is on disk by now; its log stays. */
  private void forgetRunBefore(LifeAction.Start action) {
    if (action.attempt() == 0) return;
    ports.driver().forget(run(action.container(), action.attempt() - 1));
  }

  private CompletionStage<Fact> notStarted(LifeAction.Start action, Throwable failure) {
    if (failure instanceof LaunchRefused) return refused(action, failure);
    return CompletableFuture.completedFuture(
        new Fact.StartFailed(action.container(), action.attempt(), failure.toString()));
  }

  private CompletionStage<Fact> refused(LifeAction.Start action, Throwable failure) {
    LaunchRefused refusal = asRefusal("FailedMount", failure);
    return CompletableFuture.completedFuture(
        new Fact.Refused(
            action.container(), action.attempt(), refusal.reason(), refusal.getMessage()));
  }

  private static LaunchRefused asRefusal(String reason, Throwable failure) {
    return failure instanceof LaunchRefused refusal
        ? refusal
        : new LaunchRefused(reason, failure.toString());
  }

  @Override
  public CompletionStage<Fact> terminate(LifeAction.Terminate action) {
    return ports
        .driver()
        .terminate(run(action.container(), action.attempt()))
        .handle((nothing, failure) -> new Fact.Woke()); // SIGKILL follows if nothing comes of it.
  }

  @Override
  public CompletionStage<Fact> kill(LifeAction.Kill action) {
    return ports
        .driver()
        .kill(run(action.container(), action.attempt()))
        .<Fact>thenApply(
            exited -> new Fact.Exited(action.container(), action.attempt(), RunWords.exit(exited)))
        .exceptionally(failure -> new Fact.Woke()); // The lifecycle repeats the kill.
  }

  /** Unlike the others this stage fails when the driver does. */
  CompletionStage<Fact> exit(String container, int attempt) {
    return ports
        .driver()
        .exit(run(container, attempt))
        .thenApply(exited -> new Fact.Exited(container, attempt, RunWords.exit(exited)));
  }

  @Override
  public CompletionStage<Fact> runHook(LifeAction.RunHook action) {
    return ask(action.check(), action.container(), action.attempt(), action.timeout())
        .thenApply(
            answer ->
                new Fact.HookEnded(
                    action.container(),
                    action.attempt(),
                    action.hook(),
                    answer.passed(),
                    answer.message()));
  }

  @Override
  public CompletionStage<Fact> ask(LifeAction.Ask action) {
    return ask(action.check(), action.container(), action.attempt(), action.timeout())
        .thenApply(
            answer ->
                new Fact.Checked(
                    action.container(),
                    action.attempt(),
                    action.kind(),
                    answer.passed(),
                    answer.message()));
  }

  private CompletionStage<Prober.Answer> ask(
      ProbeOrder.Check check, String container, int attempt, Duration timeout) {
    return launch()
        .thenCompose(
            provided ->
                ports
                    .prober()
                    .ask(
                        check,
                        new Prober.Target(run(container, attempt), provided.address()),
                        timeout))
        .exceptionally(failure -> new Prober.Answer(false, unwrap(failure).toString()));
  }

  @Override
  public CompletionStage<Fact> tell(LifeAction.Tell action) {
    people.accept(action.event());
    return CompletableFuture.completedFuture(new Fact.Woke());
  }

  ContainerRun run(String container, int attempt) {
    return new ContainerRun(order.replica(), order.incarnation(), container, attempt);
  }

  private ContainerOrder containerOf(String name) {
    return Stream.concat(order.initContainers().stream(), order.containers().stream())
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static Throwable unwrap(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
