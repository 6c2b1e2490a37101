package io.ordinal.cli.describe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ordinal.cli.client.ApiClient;
import io.ordinal.cli.client.ApiFailure;
import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked for, and what is told where the answer is no. */
class DescriberTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final String OF_SHOP = "'metadata':{'name':'x','namespace':'shop','uid':'1'}}";

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile int code = 403;
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestURI().getPath());
    String refusal = "{\"reason\":\"Forbidden\",\"message\":\"not for you\"}";
    byte[] body = (code == 200 ? "{\"items\":[]}" : refusal).getBytes(UTF_8);
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void events_are_looked_for_where_the_object_is() throws Exception {
    code = 200;
    assertThat(describe("{'apiVersion':'v1','kind':'Pod'," + OF_SHOP))
        .contains("Events:          <none>");
    assertThat(asked).containsExactly("/api/v1/namespaces/shop/events");
    asked.clear();
    describe("{'apiVersion':'v1','kind':'PersistentVolume','metadata':{'name':'pv'}}");
    assertThat(asked).containsExactly("/api/v1/events");
  }

  @Test
  void what_may_not_be_read_does_not_keep_the_rest_from_being_told() throws Exception {
    assertThat(describe("{'apiVersion':'v1','kind':'Pod'," + OF_SHOP))
        .contains("Name:         x", "Events:          not authorized");
    assertThat(describe("{'apiVersion':'v1','kind':'ConfigMap'," + OF_SHOP))
        .contains("Name:  x", "Events:  not authorized");
    assertThat(describe("{'apiVersion':'apps/v1','kind':'StatefulSet'," + OF_SHOP))
        .anyMatch(line -> line.matches("Pods Status: +not authorized"));
    assertThat(describe("{'apiVersion':'v1','kind':'PersistentVolumeClaim'," + OF_SHOP))
        .anyMatch(line -> line.matches("Used By: +not authorized"));
    assertThat(describe("{'apiVersion':'v1','kind':'Service','spec':{'ports':[{}]}," + OF_SHOP))
        .anyMatch(line -> line.matches("Endpoints: +not authorized"));
    assertThat(describe("{'apiVersion':'v1','kind':'Node','metadata':{'name':'n1'}}"))
        .anyMatch(line -> line.matches("Lease: +Failed to get lease: not for you"))
        .anyMatch(line -> line.matches("Pods: +not authorized"))
        .anyMatch(line -> line.matches("Events: +not authorized"));
  }

  @Test
  void every_other_refusal_is_the_commands() {
    code = 500;
    for (String kind : List.of("Pod", "Service", "Node")) {
      assertThatThrownBy(() -> describe("{'apiVersion':'v1','kind':'" + kind + "'," + OF_SHOP))
          .isInstanceOf(ApiFailure.class)
          .hasMessageContaining("not for you");
    }
  }

  private List<String> describe(String object) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    ApiClient api = new ApiClient(address, SSLContext.getDefault());
    return new Describer(api, NOW).lines(Json.tree(object.replace('\'', '"').getBytes(UTF_8)));
  }
}
