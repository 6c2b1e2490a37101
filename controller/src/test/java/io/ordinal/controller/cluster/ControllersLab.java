package io.ordinal.controller.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.store.ForwardingStore;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.remote.RemoteActorRefProvider;
import org.apache.pekko.remote.transport.ThrottlerTransportAdapter;

/** Several controllers' actor systems in one JVM, over one store, with lines that can be cut. */
final class ControllersLab implements AutoCloseable {
  private static final Config QUICK =
      ConfigFactory.parseString(
              """
              pekko {
                loglevel = INFO
                actor.provider = cluster
                remote.artery {
                  canonical { hostname = 127.0.0.1, port = 0 }
                  advanced.test-mode = on
                }
                cluster {
                  jmx.enabled = off
                  run-coordinated-shutdown-when-down = off
                  gossip-interval = 200ms
                  leader-actions-interval = 200ms
                  periodic-tasks-initial-delay = 100ms
                  failure-detector {
                    heartbeat-interval = 200ms
                    acceptable-heartbeat-pause = 2s
                    expected-response-after = 200ms
                  }
                }
                coordinated-shutdown {
                  exit-jvm = off
                  run-by-actor-system-terminate = off
                }
              }
              ordinal.cluster { look = 100ms, found-after = 2s }
              """)
          .withFallback(ConfigFactory.load());

  final InMemoryObjectStore store = new InMemoryObjectStore();
  private final List<Controller> all = new ArrayList<>();

  /** One controller: what stays when its actor system goes is its id. */
  final class Controller {
    final UUID id;
    final Cuttable copy = new Cuttable(store);
    final ActorSystem<Void> system;
    final Seat seat;
    final Membership membership = new Membership();
    final CompletableFuture<ActorRef<Formation.Command>> formation = new CompletableFuture<>();

    private Controller(UUID id, int port, String settings) {
      this.id = id;
      Config config =
          ConfigFactory.parseString("pekko.remote.artery.canonical.port = " + port)
              .withFallback(ConfigFactory.parseString(settings))
              .withFallback(QUICK);
      this.system = ActorSystem.create(guardian(), "ordinal", config);
      this.seat = Formation.seat(system);
    }

    private Behavior<Void> guardian() {
      return Behaviors.setup(
          context -> {
            ControllerRecord self =
                new ControllerRecord(
                    id, "c", Formation.seat(context.getSystem()), "", "", "", true);
            ClusterParts parts =
                new ClusterParts(
                    copy,
                    ClusterSettings.of(
                        context.getSystem().settings().config().getConfig("ordinal.cluster")),
                    () -> Duration.ofNanos(System.nanoTime()));
            formation.complete(
                context.spawn(Formation.create(parts, self, membership), Formation.ACTOR_NAME));
            return Behaviors.empty();
          });
    }

    /** The seats that are up by its own view. */
    Set<Seat> members() {
      return StreamSupport.stream(Cluster.get(system).state().getMembers().spliterator(), false)
          .filter(each -> each.status().equals(MemberStatus.up()))
          .map(each -> Seat.of(each.uniqueAddress()))
          .collect(Collectors.toSet());
    }

    boolean outdated() {
      return membership.outdated().toCompletableFuture().isDone();
    }

    /** As a process that was killed: nobody is told. */
    void kill() {
      system.terminate();
      try {
        system.getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new AssertionError("did not end", e);
      }
    }

    /** A new actor system in its place. */
    Controller again() {
      kill();
      int colon = seat.place().lastIndexOf(':');
      return add(new Controller(id, Integer.parseInt(seat.place().substring(colon + 1)), ""));
    }

    @SuppressWarnings("deprecation") // Artery's own way to lose messages uses these.
    private void line(Controller other, ThrottlerTransportAdapter.ThrottleMode mode) {
      ExtendedActorSystem classic = (ExtendedActorSystem) Adapter.toClassic(system);
      ((RemoteActorRefProvider) classic.provider())
          .transport()
          .managementCommand(
              new ThrottlerTransportAdapter.SetThrottle(
                  other.seat.address("ordinal"), bothWays(), mode));
    }
  }

  /** Not to be named in Java: the compiler looks for it under another name. */
  @SuppressWarnings("deprecation")
  private static ThrottlerTransportAdapter.Direction bothWays() {
    String name = ThrottlerTransportAdapter.class.getName() + "$Direction$Both$";
    try {
      return (ThrottlerTransportAdapter.Direction)
          Class.forName(name).getField("MODULE$").get(null);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("Artery has no more " + name, e);
    }
  }

  Controller start() {
    return start("");
  }

  /**
   * @param settings HOCON over the others
   */
  Controller start(String settings) {
    return add(new Controller(UUID.randomUUID(), 0, settings));
  }

  /** Somebody whom the store names as the founder, who says so, and lets nobody in. */
  ActorSystem<Void> founderWhoAdmitsNobody(long number) {
    Behavior<Void> guardian =
        Behaviors.setup(
            context -> {
              Seat seat = Formation.seat(context.getSystem());
              context.spawn(
                  Behaviors.receiveMessage(
                      (FormationMessage.Question question) -> {
                        question.replyTo().tell(new FormationMessage.Answer(seat, number));
                        return Behaviors.same();
                      }),
                  Formation.ACTOR_NAME);
              return Behaviors.empty();
            });
    ActorSystem<Void> founder = ActorSystem.create(guardian, "ordinal", QUICK);
    Seat seat = Formation.seat(founder);
    Operation named =
        new Operation.PutRecord(
            FormationRecord.KEY, new FormationRecord(number, seat).bytes(), RecordCondition.ANY);
    ControllerRecord itself = new ControllerRecord(UUID.randomUUID(), "f", seat, "", "", "", true);
    store.commit(new Transaction(List.of(named, Controllers.remember(itself))));
    return founder;
  }

  private Controller add(Controller made) {
    all.add(made);
    return made;
  }

  @SuppressWarnings("deprecation")
  void cut(Controller one, Controller other) {
    one.line(other, ThrottlerTransportAdapter.Blackhole$.MODULE$);
    other.line(one, ThrottlerTransportAdapter.Blackhole$.MODULE$);
  }

  @SuppressWarnings("deprecation")
  void heal(Controller one, Controller other) {
    one.line(other, ThrottlerTransportAdapter.Unthrottled$.MODULE$);
    other.line(one, ThrottlerTransportAdapter.Unthrottled$.MODULE$);
  }

  Records records() {
    return store.read(Freshness.LOCAL, Records::in).toCompletableFuture().join();
  }

  @Override
  public void close() {
    all.forEach(Controller::kill);
  }

  /**
   * A copy that may lose its majority. A real one would stand still and answer local reads from
   * what it has; this one shares its memory with the others and would know more than it can, so it
   * answers nothing.
   */
  static final class Cuttable extends ForwardingStore {
    private volatile boolean cut;
    private volatile Duration slow = Duration.ZERO;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    Cuttable(ObjectStore whole) {
      super(whole);
    }

    /** Whether so many slow reads have begun, and the last of them has not ended. */
    boolean reads(int count) {
      return begun.get() >= count && ended.get() < begun.get();
    }

    /** Every read takes so long. */
    void slow(Duration pause) {
      slow = pause;
    }

    private Executor later() {
      return CompletableFuture.delayedExecutor(slow.toMillis(), TimeUnit.MILLISECONDS);
    }

    void cut(boolean now) {
      cut = now;
    }

    @Override
    public CompletionStage<Outcome> commit(Transaction transaction) {
      return cut ? unavailable() : super.commit(transaction);
    }

    @Override
    public <T> CompletionStage<T> read(Freshness freshness, Function<View, T> query) {
      if (cut) return unavailable();
      if (slow.isZero()) return super.read(freshness, query);
      begun.incrementAndGet();
      return CompletableFuture.runAsync(ended::incrementAndGet, later())
          .thenCompose(nothing -> store().read(freshness, query));
    }

    private static <T> CompletionStage<T> unavailable() {
      return CompletableFuture.failedFuture(new StoreUnavailable("no majority", null));
    }
  }
}
