package io.ordinal.controller.api.connection;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.impl.engine.server.HttpAttributes$;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.TLSPlacebo;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;

/**
 * A port that HTTP is spoken over. Pekko's own server has no limit of time for handshakes, heads
 * and clients that read nothing, and lets newcomers wait behind those that only hold connections.
 */
public final class Connections {
  private static final Duration SWEEP = Duration.ofMillis(200);

  private final Acceptor acceptor;
  private final Doorkeeper doorkeeper;
  private final Handshakes handshakes;
  private final Cancellable sweeping;

  private Connections(
      Acceptor acceptor, Doorkeeper doorkeeper, Handshakes handshakes, Cancellable sweeping) {
    this.acceptor = acceptor;
    this.doorkeeper = doorkeeper;
    this.handshakes = handshakes;
    this.sweeping = sweeping;
  }

  /**
   * Binds and begins to serve. Fails when the address is taken.
   *
   * @param engines of TLS, one for each connection
   * @param handler answers the requests of a connection; is run once for each
   * @param nanoTime monotonic
   */
  public static CompletionStage<Connections> bind(
      ActorSystem<?> system,
      InetSocketAddress address,
      ConnectionSettings settings,
      ServerSettings http,
      Optional<Supplier<SSLEngine>> engines,
      Flow<HttpRequest, HttpResponse, NotUsed> handler,
      LongSupplier nanoTime) {
    Doorkeeper doorkeeper = new Doorkeeper(settings);
    Handshakes handshakes = new Handshakes(settings.handshakes());
    // Made once for all: each layer has a table of known headers of its own.
    BidiFlow<HttpResponse, SslTlsOutbound, SslTlsInbound, HttpRequest, NotUsed> spoken =
        Http.get(system).serverLayer(http);
    Acceptor acceptor =
        new Acceptor(
            system,
            at -> listening(system, at, http),
            each -> {
              Connection connection = new Connection(nanoTime);
              if (engines.isEmpty()) connection.greeted();
              boolean comesIn = doorkeeper.admits(connection, nanoTime.getAsLong());
              try {
                each.handleWith(
                    comesIn
                        ? served(
                            each.remoteAddress(),
                            connection,
                            spoken
                                .atop(tls(engines, handshakes, connection))
                                .atop(paced(connection, doorkeeper)),
                            handler)
                        : Flow.fromSinkAndSource(Sink.cancelled(), Source.empty()),
                    system);
              } catch (RuntimeException e) {
                doorkeeper.left(connection);
                throw e;
              }
            });
    return acceptor
        .bind(address)
        .thenApply(
            bound ->
                new Connections(
                    bound, doorkeeper, handshakes, sweeping(system, doorkeeper, nanoTime)));
  }

  private static Source<Tcp.IncomingConnection, CompletionStage<Tcp.ServerBinding>> listening(
      ActorSystem<?> system, InetSocketAddress at, ServerSettings http) {
    return Tcp.get(system)
        .bind(
            at.getHostString(),
            at.getPort(),
            http.getBacklog(),
            http.getSocketOptions(),
            false,
            Optional.empty());
  }

  private static Flow<ByteString, ByteString, NotUsed> served(
      InetSocketAddress client,
      Connection connection,
      BidiFlow<HttpResponse, ByteString, ByteString, HttpRequest, NotUsed> spoken,
      Flow<HttpRequest, HttpResponse, NotUsed> handler) {
    return Flow.of(HttpRequest.class)
        .map(connection::asked)
        .via(handler)
        .map(connection::answered)
        .join(spoken.addAttributes(HttpAttributes$.MODULE$.remoteAddress(client)));
  }

  private static Cancellable sweeping(
      ActorSystem<?> system, Doorkeeper doorkeeper, LongSupplier nanoTime) {
    return system
        .scheduler()
        .scheduleWithFixedDelay(
            SWEEP, SWEEP, () -> doorkeeper.sweep(nanoTime.getAsLong()), system.executionContext());
  }

  private static BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed> tls(
      Optional<Supplier<SSLEngine>> engines, Handshakes handshakes, Connection connection) {
    if (engines.isPresent()) {
      return BidiFlow.fromGraph(new TlsBytes(engines.get(), handshakes, connection));
    }
    return BidiFlow.fromFlows(
            Flow.of(SslTlsOutbound.class),
            Flow.of(SessionBytes.class).map(bytes -> (SslTlsInbound) bytes))
        .atop(TLSPlacebo.getInstance());
  }

  private static BidiFlow<ByteString, ByteString, ByteString, ByteString, NotUsed> paced(
      Connection connection, Doorkeeper doorkeeper) {
    return BidiFlow.fromGraph(new PacedBytes(connection, () -> doorkeeper.left(connection)));
  }

  public InetSocketAddress address() {
    return acceptor.address();
  }

  /** How many are open. */
  public int open() {
    return doorkeeper.size();
  }

  /** Takes no more connections, and ends those that are open after the grace at the latest. */
  public CompletionStage<Done> close(Duration grace) {
    CompletableFuture<Void> left = doorkeeper.close();
    return acceptor
        .close()
        .thenCompose(
            unbound -> left.copy().completeOnTimeout(null, grace.toMillis(), TimeUnit.MILLISECONDS))
        .thenApply(
            over -> {
              sweeping.cancel();
              doorkeeper.clear();
              handshakes.close();
              return Done.getInstance();
            });
  }
}
