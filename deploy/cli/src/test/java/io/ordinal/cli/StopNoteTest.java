package io.ordinal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ordinal.cli.client.ApiClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a controller is told of a node that is stopped with its workloads. */
class StopNoteTest {
  private final List<String> patches = new CopyOnWriteArrayList<>();
  private volatile String node = "{\"metadata\":{\"name\":\"n1\"}}";
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v1/nodes/n1", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String said = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    if (exchange.getRequestMethod().equals("PATCH")) patches.add(said);
    byte[] body = node.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private StopNote note() throws Exception {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new StopNote(new ApiClient(address, SSLContext.getDefault()), "n1");
  }

  @Test
  void it_stands_on_the_node() throws Exception {
    note().write();
    assertThat(patches)
        .containsExactly(
            "{\"metadata\":{\"annotations\":{\"ordinal.io/stopped-with-workloads\":\"true\"}}}");
  }

  @Test
  void it_is_taken_off_when_it_stands_there_and_only_then() throws Exception {
    note().remove();
    assertThat(patches).isEmpty();
    node = "{\"metadata\":{\"annotations\":{\"ordinal.io/stopped-with-workloads\":\"true\"}}}";
    note().remove();
    assertThat(patches)
        .containsExactly(
            "{\"metadata\":{\"annotations\":{\"ordinal.io/stopped-with-workloads\":null}}}");
  }
}
