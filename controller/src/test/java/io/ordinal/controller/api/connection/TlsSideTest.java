package io.ordinal.controller.api.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.TestCertificates;
import io.ordinal.controller.api.auth.ServerTls;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two sides, without anything between them. */
class TlsSideTest {
  private final TestCertificates certificates = new TestCertificates();
  private final SSLContext clients =
      TestContexts.of(Optional.empty(), certificates.ca.certificate());

  @ParameterizedTest
  @CsvSource({"TLSv1.3, 1", "TLSv1.3, 40", "TLSv1.2, 1", "TLSv1.2, 700"})
  void many_small_records_that_come_at_once_are_all_opened(String protocol, int most)
      throws Exception {
    TlsSide client = new TlsSide(engine(protocol, true));
    TlsSide server = new TlsSide(engine(protocol, false));
    shakeHands(client, server);
    Random random = new Random(most);
    ByteString sent = ByteString.emptyByteString();
    ByteString sealed = ByteString.emptyByteString();
    while (sealed.size() < 200_000) {
      byte[] bytes = new byte[1 + random.nextInt(most)];
      random.nextBytes(bytes);
      client.send(ByteString.fromArray(bytes));
      sent = sent.concat(ByteString.fromArray(bytes));
      while (!client.hasSealedAll()) sealed = sealed.concat(client.seal());
    }
    server.received(sealed.compact());
    assertThat(opened(server).toArray()).isEqualTo(sent.compact().toArray());
  }

  private static ByteString opened(TlsSide side) throws SSLException {
    ByteString all = ByteString.emptyByteString();
    while (!side.isStarved()) all = all.concat(side.open());
    return all.compact();
  }

  private static void shakeHands(TlsSide one, TlsSide other) throws SSLException {
    one.send(ByteString.fromString("hello"));
    ByteString heard = ByteString.emptyByteString();
    for (int round = 0; round < 20; round++) {
      pass(one, other);
      heard = heard.concat(other.open());
      pass(other, one);
      one.open();
    }
    assertThat(heard.utf8String()).isEqualTo("hello");
  }

  private static void pass(TlsSide from, TlsSide to) throws SSLException {
    for (Runnable task = from.task(); task != null; task = from.task()) task.run();
    ByteString sealed = from.seal();
    if (!sealed.isEmpty()) to.received(sealed);
  }

  private SSLEngine engine(String protocol, boolean client) throws Exception {
    SSLEngine engine = (client ? clients : servers()).createSSLEngine();
    engine.setUseClientMode(client);
    engine.setEnabledProtocols(new String[] {protocol});
    return engine;
  }

  private SSLContext servers() throws Exception {
    TestCertificates.Holder holder = certificates.issue("CN=server");
    return ServerTls.context(
        holder.key(), List.of(holder.certificate()), certificates.ca.certificate());
  }
}
