package io.ordinal.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.boot.Course;
import io.ordinal.member.MemberGuardian.Started;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.stream.javadsl.Tcp.ServerBinding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of actor systems that should end, and one that does not and keeps the port. */
class PresentSystemTest {
  private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
  private final BlockingQueue<Started> made = new LinkedBlockingQueue<>();
  private final AtomicInteger tries = new AtomicInteger();
  private final CompletableFuture<String> outdated = new CompletableFuture<>();
  private final CountDownLatch buried = new CountDownLatch(1);
  private final Started first = started();
  private Optional<InetSocketAddress> taken = Optional.empty();
  private PresentSystem present;

  /** Its coordinated shutdown goes by without ending it, and it does not end when it is told to. */
  private Started started() {
    return started(
        "pekko.coordinated-shutdown { terminate-actor-system = off,"
            + " run-by-actor-system-terminate = off, phases.service-stop.timeout = 60s }");
  }

  /** With a member's settings but for these; it is in no cluster and listens nowhere. */
  private Started started(String settings) {
    Config none =
        ConfigFactory.parseString(
            "pekko.actor.provider = local, ordinal.member { images = /i, library = /l }");
    ActorSystem<Void> system =
        ActorSystem.create(
            Behaviors.<Void>receive((context, message) -> Behaviors.same(), this::onSignal),
            "undead",
            MemberConfig.over(ConfigFactory.parseString(settings).withFallback(none)));
    return new Started(
        system, new Course(new CompletableFuture<>(), new CompletableFuture<>(), outdated));
  }

  private Behavior<Void> onSignal(TypedActorContext<Void> context, Signal signal) {
    if (!(signal instanceof PostStop)) return Behaviors.unhandled();
    try {
      buried.await();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    return Behaviors.same();
  }

  private Started make() {
    if (tries.getAndIncrement() == 0) return first;
    if (taken.isPresent()) bindOnce(taken.get());
    else if (!first.system().whenTerminated().isCompleted())
      throw new IllegalStateException("the port is taken");
    Started next = started();
    made.add(next);
    return next;
  }

  private static void bindOnce(InetSocketAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void begin(Duration stopTimeout) {
    Duration pause = Duration.ofMillis(20);
    present = PresentSystem.begin(this::make, failures::add, stopTimeout, pause);
    outdated.complete("downed");
  }

  @AfterEach
  void end() {
    buried.countDown();
    first.system().terminate();
    made.forEach(each -> each.system().terminate());
    present.close();
  }

  @Test
  void one_that_never_ends_is_told_since_no_other_can_begin() {
    begin(Duration.ofMillis(100));
    await().until(() -> !failures.isEmpty());
    assertThat(failures.peek()).hasMessageContaining("does not end");
    assertThat(tries.get()).as("the first, and some for the next").isGreaterThan(3);
  }

  @Test
  void one_that_ends_late_is_followed_by_another() {
    begin(Duration.ofMillis(500));
    await().until(() -> tries.get() > 2);
    buried.countDown();
    first.system().terminate();
    await().until(() -> !made.isEmpty());
    assertThat(failures).isEmpty();
  }

  private void listen() throws Exception {
    ServerBinding listening =
        Tcp.get(first.system())
            .bind("127.0.0.1", 0)
            .to(Sink.ignore())
            .run(first.system())
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    taken = Optional.of(listening.localAddress());
  }

  @Test
  void the_port_of_one_whose_shutdown_hangs_is_free_for_the_next() throws Exception {
    listen();
    CoordinatedShutdown.get(first.system())
        .addTask(CoordinatedShutdown.PhaseServiceStop(), "for ever", CompletableFuture<Done>::new);
    begin(Duration.ofSeconds(5));
    await().atMost(Duration.ofSeconds(60)).until(() -> !made.isEmpty());
    assertThat(failures).isEmpty();
  }

  @Test
  void closing_takes_no_longer_than_its_time_though_the_shutdown_hangs() {
    CoordinatedShutdown.get(first.system())
        .addTask(CoordinatedShutdown.PhaseServiceStop(), "for ever", CompletableFuture<Done>::new);
    present =
        PresentSystem.begin(
            this::make, failures::add, Duration.ofSeconds(4), Duration.ofSeconds(1));
    Duration taken = timed(present::close);
    assertThat(taken).isLessThan(Duration.ofSeconds(7)); // A busy machine's time to spare.
  }

  /** Pekko's own {@code terminate} does nothing while a coordinated shutdown goes on. */
  @Test
  void one_whose_shutdown_hangs_is_ended_by_force_under_a_members_settings() {
    Started hanging = started("pekko.coordinated-shutdown.phases.service-stop.timeout = 60s");
    CoordinatedShutdown.get(hanging.system())
        .addTask(CoordinatedShutdown.PhaseServiceStop(), "for ever", CompletableFuture<Done>::new);
    buried.countDown();
    present =
        PresentSystem.begin(
            () -> hanging, failures::add, Duration.ofSeconds(4), Duration.ofSeconds(1));
    present.close();
    assertThat(hanging.system().whenTerminated().isCompleted()).isTrue();
  }

  @Test
  void one_whose_shutdown_fails_is_ended_by_force_too() {
    Started failing = started("pekko.coordinated-shutdown.phases.service-stop.recover = off");
    CoordinatedShutdown.get(failing.system())
        .addTask(
            CoordinatedShutdown.PhaseServiceStop(),
            "fails",
            () -> CompletableFuture.failedFuture(new IllegalStateException("planted")));
    buried.countDown();
    present =
        PresentSystem.begin(
            () -> failing, failures::add, Duration.ofSeconds(20), Duration.ofSeconds(1));
    present.close();
    assertThat(failing.system().whenTerminated().isCompleted()).isTrue();
  }

  private static Duration timed(Runnable action) {
    long begun = System.nanoTime();
    action.run();
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  @Test
  void the_port_of_one_that_does_not_end_is_free_for_the_next() throws Exception {
    listen();
    begin(Duration.ofSeconds(5));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !made.isEmpty()); // Five of them are its time.
    assertThat(first.system().whenTerminated().isCompleted()).isFalse();
    assertThat(failures).isEmpty();
  }
}
