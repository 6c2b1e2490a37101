package io.ordinal.controller.api.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.api.TestCertificates;
import io.ordinal.controller.api.auth.ServerTls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.TLSProtocol.SendBytes;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TlsBytesTest {
  private static final String NEW = "TLSv1.3";
  private static final String OLD = "TLSv1.2";
  private static final int MUCH = 100_000;

  private final ActorTestKit kit = ActorTestKit.create();
  private final TestCertificates certificates = new TestCertificates();
  private final SSLContext server = server();
  private final SSLContext jane = client(Optional.of(certificates.issue("CN=jane")));
  private final Handshakes handshakes = new Handshakes(1);
  private final Queue<String> names = new ConcurrentLinkedQueue<>();
  private final AtomicInteger over = new AtomicInteger();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
    handshakes.close();
  }

  static Stream<Arguments> seeds() {
    return IntStream.range(0, 12)
        .mapToObj(seed -> Arguments.of(seed % 3 == 0 ? OLD : NEW, (long) seed));
  }

  static List<String> protocols() {
    return List.of(OLD, NEW);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bytes_come_back_as_they_were_however_they_are_cut(String protocol, long seed)
      throws Exception {
    Random random = new Random(seed);
    try (TlsPeer peer = peer(echoing(), protocol, random)) {
      peer.shakeHands();
      for (int round = 0; round < 4; round++) {
        byte[] bytes = new byte[1 + random.nextInt(40_000)];
        random.nextBytes(bytes);
        peer.write(bytes);
        assertThat(peer.read(bytes.length)).as("seed %d", seed).isEqualTo(bytes);
        if (random.nextBoolean()) peer.shakeHands();
      }
      peer.sayTheEnd();
      assertThat(peer.read(1)).isEmpty();
      assertThat(peer.wasToldTheEnd()).isTrue();
    }
    await().untilAsserted(() -> assertThat(over).hasValue(1));
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void a_long_answer_comes_whole_and_with_its_end(String protocol) throws Exception {
    List<ByteString> pieces = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < 6; i++) {
      byte[] bytes = new byte[random.nextInt(MUCH)];
      random.nextBytes(bytes);
      ByteString piece = ByteString.fromArray(bytes);
      pieces.add(piece.take(9).concat(piece.drop(9)));
    }
    byte[] all = pieces.stream().reduce(ByteString.emptyByteString(), ByteString::concat).toArray();
    try (TlsPeer peer = peer(saying(Source.from(pieces)), protocol, random)) {
      peer.shakeHands();
      assertThat(peer.read(all.length + 1)).isEqualTo(all);
      assertThat(peer.wasToldTheEnd()).isTrue();
      assertThat(over).as("until we have ended, too").hasValue(0);
      if (protocol.equals(NEW)) peer.write(new byte[10_000]); // Said before the end was heard.
      peer.sayTheEnd();
      await().untilAsserted(() -> assertThat(over).hasValue(1));
    }
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void the_certificate_of_a_client_is_seen(String protocol) throws Exception {
    try (TlsPeer peer = peer(echoing(), protocol, new Random(1))) {
      peer.shakeHands();
      peer.write(new byte[1]);
      peer.read(1);
    }
    assertThat(names).contains("CN=jane");
  }

  @Test
  void who_has_no_certificate_is_let_in_without_a_name() throws Exception {
    SSLContext nobody = client(Optional.empty());
    try (TlsPeer peer = new TlsPeer(nobody, NEW, port(echoing()), new Random(1))) {
      peer.shakeHands();
      peer.write(new byte[1]);
      assertThat(peer.read(1)).hasSize(1);
    }
    assertThat(names).containsOnly("nobody");
  }

  @Test
  void who_has_said_the_end_still_hears_the_answer() throws Exception {
    Flow<ByteString, ByteString, NotUsed> counting =
        Flow.of(ByteString.class)
            .fold(0, (sum, bytes) -> sum + bytes.size())
            .map(sum -> ByteString.fromString("heard " + sum));
    try (TlsPeer peer = peer(counting, NEW, new Random(3))) {
      peer.shakeHands();
      peer.write(new byte[50_000]);
      peer.sayTheEnd();
      assertThat(new String(peer.read(100), StandardCharsets.UTF_8)).isEqualTo("heard 50000");
      assertThat(peer.wasToldTheEnd()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void who_vanishes_ends_what_is_heard(String protocol) throws Exception {
    CompletableFuture<Integer> heard = new CompletableFuture<>();
    Flow<ByteString, ByteString, NotUsed> listening =
        Flow.fromSinkAndSourceCoupled(
            Flow.of(ByteString.class)
                .toMat(
                    Sink.fold(0, (Integer sum, ByteString bytes) -> sum + bytes.size()),
                    Keep.right())
                .mapMaterializedValue(sum -> sum.thenAccept(heard::complete)),
            Source.maybe());
    try (TlsPeer peer = peer(listening, protocol, new Random(4))) {
      peer.shakeHands();
      peer.write(new byte[1000]);
      peer.vanish();
      assertThat(heard.get()).isEqualTo(1000);
      await().untilAsserted(() -> assertThat(over).hasValue(1));
    }
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.3, true", "TLSv1.3, false", "TLSv1.2, true", "TLSv1.2, false"})
  void who_vanishes_ends_what_is_said_to_him(String protocol, boolean withTheWord)
      throws Exception {
    Flow<ByteString, ByteString, NotUsed> silent =
        Flow.fromSinkAndSource(Sink.ignore(), Source.maybe());
    try (TlsPeer peer = peer(silent, protocol, new Random(8))) {
      peer.shakeHands();
      peer.write(new byte[1000]);
      if (withTheWord) peer.sayTheEnd();
      peer.vanish();
      await().untilAsserted(() -> assertThat(over).hasValue(1));
    }
  }

  @Test
  void with_older_tls_the_word_ends_both_directions() throws Exception {
    Flow<ByteString, ByteString, NotUsed> silent =
        Flow.fromSinkAndSource(Sink.ignore(), Source.maybe());
    try (TlsPeer peer = peer(silent, OLD, new Random(9))) {
      peer.shakeHands();
      peer.sayTheEnd();
      assertThat(peer.read(1)).isEmpty();
      assertThat(peer.wasToldTheEnd()).isTrue();
      await().untilAsserted(() -> assertThat(over).hasValue(1));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void what_is_no_tls_ends_its_connection_alone(String protocol, long seed) throws Exception {
    Random random = new Random(seed);
    int port = port(echoing());
    try (TlsPeer bad = new TlsPeer(jane, protocol, port, random);
        TlsPeer good = new TlsPeer(jane, protocol, port, random)) {
      if (random.nextBoolean()) bad.shakeHands();
      byte[] noise = new byte[300 + random.nextInt(2000)];
      random.nextBytes(noise);
      noise[0] = 70; // No kind of record is called so.
      noise[3] = 0; // A record that is not whole yet would be waited for.
      bad.raw(noise);
      assertThatThrownBy(() -> bad.read(1))
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("Received fatal alert: ");
      assertThat(over).as("until they have ended, too").hasValue(0);
      bad.vanish();
      await().untilAsserted(() -> assertThat(over).hasValue(1));
      good.shakeHands();
      good.write(new byte[10]);
      assertThat(good.read(10)).hasSize(10);
    }
  }

  @Test
  void who_reads_nothing_is_not_sent_more_than_the_network_holds() throws Exception {
    AtomicLong made = new AtomicLong();
    ByteString piece = ByteString.fromArray(new byte[MUCH]);
    Source<ByteString, NotUsed> endless =
        Source.repeat(piece).map(each -> piece(made, each)).mapMaterializedValue(none -> none);
    try (TlsPeer peer = peer(saying(endless), NEW, new Random(5))) {
      peer.shakeHands();
      await().until(() -> made.get() > 0);
      AtomicLong before = new AtomicLong();
      await()
          .pollInterval(Duration.ofMillis(300))
          .until(() -> before.getAndSet(made.get()) == made.get());
      assertThat(made).hasValueLessThan(100); // The kernel takes so much for us, and not more.
      while (made.get() == before.get()) assertThat(peer.read(MUCH)).hasSize(MUCH);
    }
  }

  private static ByteString piece(AtomicLong made, ByteString each) {
    made.incrementAndGet();
    return each;
  }

  @Test
  void a_crowd_that_greets_and_goes_leaves_nothing_behind() throws Exception {
    int port = port(echoing());
    for (int i = 0; i < 50; i++) {
      try (TlsPeer peer = new TlsPeer(jane, NEW, port, new Random(i))) {
        if (i % 2 == 0) peer.raw(new byte[] {22, 3, 1});
      }
    }
    try (TlsPeer peer = new TlsPeer(jane, NEW, port, new Random(6))) {
      peer.shakeHands();
      peer.write(new byte[100]);
      assertThat(peer.read(100)).hasSize(100);
      await().untilAsserted(() -> assertThat(over).hasValue(50));
    }
  }

  @Test
  void who_goes_while_the_handshake_waits_for_others_holds_no_place() throws Exception {
    Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    int port = port(echoing(), waiting::add);
    try (TlsPeer peer = new TlsPeer(jane, NEW, port, new Random(10))) {
      peer.raw(hello());
      await().until(() -> !waiting.isEmpty());
      assertThat(over).hasValue(0);
      peer.vanish();
      await().untilAsserted(() -> assertThat(over).hasValue(1));
    }
  }

  /** The first that a client says. */
  private byte[] hello() throws IOException {
    SSLEngine engine = jane.createSSLEngine();
    engine.setUseClientMode(true);
    ByteBuffer sealed = ByteBuffer.allocate(MUCH);
    engine.wrap(ByteBuffer.allocate(0), sealed);
    return Arrays.copyOf(sealed.array(), sealed.position());
  }

  private TlsPeer peer(Flow<ByteString, ByteString, NotUsed> plain, String protocol, Random random)
      throws Exception {
    return new TlsPeer(jane, protocol, port(plain), random);
  }

  private static Flow<ByteString, ByteString, NotUsed> echoing() {
    return Flow.of(ByteString.class);
  }

  /** Hears nothing of what it is told. */
  private static Flow<ByteString, ByteString, NotUsed> saying(Source<ByteString, NotUsed> words) {
    return Flow.fromSinkAndSource(Sink.cancelled(), words);
  }

  private int port(Flow<ByteString, ByteString, NotUsed> plain) throws Exception {
    return port(plain, handshakes);
  }

  private int port(Flow<ByteString, ByteString, NotUsed> plain, Executor executor)
      throws Exception {
    BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed> tls =
        BidiFlow.fromGraph(new TlsBytes(this::engine, executor, new Connection(System::nanoTime)));
    Flow<ByteString, ByteString, NotUsed> whole =
        Flow.of(SslTlsInbound.class)
            .map(this::opened)
            .via(plain)
            .map(bytes -> (SslTlsOutbound) new SendBytes(bytes))
            .join(tls);
    return Tcp.get(kit.system())
        .bind("127.0.0.1", 0)
        .to(Sink.foreach(each -> each.handleWith(counted(whole), kit.system())))
        .run(kit.system())
        .toCompletableFuture()
        .get()
        .localAddress()
        .getPort();
  }

  private Flow<ByteString, ByteString, NotUsed> counted(
      Flow<ByteString, ByteString, NotUsed> whole) {
    return whole.watchTermination(
        (nothing, end) -> {
          end.whenComplete((done, failure) -> over.incrementAndGet());
          return nothing;
        });
  }

  private ByteString opened(SslTlsInbound inbound) {
    SessionBytes bytes = (SessionBytes) inbound;
    names.add(name(bytes));
    return bytes.bytes();
  }

  private static String name(SessionBytes bytes) {
    try {
      return bytes.session().getPeerPrincipal().getName();
    } catch (javax.net.ssl.SSLPeerUnverifiedException none) {
      return "nobody";
    }
  }

  private SSLEngine engine() {
    SSLEngine engine = server.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setWantClientAuth(true);
    return engine;
  }

  private SSLContext server() {
    try {
      TestCertificates.Holder holder = certificates.issue("CN=server");
      return ServerTls.context(
          holder.key(), List.of(holder.certificate()), certificates.ca.certificate());
    } catch (java.security.GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private SSLContext client(Optional<TestCertificates.Holder> holder) {
    return TestContexts.of(holder, certificates.ca.certificate());
  }
}
