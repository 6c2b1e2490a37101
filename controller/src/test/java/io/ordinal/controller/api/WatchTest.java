package io.ordinal.controller.api;

import static io.ordinal.controller.api.ServedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class WatchTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String TABLE =
      "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
  private static ServedApi api;

  @BeforeAll
  static void serve() {
    api = new ServedApi();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  /** An open watch, read line by line. */
  private record Open(BufferedReader lines) implements AutoCloseable {
    static Open at(String path, String accept) {
      HttpResponse<java.io.InputStream> response = api.open(path, Map.of("Accept", accept));
      assertThat(response.statusCode()).isEqualTo(200);
      return new Open(
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    }

    /** Empty when the watch has ended. */
    ObjectNode next() throws IOException {
      String line = lines.readLine();
      return line == null ? Json.object() : Json.object(line.getBytes(StandardCharsets.UTF_8));
    }

    String brief() throws IOException {
      ObjectNode event = next();
      return event.path("type").asString("END")
          + " "
          + event.path("object").path("metadata").path("name").asString("");
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  @Test
  void a_watch_shows_what_is_there_and_then_what_happens() throws IOException {
    make("w1", "set=first");
    try (Open watch = open("?watch=1&resourceVersion=0&labelSelector=set%3Dfirst")) {
      assertThat(watch.brief()).isEqualTo("ADDED w1");
      make("w2", "set=first");
      assertThat(watch.brief()).isEqualTo("ADDED w2");
      label("w1", "{\"more\":\"x\"}");
      assertThat(watch.brief()).isEqualTo("MODIFIED w1");
      ok(api.delete(MAPS + "/w2", "{}"));
      assertThat(watch.brief()).isEqualTo("DELETED w2");
    }
  }

  @Test
  void an_object_enters_and_leaves_a_selection() throws IOException {
    String revision = revision();
    try (Open watch = open("?watch=1&labelSelector=in%3Dyes&resourceVersion=" + revision)) {
      make("mover", "in=no");
      label("mover", "{\"in\":\"yes\"}");
      assertThat(watch.brief()).isEqualTo("ADDED mover");
      label("mover", "{\"in\":\"no\"}");
      ObjectNode left = watch.next();
      assertThat(left.path("type").asString()).isEqualTo("DELETED");
      assertThat(left.at("/object/metadata/labels/in").asString()).isEqualTo("yes");
      assertThat(left.at("/object/metadata/resourceVersion").asString())
          .isEqualTo(api.get(MAPS + "/mover").object().resourceVersion());
    }
  }

  @Test
  void a_watch_goes_on_after_the_revision_it_was_given() throws IOException {
    String before = revision();
    for (int i = 0; i < 50; i++) make("old-" + i, "set=old");
    try (Open watch = open("?watch=1&labelSelector=set%3Dold&resourceVersion=" + before)) {
      for (int i = 0; i < 50; i++) assertThat(watch.brief()).isEqualTo("ADDED old-" + i);
      make("old-50", "set=old");
      assertThat(watch.brief()).isEqualTo("ADDED old-50");
    }
  }

  @Test
  void a_revision_that_is_purged_is_answered_by_an_event() throws IOException {
    make("purged", "set=p");
    api.store.purgeFeed(api.store.revision());
    try (Open watch = open("?watch=1&resourceVersion=1")) {
      ObjectNode error = watch.next();
      assertThat(error.path("type").asString()).isEqualTo("ERROR");
      assertThat(error.at("/object/code").asInt()).isEqualTo(410);
      assertThat(error.at("/object/reason").asString()).isEqualTo("Expired");
      assertThat(watch.next()).isEmpty();
    }
  }

  @Test
  void tables_have_their_head_once() throws IOException {
    make("t1", "set=t");
    make("t2", "set=t");
    try (Open watch = Open.at(MAPS + "?watch=1&labelSelector=set%3Dt", TABLE)) {
      ObjectNode first = watch.next();
      ObjectNode second = watch.next();
      label("t1", "{\"x\":\"y\"}");
      ObjectNode third = watch.next();
      assertThat(first.at("/object/columnDefinitions/0/name").asString()).isEqualTo("Name");
      assertThat(second.at("/object/columnDefinitions").isNull()).isTrue();
      assertThat(third.at("/object/columnDefinitions").isNull()).isTrue();
      assertThat(third.at("/object/rows/0/cells/0").asString()).isEqualTo("t1");
    }
  }

  @Test
  void a_timeout_ends_the_watch_after_a_bookmark() throws IOException {
    try (Open watch =
        open(
            "?watch=1&resourceVersion="
                + revision()
                + "&timeoutSeconds=1&allowWatchBookmarks=true")) {
      ObjectNode bookmark = watch.next();
      assertThat(bookmark.path("type").asString()).isEqualTo("BOOKMARK");
      assertThat(bookmark.at("/object/kind").asString()).isEqualTo("ConfigMap");
      assertThat(watch.next()).isEmpty();
    }
    Awaitility.await().until(() -> api.server.openWatches() == 0);
  }

  @Test
  void a_streaming_list_tells_its_end() throws IOException {
    make("s1", "set=s");
    String query =
        "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
            + "&allowWatchBookmarks=true&labelSelector=set%3Ds";
    try (Open watch = open(query)) {
      assertThat(watch.brief()).isEqualTo("ADDED s1");
      assertThat(
              watch.next().at("/object/metadata/annotations/k8s.io~1initial-events-end").asString())
          .isEqualTo("true");
    }
    assertThat(api.get(MAPS + "?watch=1&sendInitialEvents=true").code()).isEqualTo(422);
  }

  @Test
  void a_client_that_does_not_read_is_cut_off_and_others_are_not() throws IOException {
    Awaitility.await().until(() -> api.server.openWatches() == 0);
    String revision = revision();
    HttpResponse<java.io.InputStream> slow =
        api.open(MAPS + "?watch=1&resourceVersion=" + revision, Map.of());
    try (Open watch = open("?watch=1&labelSelector=set%3Dslow&resourceVersion=" + revision)) {
      String large = "x".repeat(40_000);
      for (int i = 0; i < 600; i++) {
        String body =
            "{\"metadata\":{\"name\":\"slow\",\"labels\":{\"set\":\"slow\"}},\"data\":{\"n\":\""
                + i
                + large
                + "\"}}";
        ok(i == 0 ? api.post(MAPS, body) : api.put(MAPS + "/slow", body));
        watch.next();
      }
      Awaitility.await().until(() -> api.server.openWatches() == 1);
    }
    slow.body().close();
  }

  @Test
  void an_event_arrives_within_milliseconds_of_its_commit() throws IOException {
    make("quick", "set=quick");
    try (Open watch = open("?watch=1&labelSelector=set%3Dquick&resourceVersion=" + revision())) {
      long[] nanos = new long[300];
      for (int i = 0; i < nanos.length; i++) {
        long begun = System.nanoTime();
        label("quick", "{\"n\":\"" + i + "\"}");
        watch.next();
        nanos[i] = System.nanoTime() - begun;
      }
      Arrays.sort(nanos);
      long median = nanos[nanos.length / 2] / 1000;
      System.out.println(
          "patch to event over HTTP: median "
              + median
              + " us, p99 "
              + nanos[(int) (nanos.length * 0.99)] / 1000
              + " us");
      assertThat(median).isLessThan(50_000);
    }
  }

  @Test
  void watches_without_end_do_not_pile_up() throws IOException {
    List<Open> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) all.add(open("?watch=1&resourceVersion=0"));
    Awaitility.await().until(() -> api.server.openWatches() >= 20);
    for (Open each : all) each.close();
    Awaitility.await().until(() -> api.server.openWatches() == 0);
  }

  private static Open open(String query) {
    return Open.at(MAPS + query, "application/json");
  }

  private static String revision() {
    return api.store.revision().toString();
  }

  @Test
  void a_watch_may_come_over_a_websocket() throws Exception {
    make("socketed", "a=b");
    LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();
    String selected = MAPS + "?watch=true&fieldSelector=metadata.name=socketed";
    WebSocket socket = api.socket(selected, said);
    assertThat(said.poll(10, TimeUnit.SECONDS)).startsWith("{\"type\":\"ADDED\"");
    int open = api.server.openWatches();
    ok(api.delete(MAPS + "/socketed", ""));
    assertThat(said.poll(10, TimeUnit.SECONDS)).startsWith("{\"type\":\"DELETED\"");
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    assertThat(said.poll(10, TimeUnit.SECONDS)).isEqualTo("closed");
    Awaitility.await().until(() -> api.server.openWatches() < open);

    api.socket(selected + "&timeoutSeconds=1", said);
    assertThat(said.poll(10, TimeUnit.SECONDS)).isEqualTo("closed");
  }

  private static void make(String name, String label) {
    String[] parts = label.split("=");
    ok(
        api.post(
            MAPS,
            "{\"metadata\":{\"name\":\""
                + name
                + "\",\"labels\":{\""
                + parts[0]
                + "\":\""
                + parts[1]
                + "\"}}}"));
  }

  private static void label(String name, String labels) {
    ok(
        api.patch(
            MAPS + "/" + name, "merge-patch+json", "{\"metadata\":{\"labels\":" + labels + "}}"));
  }
}
