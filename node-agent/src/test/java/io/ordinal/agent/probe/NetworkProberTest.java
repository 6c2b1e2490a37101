package io.ordinal.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.ordinal.agent.probe.Prober.Answer;
import io.ordinal.protocol.agent.ProbeOrder.Check.HttpGet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkProberTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private final HttpCheck http = new HttpCheck();
  private final TcpCheck tcp = new TcpCheck();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          if (path.equals("/hang")) return;
          int status =
              path.equals("/host")
                  ? (exchange.getRequestHeaders().getFirst("Host").equals("db") ? 200 : 500)
                  : Integer.parseInt(path.substring(1));
          exchange.sendResponseHeaders(status, status == 204 ? -1 : 0);
          if (status != 204)
            exchange.getResponseBody().write("hello".getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static Answer await(CompletionStage<Answer> stage) {
    return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private Answer ask(String path, Map<String, String> headers) {
    HttpGet check = new HttpGet("HTTP", "", server.getAddress().getPort(), path, headers);
    return await(http.ask(check, "127.0.0.1", TIMEOUT));
  }

  @ParameterizedTest
  @CsvSource({
    "200,true",
    "204,true",
    "302,true",
    "399,true",
    "400,false",
    "404,false",
    "503,false"
  })
  void every_status_from_200_to_399_is_good(int status, boolean good) {
    assertThat(ask("/" + status, Map.of()).passed()).isEqualTo(good);
  }

  @Test
  void a_bad_status_is_told() {
    assertThat(ask("/503", Map.of()).message()).isEqualTo("HTTP probe failed with statuscode: 503");
  }

  @Test
  void an_answer_that_does_not_come_in_time_is_bad() {
    HttpGet check = new HttpGet("HTTP", "", server.getAddress().getPort(), "/hang", Map.of());
    Answer answer = await(http.ask(check, "127.0.0.1", Duration.ofMillis(300)));
    assertThat(answer.passed()).isFalse();
    assertThat(answer.message()).contains("deadline exceeded");
  }

  @Test
  void a_probe_may_name_its_host() {
    assertThat(ask("/host", Map.of("Host", "db")).passed()).isTrue();
  }

  @Test
  void a_port_that_listens_is_good_and_one_that_does_not_is_bad() throws IOException {
    assertThat(await(tcp.ask("127.0.0.1", server.getAddress().getPort(), TIMEOUT)).passed())
        .isTrue();
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    Answer answer = await(tcp.ask("127.0.0.1", closed, TIMEOUT));
    assertThat(answer.passed()).isFalse();
    assertThat(answer.message()).startsWith("dial tcp 127.0.0.1:" + closed);
    HttpGet check = new HttpGet("", "", closed, "x", Map.of());
    assertThat(await(http.ask(check, "127.0.0.1", TIMEOUT)).message())
        .isEqualTo("Get \"http://127.0.0.1:" + closed + "/x\": connection refused");
  }

  @Test
  void nonsense_in_a_manifest_is_a_bad_answer() {
    HttpGet check = new HttpGet("gopher", "no such host", -1, "", Map.of());
    Answer answer = await(NetworkProber.answering(() -> http.ask(check, check.host(), TIMEOUT)));
    assertThat(answer.passed()).isFalse();
  }
}
