package io.ordinal.controller.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.drill.Question.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkProbeTest {
  private final NetworkProbe probe = new NetworkProbe(Duration.ofSeconds(3));

  private boolean ask(Protocol protocol, int port) {
    Question question = new Question(protocol, port, "/", Duration.ofSeconds(1));
    return probe.ask("127.0.0.1", question).toCompletableFuture().join();
  }

  private static ServerSocket answering(String answer) throws IOException {
    ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
    Thread thread =
        new Thread(
            () -> {
              try (Socket socket = server.accept()) {
                socket.getInputStream().read();
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
              } catch (IOException closed) {
                // The test is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP, HTTP/1.1 200 OK, true",
    "HTTP, HTTP/1.0 404 Not Found, false",
    "HTTP, SSH-2.0-OpenSSH, false",
    "REDIS, +PONG, true",
    "REDIS, -NOAUTH Authentication required., true",
    "REDIS, -LOADING, false"
  })
  void judges_the_first_line_of_the_answer(Protocol protocol, String line, boolean good)
      throws IOException {
    try (ServerSocket server = answering(line + "\r\n")) {
      assertThat(ask(protocol, server.getLocalPort())).isEqualTo(good);
    }
  }

  @Test
  void a_connection_is_enough_where_nothing_else_is_asked() throws IOException {
    try (ServerSocket server = answering("")) {
      assertThat(ask(Protocol.TCP, server.getLocalPort())).isTrue();
    }
  }

  @Test
  void a_port_that_nobody_has_and_silence_are_losses() throws IOException {
    int free;
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      free = server.getLocalPort();
      Question question =
          new Question(Protocol.REDIS, free, "", Duration.ofSeconds(1)); // Nobody accepts.
      assertThat(
              new NetworkProbe(Duration.ofMillis(200))
                  .ask("127.0.0.1", question)
                  .toCompletableFuture()
                  .join())
          .isFalse();
    }
    assertThat(ask(Protocol.TCP, free)).isFalse();
  }

  @Test
  void what_is_no_address_is_a_loss_too() {
    Question question = new Question(Protocol.TCP, 80, "", Duration.ofSeconds(1));
    assertThat(probe.ask("no such host.", question).toCompletableFuture().join()).isFalse();
  }
}
