package io.ordinal.cli.resource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.cli.client.ApiClient;
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
