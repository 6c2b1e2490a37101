package io.ordinal.controller.api.connection;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens at a port for as long as it is not closed: when that ends by itself it says so and begins
 * again. Thread safe.
 */
final class Acceptor {
  private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final ActorSystem<?> system;
  private final Function<
          InetSocketAddress, Source<Tcp.IncomingConnection, CompletionStage<Tcp.ServerBinding>>>
      port;
  private final Consumer<Tcp.IncomingConnection> taker;
  private final CompletableFuture<InetSocketAddress> address = new CompletableFuture<>();
  private CompletionStage<Tcp.ServerBinding> binding =
      CompletableFuture.failedStage(new IllegalStateException("not bound yet"));
  private boolean closed;

  /**
   * @param port listens at an address once it is run
   * @param taker is given each connection; when it throws, that connection alone is lost
   */
  Acceptor(
      ActorSystem<?> system,
      Function<
              InetSocketAddress, Source<Tcp.IncomingConnection, CompletionStage<Tcp.ServerBinding>>>
          port,
      Consumer<Tcp.IncomingConnection> taker) {
    this.system = system;
    this.port = port;
    this.taker = taker;
  }

  /** Begins; to be called once. Fails when the address is taken. */
  CompletionStage<Acceptor> bind(InetSocketAddress wanted) {
    return listen(wanted).thenApply(bound -> this);
  }

  private synchronized CompletionStage<Tcp.ServerBinding> listen(InetSocketAddress at) {
    Pair<CompletionStage<Tcp.ServerBinding>, CompletionStage<Done>> running =
        port.apply(at).toMat(Sink.foreach(this::take), Keep.both()).run(system);
    CompletionStage<Tcp.ServerBinding> bound = running.first().thenApply(this::bound);
    running.second().whenComplete((done, why) -> bound.whenComplete((here, not) -> onEnd(why)));
    binding = bound;
    return bound;
  }

  private Tcp.ServerBinding bound(Tcp.ServerBinding here) {
    address.complete(here.localAddress());
    return here;
  }

  private void take(Tcp.IncomingConnection connection) {
    try {
      taker.accept(connection);
    } catch (RuntimeException e) {
      LOG.warn("a connection from {} was not served", connection.remoteAddress(), e);
    }
  }

  private synchronized void onEnd(Throwable failure) {
    if (closed || !address.isDone()) return; // Who began it knows.
    LOG.error("nobody listens at {} any more; trying again", address(), failure);
    system.scheduler().scheduleOnce(PAUSE, this::again, system.executionContext());
  }

  private synchronized void again() {
    if (!closed) listen(address());
  }

  InetSocketAddress address() {
    return address.join();
  }

  /** Takes no more connections. */
  synchronized CompletionStage<Done> close() {
    closed = true;
    return binding
        .thenCompose(Tcp.ServerBinding::unbind)
        .handle((unbound, failure) -> Done.getInstance());
  }
}
