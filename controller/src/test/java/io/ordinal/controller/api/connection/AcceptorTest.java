package io.ordinal.controller.api.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcceptorTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final ActorTestKit kit = ActorTestKit.create();
  private final AtomicInteger taken = new AtomicInteger();
  private volatile SharedKillSwitch fault = KillSwitches.shared("first");
  private volatile boolean throwing;
  private final Acceptor acceptor = new Acceptor(kit.system(), this::port, this::take);

  @AfterEach
  void stop() {
    acceptor.close().toCompletableFuture().join();
    kit.shutdownTestKit();
  }

  private Source<Tcp.IncomingConnection, CompletionStage<Tcp.ServerBinding>> port(
      InetSocketAddress at) {
    return Tcp.get(kit.system()).bind(at.getHostString(), at.getPort()).via(fault.flow());
  }

  private void take(Tcp.IncomingConnection connection) {
    if (throwing) throw new IllegalStateException("planted");
    taken.incrementAndGet();
    connection.handleWith(Flow.of(ByteString.class), kit.system());
  }

  private void begin() {
    acceptor.bind(ANY).toCompletableFuture().join();
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(acceptor.address());
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write('x');
      return socket.getInputStream().read() == 'x';
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void when_listening_ends_by_itself_that_is_said_and_it_begins_again() {
    begin();
    assertThat(answers()).isTrue();
    SharedKillSwitch first = fault;
    fault = KillSwitches.shared("second");
    LoggingTestKit.error("nobody listens at")
        .expect(
            kit.system(),
            () -> {
              first.abort(new IllegalStateException("planted"));
              return null;
            });
    await().until(this::answers);
  }

  @Test
  void a_connection_that_cannot_be_served_costs_no_other() {
    begin();
    throwing = true;
    LoggingTestKit.warn("was not served").expect(kit.system(), this::answers);
    throwing = false;
    assertThat(answers()).isTrue();
    assertThat(taken).hasValue(1);
  }

  @Test
  void what_was_closed_stays_closed() {
    begin();
    acceptor.close().toCompletableFuture().join();
    assertThatThrownBy(() -> new Socket(ANY.getAddress(), acceptor.address().getPort()))
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void an_address_that_is_taken_is_told_to_who_asks_for_it() {
    begin();
    Acceptor other = new Acceptor(kit.system(), this::port, this::take);
    assertThat(other.bind(acceptor.address()).handle((bound, failure) -> Optional.of(failure)))
        .succeedsWithin(java.time.Duration.ofSeconds(5))
        .satisfies(failure -> assertThat(failure).isPresent());
  }
}
