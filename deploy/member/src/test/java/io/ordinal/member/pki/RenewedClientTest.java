package io.ordinal.member.pki;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.ordinal.member.contact.ClusterClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that goes on talking to one controller while its certificate is renewed. */
class RenewedClientTest {
  private final CertificateAuthority authority = Pki.authority();
  private final AtomicReference<Identity> own = new AtomicReference<>(Pki.node(authority));
  private HttpsServer server;

  /** Answers with the serial number of what the client showed. */
  @BeforeEach
  void serve() throws Exception {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    SSLContext tls = Tls.context(Pki.controller(authority), authority.identity().certificate());
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = tls.getDefaultSSLParameters();
            wanted.setNeedClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    server.createContext("/", exchange -> answer((HttpsExchange) exchange));
    server.start();
  }

  private static void answer(HttpsExchange exchange) throws IOException {
    X509Certificate shown = (X509Certificate) exchange.getSSLSession().getPeerCertificates()[0];
    byte[] body =
        ("{\"serial\":\"" + shown.getSerialNumber() + "\"}").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void the_renewed_certificate_is_shown_from_the_next_call_on() throws Exception {
    URI uri = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    ClusterClient client =
        new ClusterClient(
            () -> List.of(uri), Tls.following(own::get, authority.identity().certificate()));
    assertThat(shown(client)).isEqualTo(serial()).isEqualTo(shown(client));
    own.set(Pki.node(authority));
    assertThat(shown(client)).isEqualTo(serial());
  }

  private static String shown(ClusterClient client) throws Exception {
    return client.get("/").required("serial").asString();
  }

  private String serial() {
    return own.get().certificate().getSerialNumber().toString();
  }
}
