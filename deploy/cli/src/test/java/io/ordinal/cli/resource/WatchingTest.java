package io.ordinal.cli.resource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.cli.client.ApiClient;
import io.ordinal.cli.client.ApiFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class WatchingTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\n";
  private static final String TABLE = whole("{\"metadata\":{\"resourceVersion\":\"7\"},\"a\":1}");
  private static final String EVENT =
      begun("{\"type\":\"ADDED\",\"object\":{\"shown\":\"later\"}}\n");

  private static String whole(String body) {
    return HEAD + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  /** The first of the pieces of a body that has no last one. */
  private static String begun(String piece) {
    String length = Integer.toHexString(piece.length());
    return HEAD + "Transfer-Encoding: chunked\r\n\r\n" + length + "\r\n" + piece + "\r\n";
  }

  @Test
  void a_connection_that_ends_is_told_in_plain_words() throws Exception {
    List<String> shown = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> served =
          CompletableFuture.runAsync(() -> serve(socket, asked, TABLE, EVENT));
      URI server = URI.create("http://127.0.0.1:" + socket.getLocalPort());
      ApiClient api = new ApiClient(server, SSLContext.getDefault());
      assertThatThrownBy(
              () -> Watching.tables(api, "/api/v1/pods", "", each -> shown.add(each.toString())))
          .isInstanceOf(Watching.Ended.class)
          .hasNoCause()
          .hasMessage("the watch ended: the connection to " + server + " was lost");
      served.join();
    }
    assertThat(shown).hasSize(2).last().asString().contains("later");
    assertThat(asked).last().asString().contains("watch=1").contains("resourceVersion=7");
  }

  @Test
  void a_server_that_ends_the_watch_and_is_gone_is_an_end_too() throws Exception {
    CompletableFuture<Void> served;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String last = whole("{\"type\":\"ADDED\",\"object\":{}}");
      served =
          CompletableFuture.runAsync(
              () -> {
                serve(socket, new ArrayList<>(), TABLE);
                serveLast(socket, last);
              });
      URI server = URI.create("http://127.0.0.1:" + socket.getLocalPort());
      ApiClient api = new ApiClient(server, SSLContext.getDefault());
      assertThatThrownBy(() -> Watching.tables(api, "/api/v1/pods", "", each -> {}))
          .isInstanceOf(Watching.Ended.class)
          .hasMessageStartingWith("the watch ended: nothing answers at " + server);
    }
    served.join();
  }

  @Test
  void a_watch_that_the_server_refuses_has_not_ended() throws Exception {
    String refused = "{\"code\":403,\"reason\":\"Forbidden\",\"message\":\"not for you\"}";
    String forbidden = whole(refused).replace("200 OK", "403 Forbidden");
    failure(forbidden).hasMessage("Error from server (Forbidden): not for you");
    String old = "{\"code\":410,\"reason\":\"Expired\",\"message\":\"too old\"}";
    failure(whole("{\"type\":\"ERROR\",\"object\":" + old + "}"))
        .hasMessage("Error from server (Expired): too old")
        .extracting(failed -> ((ApiFailure) failed).code())
        .isEqualTo(410);
  }

  /** What a watch throws that is answered so. */
  private static AbstractThrowableAssert<?, ? extends Throwable> failure(String answer)
      throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> served =
          CompletableFuture.runAsync(() -> serve(socket, new ArrayList<>(), TABLE, answer));
      URI server = URI.create("http://127.0.0.1:" + socket.getLocalPort());
      ApiClient api = new ApiClient(server, SSLContext.getDefault());
      var thrown =
          assertThatThrownBy(() -> Watching.tables(api, "/api/v1/pods", "", each -> {}))
              .isInstanceOf(ApiFailure.class);
      served.join();
      return thrown;
    }
  }

  @Test
  void a_server_that_is_gone_before_its_answer_is_told_too() throws Exception {
    CompletableFuture<Void> served;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      served = CompletableFuture.runAsync(() -> serveNothing(socket));
      URI server = URI.create("http://127.0.0.1:" + socket.getLocalPort());
      ApiClient api = new ApiClient(server, SSLContext.getDefault());
      assertThatThrownBy(() -> api.get("/api/v1/pods"))
          .hasMessage("the connection to " + server + " was lost")
          .hasNoCause();
    }
    served.join();
  }

  /** One connection for each answer. */
  private static void serve(ServerSocket socket, List<String> asked, String... answers) {
    for (String answer : answers) {
      try (Socket line = socket.accept()) {
        asked.add(request(line));
        line.getOutputStream().write(answer.getBytes(US_ASCII));
        line.getOutputStream().flush();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Nobody listens any more when the answer goes out. */
  private static void serveLast(ServerSocket socket, String answer) {
    try (Socket line = socket.accept()) {
      socket.close();
      request(line);
      line.getOutputStream().write(answer.getBytes(US_ASCII));
      line.getOutputStream().flush();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** However often the client asks, as long as the socket is open. */
  private static void serveNothing(ServerSocket socket) {
    while (true) {
      try (Socket line = socket.accept()) {
        request(line);
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static String request(Socket line) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(line.getInputStream(), US_ASCII));
    String first = in.readLine();
    String header = in.readLine();
    while (header != null && !header.isEmpty()) header = in.readLine();
    return first;
  }
}
