package io.ordinal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.ordinal.member.pki.CertificateAuthority;
import io.ordinal.member.pki.Identity;
import io.ordinal.member.pki.Pem;
import io.ordinal.member.pki.Tls;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Somebody who may list but not watch. */
class RefusedWatchTest {
  private static final String DISCOVERY =
      "{'items':[{'metadata':{'name':''},'versions':[{'version':'v1','resources':["
          + "{'resource':'pods','responseKind':{'kind':'Pod'},'scope':'Namespaced'},"
          + "{'resource':'events','responseKind':{'kind':'Event'},'scope':'Namespaced'}]}]}]}";
  private static final String LIST = "{'metadata':{'resourceVersion':'7'},'items':[]}";
  private static final String REFUSAL = "{'reason':'Forbidden','message':'not for you'}";

  @TempDir private Path place;
  private HttpsServer server;
  private Path kubeconfig;

  @BeforeEach
  void serve() throws Exception {
    CertificateAuthority authority =
        CertificateAuthority.create(Instant.now(), Duration.ofDays(1), new SecureRandom());
    Identity own = authority.issueServer("server", List.of(), List.of("127.0.0.1"), Instant.now());
    X509Certificate trusted = authority.identity().certificate();
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(Tls.context(own, trusted)));
    server.createContext("/", RefusedWatchTest::answer);
    server.start();
    kubeconfig = kubeconfig(trusted);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void is_told_so_and_the_command_fails() {
    for (String[] command : List.of(words("get pods -w"), words("events -w"))) {
      StringWriter err = new StringWriter();
      CommandLine line = Ordinal.commandLine(command).setErr(new PrintWriter(err, true));
      line.setOut(new PrintWriter(new StringWriter()));
      assertThat(line.execute(command)).as(command[0]).isEqualTo(1);
      assertThat(err.toString()).isEqualTo("Error from server (Forbidden): not for you\n");
    }
  }

  private String[] words(String command) {
    return (command + " --kubeconfig " + kubeconfig).split(" ");
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    boolean watch = query != null && query.contains("watch=1");
    boolean listed = exchange.getRequestURI().getPath().startsWith("/api/v1/");
    String said = watch ? REFUSAL : listed ? LIST : DISCOVERY;
    byte[] body = said.replace('\'', '"').getBytes(UTF_8);
    exchange.sendResponseHeaders(watch ? 403 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Path kubeconfig(X509Certificate trusted) throws IOException, GeneralSecurityException {
    Files.writeString(place.resolve("ca.crt"), Pem.of(trusted));
    String text =
        """
        current-context: c
        contexts: [{name: c, context: {cluster: c, user: u}}]
        clusters:
        - name: c
          cluster: {server: "https://127.0.0.1:%d", certificate-authority: ca.crt}
        users: [{name: u, user: {token: t}}]
        """;
    return Files.writeString(
        place.resolve("config"), text.formatted(server.getAddress().getPort()));
  }
}
