package io.ordinal.controller.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that hold connections and do nothing with them. */
class SlowClientsTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private ServedApi api;

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_head_that_comes_byte_by_byte_does_not_hold_a_connection_for_ever() throws Exception {
    api = new ServedApi("connections.head = 2s");
    try (Socket socket = connected()) {
      send(socket, "GET /version HTTP/1.1\r\nX-Slow: ");
      await().pollInterval(Duration.ofMillis(50)).until(() -> !drips(socket));
    }
  }

  @Test
  void who_connects_and_says_nothing_is_sent_away() throws Exception {
    api = new ServedApi("connections.head = 2s");
    try (Socket socket = connected()) {
      socket.setSoTimeout(10_000);
      assertThat(over(socket)).isTrue();
    }
  }

  @Test
  void who_was_answered_and_rests_is_sent_away_later() throws Exception {
    api = new ServedApi("connections { head = 2s, rest = 4s }");
    try (Socket socket = connected()) {
      assertThat(asks(socket)).startsWith("HTTP/1.1 200");
      socket.setSoTimeout(2_500);
      assertThat(over(socket)).isFalse();
      socket.setSoTimeout(10_000);
      assertThat(over(socket)).isTrue();
    }
  }

  @Test
  void a_watch_may_be_silent_for_as_long_as_it_likes() throws Exception {
    api = new ServedApi("connections { head = 2s, rest = 1s, stall = 1s }");
    try (Socket socket = connected()) {
      watch(socket, "");
      await().during(Duration.ofSeconds(3)).until(() -> api.server.openWatches() == 1);
      api.post(MAPS, "{\"metadata\":{\"name\":\"late\"}}");
      assertThat(new String(socket.getInputStream().readNBytes(3_00), US_ASCII)).contains("200 OK");
    }
  }

  @Test
  void a_watcher_that_reads_nothing_is_cut_off_and_the_others_are_not() throws Exception {
    api = new ServedApi("connections.stall = 500ms");
    api.post(MAPS, "{\"metadata\":{\"name\":\"large\"}}");
    try (Socket deaf = connected();
        Socket other = connected()) {
      deaf.setReceiveBufferSize(4096);
      watch(deaf, "&fieldSelector=metadata.name%3Dlarge");
      watch(other, "&fieldSelector=metadata.name%3Dother");
      await().until(() -> api.server.openWatches() == 2);
      String value = "x".repeat(900_000);
      for (int i = 0; i < 30; i++) {
        ServedApi.ok(
            api.put(
                MAPS + "/large",
                "{\"metadata\":{\"name\":\"large\"},\"data\":{\"v\":\"" + i + value + "\"}}"));
      }
      await().until(() -> api.server.openWatches() == 1);
      await().until(() -> cut(deaf));
      assertThat(cut(other)).isFalse();
    }
  }

  @Test
  void a_newcomer_finds_room_beside_those_who_only_hold_connections() throws Exception {
    api = new ServedApi("connections.most = 4");
    Socket[] silent = new Socket[12];
    for (int i = 0; i < silent.length; i++) silent[i] = connected();
    try (Socket socket = connected()) {
      assertThat(asks(socket)).startsWith("HTTP/1.1 200");
    }
    for (Socket each : silent) each.close();
  }

  @Test
  void where_everybody_is_served_a_newcomer_is_sent_away_at_once() throws Exception {
    api = new ServedApi("connections.most = 3");
    try (Socket first = connected();
        Socket second = connected();
        Socket third = connected()) {
      watch(first, "");
      watch(second, "");
      watch(third, ""); // In the place of the one over which the namespace was made.
      await().until(() -> api.server.openWatches() == 3);
      try (Socket socket = connected()) {
        socket.setSoTimeout(10_000);
        assertThat(over(socket)).isTrue();
      }
      assertThat(api.server.openWatches()).isEqualTo(3);
    }
  }

  @Test
  void bodies_that_come_slowly_do_not_keep_others_from_writing() throws Exception {
    api = new ServedApi("writes-in-flight = 2");
    Socket[] slow = new Socket[6];
    for (int i = 0; i < slow.length; i++) {
      slow[i] = connected();
      send(slow[i], posted(1000) + "{\"metadata\":");
    }
    for (int i = 0; i < 20; i++) {
      ServedApi.ok(api.post(MAPS, "{\"metadata\":{\"name\":\"quick-" + i + "\"}}"));
    }
    for (Socket each : slow) each.close();
  }

  @Test
  void large_bodies_share_what_room_there_is() throws Exception {
    // One of the largest fits, always. Who finds no room is told so when its time to send is over.
    api = new ServedApi("bodies-share-of-heap = 0, body-patience = 1s");
    String half = "{\"data\":{\"v\":\"" + "x".repeat(2 << 20);
    try (Socket first = connected();
        Socket second = connected()) {
      send(first, posted(3_000_000) + half);
      send(second, posted(3_000_000) + half);
      first.setSoTimeout(200);
      second.setSoTimeout(200);
      await().until(() -> over(first, "429") || over(second, "429"));
    }
    ServedApi.ok(api.post(MAPS, "{\"metadata\":{\"name\":\"small\"}}"));
    String large =
        "{\"metadata\":{\"name\":\"l\"},\"data\":{\"v\":\"" + "x".repeat(900_000) + "\"}}";
    await().untilAsserted(() -> assertThat(api.post(MAPS, large).code()).isIn(201, 409));
  }

  @Test
  void who_missed_more_than_is_held_for_one_has_to_list_again() throws Exception {
    api = new ServedApi("watch.missed-bytes = 5000");
    for (int i = 0; i < 10; i++) {
      ServedApi.ok(
          api.post(
              MAPS,
              "{\"metadata\":{\"name\":\"m"
                  + i
                  + "\"},\"data\":{\"v\":\""
                  + "x".repeat(900)
                  + "\"}}"));
    }
    ServedApi.Reply behind = api.get(MAPS + "?watch=1&resourceVersion=1&timeoutSeconds=1");
    assertThat(behind.json().path("type").asString("")).isEqualTo("ERROR");
    assertThat(behind.json().at("/object/code").asInt()).isEqualTo(410);
    ServedApi.Reply near = api.get(MAPS + "?watch=1&resourceVersion=9&timeoutSeconds=1");
    assertThat(near.body()).startsWith("{\"type\":\"ADDED\"");
  }

  private static String posted(int bytes) {
    return "POST "
        + MAPS
        + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
        + bytes
        + "\r\n\r\n";
  }

  private static boolean over(Socket socket, String code) {
    try {
      byte[] some = new byte[1024];
      int read = socket.getInputStream().read(some);
      return read > 0 && new String(some, 0, read, US_ASCII).startsWith("HTTP/1.1 " + code);
    } catch (IOException nothing) {
      return false;
    }
  }

  private Socket connected() throws IOException {
    return new Socket("127.0.0.1", api.server.port());
  }

  private static void watch(Socket socket, String more) throws IOException {
    send(socket, "GET " + MAPS + "?watch=1" + more + " HTTP/1.1\r\nHost: a\r\n\r\n");
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    socket.getOutputStream().flush();
  }

  private static String asks(Socket socket) throws IOException {
    send(socket, "GET /version HTTP/1.1\r\nHost: a\r\n\r\n");
    String answer = "";
    while (!answer.endsWith("}")) {
      byte[] some = new byte[4096];
      int read = socket.getInputStream().read(some);
      if (read < 0) return answer;
      answer += new String(some, 0, read, US_ASCII);
    }
    return answer;
  }

  /** Whether the server ends the connection before the socket's own patience ends. */
  private static boolean over(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException silent) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private static boolean drips(Socket socket) {
    try {
      send(socket, "a");
      return true;
    } catch (IOException reset) {
      return false;
    }
  }

  /** By writing, since what was sent before still waits to be read. */
  private static boolean cut(Socket socket) {
    return !drips(socket);
  }
}
