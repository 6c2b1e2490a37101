package io.ordinal.controller.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of controllers' ports that refuse, hang, and answer again: what was does not count. */
class PekkoNeighboursTest {
  private static final int LONG = 100;
  private final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseString("pekko.actor.provider = local")
              .withFallback(ConfigFactory.load()));
  private final PekkoNeighbours neighbours = new PekkoNeighbours(kit.system());
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
    threads.shutdownNow();
  }

  private static ServerSocket listening(int port) throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return server;
  }

  /**
   * @param most requests of one connection that get an answer; it stays open without one after them
   */
  private void answer(ServerSocket server, String status, int most) {
    threads.execute(
        () -> {
          try {
            while (true) {
              Socket line = server.accept();
              threads.execute(() -> answer(line, status, most));
            }
          } catch (IOException closed) {
            // The test is over.
          }
        });
  }

  private static void answer(Socket line, String status, int most) {
    try {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(line.getInputStream(), StandardCharsets.US_ASCII));
      int answered = 0;
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        if (!text.isEmpty() || answered++ >= most) continue;
        String head = "HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\nOK";
        line.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException closed) {
      // The other side went.
    }
  }

  private Optional<String> silence(int port) throws Exception {
    return neighbours.silence("127.0.0.1:" + port).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void one_that_refused_for_a_while_answers_once_it_is_back() throws Exception {
    int port;
    try (ServerSocket free = listening(0)) {
      port = free.getLocalPort();
    }
    for (int again = 0; again < 8; again++) {
      assertThat(silence(port)).contains("127.0.0.1:" + port + ": Connection refused");
    }
    try (ServerSocket server = listening(port)) {
      answer(server, "200 OK", LONG);
      assertThat(silence(port)).isEmpty();
    }
  }

  @Test
  void a_line_of_a_process_that_is_gone_is_not_used_again() throws Exception {
    try (ServerSocket server = listening(0)) {
      answer(server, "200 OK", 1);
      assertThat(silence(server.getLocalPort())).isEmpty();
      assertThat(silence(server.getLocalPort())).isEmpty();
    }
  }

  @Test
  void a_frozen_one_takes_connections_and_answers_nothing() throws Exception {
    try (ServerSocket server = listening(0)) {
      assertThat(silence(server.getLocalPort()))
          .hasValueSatisfying(why -> assertThat(why).contains("2 s"));
    }
  }

  @Test
  void a_refusal_is_no_sign_of_health() throws Exception {
    try (ServerSocket server = listening(0)) {
      answer(server, "503 Service Unavailable", LONG);
      assertThat(silence(server.getLocalPort()))
          .hasValueSatisfying(why -> assertThat(why).contains("503"));
    }
  }
}
