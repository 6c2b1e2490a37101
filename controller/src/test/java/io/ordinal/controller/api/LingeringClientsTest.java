package io.ordinal.controller.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.security.KeyStore;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients over TLS that hold connections at their beginning and at their end. */
class LingeringClientsTest {
  private static final int PATIENCE_MILLIS = 15_000;
  private static final byte[] ALERT = {21, 3, 3, 0, 2};
  private final TestCertificates certificates = new TestCertificates();
  private ServedApi api;

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void who_never_shakes_hands_is_sent_away_before_heads_have_to_be_there() throws Exception {
    serve("handshake = 1s, head = 10m");
    try (Socket socket = new Socket("127.0.0.1", api.server.port())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      assertThat(isOver(socket)).isTrue();
    }
  }

  @Test
  void who_has_shaken_hands_has_the_time_of_a_head() throws Exception {
    serve("handshake = 5s, head = 10m"); // Long enough for a slow machine's first handshake.
    try (Socket socket = new Socket("127.0.0.1", api.server.port());
        SSLSocket secure = secured(socket)) {
      secure.startHandshake();
      secure.setSoTimeout(7_000);
      assertThat(isOver(secure)).isFalse();
    }
  }

  @Test
  void who_was_told_the_end_and_does_not_close_is_left() throws Exception {
    serve("farewell = 1s");
    try (Socket socket = new Socket("127.0.0.1", api.server.port());
        SSLSocket secure = secured(socket)) {
      String request = "GET /version HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
      secure.getOutputStream().write(request.getBytes(US_ASCII));
      assertThat(new String(secure.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 ");
      socket.setSoTimeout(PATIENCE_MILLIS);
      assertThat(isOver(socket)).isTrue();
    }
  }

  @Test
  void who_was_told_what_is_wrong_and_does_not_close_is_left() throws Exception {
    serve("farewell = 1s, handshake = 10m, head = 10m");
    try (Socket socket = new Socket("127.0.0.1", api.server.port())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
      assertThat(socket.getInputStream().readNBytes(7)).startsWith(ALERT);
      assertThat(socket.getInputStream().read()).as("closed, not reset").isNegative();
    }
  }

  private void serve(String connections) throws Exception {
    api =
        ServedApi.overTls(
            certificates, InstantSource.system(), "connections { " + connections + " }");
  }

  private SSLSocket secured(Socket socket) throws Exception {
    KeyStore known = KeyStore.getInstance("PKCS12");
    known.load(null, new char[0]);
    known.setCertificateEntry("ca", certificates.ca.certificate());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(known);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return (SSLSocket)
        context.getSocketFactory().createSocket(socket, "127.0.0.1", socket.getPort(), false);
  }

  /** Whether the server ends it before the socket's own patience ends. */
  private static boolean isOver(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException silent) {
      return false;
    } catch (SocketException reset) {
      return true;
    }
  }
}
