package io.ordinal.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.member.pki.CertificateAuthority;
import io.ordinal.member.pki.Identity;
import io.ordinal.member.pki.Tls;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which failures over TLS are a server that went away, and which a server that is another. */
class LostConnectionTest {
  private static final URI HERE = URI.create("https://127.0.0.1:6443");

  private SSLContext servers;
  private SSLContext clients;

  @BeforeEach
  void certificates() throws Exception {
    CertificateAuthority authority =
        CertificateAuthority.create(Instant.now(), Duration.ofDays(1), new SecureRandom());
    Identity own = authority.issueServer("server", List.of(), List.of("127.0.0.1"), Instant.now());
    X509Certificate trusted = authority.identity().certificate();
    servers = Tls.context(own, trusted);
    clients = Tls.trusting(trusted);
  }

  /** Which of these it is that the JDK finds is a matter of chance. */
  @Test
  void a_handshake_that_fails_is_told_as_such_however_the_peer_hung_up() {
    for (IOException each : hangingUp()) {
      IOException failed = new SSLHandshakeException("Remote host terminated the handshake");
      failed.initCause(each);
      assertThat(LostConnection.told(HERE, failed)).isSameAs(failed);
      IOException wrapped = new IOException("failed", failed);
      assertThat(LostConnection.told(HERE, wrapped)).isSameAs(wrapped);
    }
  }

  @Test
  void a_peer_that_hangs_up_otherwise_is_lost() {
    for (IOException each : hangingUp()) {
      IOException failed = new IOException("HTTP/1.1 header parser received no bytes", each);
      assertThat(LostConnection.told(HERE, failed)).isInstanceOf(LostConnection.class);
    }
    IOException other = new IOException("No space left on device");
    assertThat(LostConnection.told(HERE, other)).isSameAs(other);
  }

  private static List<IOException> hangingUp() {
    return List.of(
        new EOFException("EOF reached while reading"),
        new SocketException("Connection reset"),
        new ClosedChannelException(),
        new IOException("Broken pipe"));
  }

  @Test
  void a_port_where_nobody_speaks_TLS_is_told_as_such() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 9, InetAddress.getByName("127.0.0.1"))) {
      CompletableFuture<Void> served =
          CompletableFuture.runAsync(() -> each(socket, line -> line.getInputStream().read()));
      assertThatThrownBy(() -> api(socket).get("/api/v1/pods")).isInstanceOf(SSLException.class);
      socket.close();
      served.join();
    }
  }

  @Test
  void a_server_that_hangs_up_after_the_handshake_is_lost() throws Exception {
    InetAddress here = InetAddress.getByName("127.0.0.1");
    try (ServerSocket socket = servers.getServerSocketFactory().createServerSocket(0, 9, here)) {
      CompletableFuture<Void> served =
          CompletableFuture.runAsync(() -> each(socket, line -> line.getInputStream().read()));
      assertThatThrownBy(() -> api(socket).get("/api/v1/pods"))
          .isInstanceOf(LostConnection.class)
          .hasMessage("the connection to " + server(socket) + " was lost");
      socket.close();
      served.join();
    }
  }

  private ApiClient api(ServerSocket socket) {
    return new ApiClient(server(socket), clients);
  }

  private static URI server(ServerSocket socket) {
    return URI.create("https://127.0.0.1:" + socket.getLocalPort());
  }

  private interface Talk {
    void with(Socket line) throws IOException;
  }

  /** However often the client tries, as long as the socket is open. */
  private static void each(ServerSocket socket, Talk talk) {
    while (true) {
      try (Socket line = socket.accept()) {
        talk.with(line);
      } catch (IOException closed) {
        if (socket.isClosed()) return;
      }
    }
  }
}
