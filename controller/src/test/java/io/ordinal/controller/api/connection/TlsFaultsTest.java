package io.ordinal.controller.api.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.api.TestCertificates;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.X509TrustManager;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.TLSProtocol.SendBytes;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.javadsl.AsPublisher;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;

/** Handshakes that fail, most of them in one of their tasks. */
class TlsFaultsTest {
  private static final String[] ONE = {
    "TLS_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
  };
  private static final String[] OTHER = {
    "TLS_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"
  };
  private static final byte[] HANDSHAKE_FAILURE = {21, 3, 3, 0, 2, 2, 40};
  private static final byte[] ALERT = {21, 3, 3, 0, 2, 2}; // And a byte that says which.

  private final ActorTestKit kit = ActorTestKit.create();
  private final TestCertificates certificates = new TestCertificates();
  private final SSLContext server = context(certificates.issue("CN=server"));
  private final SSLContext jane = context(certificates.issue("CN=jane"));
  private final Handshakes handshakes = new Handshakes(1);
  private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
    handshakes.close();
  }

  static List<String> protocols() {
    return List.of("TLSv1.2", "TLSv1.3");
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void who_has_no_cipher_in_common_with_us_is_told(String protocol) throws Exception {
    int port = port(server);
    try (TlsPeer peer = new TlsPeer(jane, protocol, port, new Random(1)).with(OTHER)) {
      assertThatThrownBy(peer::shakeHands)
          .isInstanceOf(SSLHandshakeException.class)
          .hasMessageContaining("handshake_failure");
    }
    try (TlsPeer peer = new TlsPeer(jane, protocol, port, new Random(2)).with(OTHER)) {
      peer.greet();
      assertThat(peer.raw(HANDSHAKE_FAILURE.length)).isEqualTo(HANDSHAKE_FAILURE);
      peer.vanish();
      assertThat(peer.raw()).as("and then the end").isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2, 0", "TLSv1.3, 0", "TLSv1.3, 300000"})
  void who_shows_a_certificate_of_another_authority_is_told_whatever_he_sends(
      String protocol, int bytes) throws Exception {
    // Of the same name: who has none of an authority that is asked for shows none.
    SSLContext mallory = context(new TestCertificates().issue("CN=mallory"));
    try (TlsPeer peer = new TlsPeer(mallory, protocol, port(server), new Random(3))) {
      assertThatThrownBy(
              () -> {
                peer.shakeHands(); // With newer TLS our side of it ends before theirs.
                peer.write(new byte[bytes]);
                peer.read(1);
              })
          .isInstanceOf(SSLHandshakeException.class)
          .hasMessageContaining("certificate_unknown");
    }
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void what_breaks_down_ends_its_connection_at_once(String protocol) throws Exception {
    SSLContext broken = TestContexts.of(Optional.of(certificates.issue("CN=server")), breaking());
    try (TlsPeer peer = new TlsPeer(jane, protocol, port(broken), new Random(4)).with(ONE)) {
      peer.greet();
      assertThat(peer.raw()).as("the end without a word").isEmpty();
      await().until(() -> !faults.isEmpty());
      assertThat(faults.remove()).hasRootCauseMessage("deep");
    }
  }

  @Test
  void what_is_wrong_waits_until_the_network_takes_it() throws Exception {
    Publisher<ByteString> sent =
        Source.single(ByteString.fromString("GET / HTTP/1.1\r\n\r\n"))
            .via(echoing(server))
            .runWith(Sink.asPublisher(AsPublisher.WITHOUT_FANOUT), kit.system());
    await().until(() -> !faults.isEmpty());
    List<ByteString> all =
        Source.fromPublisher(sent)
            .runWith(Sink.seq(), kit.system())
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    assertThat(all).hasSize(1);
    assertThat(all.get(0).toArray()).hasSize(ALERT.length + 1).startsWith(ALERT);
  }

  /** It fails in a way that the engine does not expect. */
  private static X509TrustManager breaking() {
    return (X509TrustManager)
        Proxy.newProxyInstance(
            TlsFaultsTest.class.getClassLoader(),
            new Class<?>[] {X509TrustManager.class},
            (proxy, method, arguments) -> {
              throw new StackOverflowError("deep");
            });
  }

  private int port(SSLContext context) throws Exception {
    Flow<ByteString, ByteString, NotUsed> echoing = echoing(context);
    return Tcp.get(kit.system())
        .bind("127.0.0.1", 0)
        .to(Sink.foreach(each -> each.handleWith(echoing, kit.system())))
        .run(kit.system())
        .toCompletableFuture()
        .get()
        .localAddress()
        .getPort();
  }

  /** Sends back what it hears. */
  private Flow<ByteString, ByteString, NotUsed> echoing(SSLContext context) {
    BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed> tls =
        BidiFlow.fromGraph(
            new TlsBytes(() -> engine(context), handshakes, new Connection(System::nanoTime)));
    return Flow.of(SslTlsInbound.class)
        .map(each -> ((SessionBytes) each).bytes())
        .mapError(Throwable.class, this::noted)
        .map(bytes -> (SslTlsOutbound) new SendBytes(bytes))
        .join(tls);
  }

  private Throwable noted(Throwable fault) {
    faults.add(fault);
    return fault;
  }

  private static SSLEngine engine(SSLContext context) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setWantClientAuth(true);
    engine.setEnabledCipherSuites(ONE);
    return engine;
  }

  private SSLContext context(TestCertificates.Holder own) {
    return TestContexts.of(Optional.of(own), certificates.ca.certificate());
  }
}
