package io.ordinal.controller.api;

import static io.ordinal.controller.api.ServedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.api.ServedApi.Reply;
import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Lists that are not held in memory but read from the store while they are sent. */
class LargeListsTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
  private static final String PARTIAL =
      "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";

  /** Far more than what sockets take of a client that reads nothing. */
  private static final int LARGE = 60;

  private ServedApi api;

  @AfterEach
  void stop() {
    api.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        TABLE,
        PARTIAL,
        "application/yaml",
        "application/json?labelSelector=l%3Dx",
        TABLE + "?labelSelector=l%3Dx&includeObject=Object",
        "application/json?labelSelector=l%3Dnone",
        "application/json?fieldSelector=metadata.name%3Dm7",
        "application/json?resourceVersion=0",
        "application/json?pretty=true"
      })
  void are_what_small_ones_are(String asked) {
    String accept = asked.replaceFirst("\\?.*", "");
    String path = MAPS + asked.substring(accept.length());
    api = new ServedApi();
    fill(api);
    try (ServedApi keeping = new ServedApi("lists { gathered = 1, piece = 900 }")) {
      fill(keeping);
      Reply small = ok(api.get(path, accept));
      Reply large = ok(keeping.get(path, accept));
      assertThat(blurred(large.body())).isEqualTo(blurred(small.body()));
      await().until(() -> keeping.store.keptViews() == 0);
    }
  }

  private static void fill(ServedApi api) {
    for (int i = 0; i < 30; i++) {
      ok(api.post(MAPS, map("m" + i, i % 3 == 0 ? "x" : "y", "v".repeat(100))));
    }
  }

  /** Without what is each object's own: it was made at another moment. */
  private static String blurred(String text) {
    return text.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "UID")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:]{8}Z", "TIME")
        .replaceAll("\"\\d+s\"", "AGE");
  }

  @Test
  void show_one_moment_whatever_happens_while_they_are_sent() throws Exception {
    api = new ServedApi("");
    fillLarge();
    HttpResponse<InputStream> answer = api.open(MAPS, Map.of());
    assertThat(api.store.keptViews()).isEqualTo(1);
    assertThat(api.store.visitedInKept()).as("documents that were read").isLessThan(LARGE / 2);
    for (int i = 0; i < LARGE; i += 2) ok(api.delete(MAPS + "/m" + i, ""));
    ok(api.post(MAPS, map("mm", "z", "")));
    ObjectNode list = Json.object(answer.body().readAllBytes());
    assertThat(list.path("items").size()).isEqualTo(LARGE);
    await().until(() -> api.store.keptViews() == 0);
  }

  @Test
  void are_packed_for_those_who_take_it() throws Exception {
    api = new ServedApi("");
    fillLarge();
    HttpResponse<InputStream> answer = api.open(MAPS, Map.of("Accept-Encoding", "gzip"));
    assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
    byte[] body = new GZIPInputStream(answer.body()).readAllBytes();
    assertThat(Json.object(body).path("items").size()).isEqualTo(LARGE);
  }

  @Test
  void are_not_printed_as_yaml() {
    api = new ServedApi("");
    fillLarge();
    assertThat(api.get(MAPS, "application/yaml").code()).isEqualTo(406);
    await().until(() -> api.store.keptViews() == 0);
  }

  @Test
  void hold_nothing_when_their_client_has_gone() throws Exception {
    api = new ServedApi("");
    fillLarge();
    HttpResponse<InputStream> answer = api.open(MAPS, Map.of());
    assertThat(api.store.keptViews()).isEqualTo(1);
    answer.body().close();
    await().until(() -> api.store.keptViews() == 0);
  }

  @Test
  void end_when_they_have_kept_the_store_too_long() {
    // Long enough for the answer to begin; when exactly it ends is tested with manual time.
    api = new ServedApi("lists.longest = 8s");
    fillLarge();
    HttpResponse<InputStream> answer = api.open(MAPS, Map.of());
    assertThat(api.store.keptViews()).isEqualTo(1);
    await().atMost(Duration.ofSeconds(40)).until(() -> api.store.keptViews() == 0);
    assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(IOException.class);
  }

  @Test
  void are_sent_so_many_at_once_and_small_ones_nevertheless() throws Exception {
    api = new ServedApi("lists.share-of-heap = 1e-9");
    fillLarge();
    HttpResponse<InputStream> answer = api.open(MAPS, Map.of());
    Reply refused = api.get(MAPS);
    assertThat(refused.code()).isEqualTo(429);
    assertThat(refused.raw().headers().firstValue("Retry-After")).contains("1");
    assertThat(ok(api.get("/api/v1/namespaces")).json().path("items").size()).isEqualTo(1);
    assertThat(Json.object(answer.body().readAllBytes()).path("items").size()).isEqualTo(LARGE);
    await().until(() -> api.store.keptViews() == 0); // Its room was given back before that.
    HttpResponse<InputStream> next = api.open(MAPS, Map.of());
    assertThat(next.statusCode()).isEqualTo(200);
    next.body().close();
  }

  @Test
  void begin_a_watch_without_being_held() throws Exception {
    api = new ServedApi("");
    fillLarge();
    String initial = "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan";
    HttpResponse<InputStream> watch =
        api.open(MAPS + initial + "&allowWatchBookmarks=true", Map.of());
    assertThat(api.store.keptViews()).isEqualTo(1);
    ok(api.post(MAPS, map("later", "z", "")));
    try (InputStream events = watch.body()) {
      List<String> seen = new ArrayList<>();
      while (!seen.contains("ADDED later")) seen.add(event(events));
      assertThat(seen).hasSize(LARGE + 2);
      assertThat(seen.get(LARGE)).startsWith("BOOKMARK");
      await().until(() -> api.store.keptViews() == 0);
    }
  }

  private static String event(InputStream events) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = events.read(); next != '\n'; next = events.read()) {
      if (next < 0) throw new IOException("the watch ended");
      line.append((char) next);
    }
    ObjectNode event = Json.object(line.toString().getBytes(StandardCharsets.ISO_8859_1));
    String name = event.path("object").path("metadata").path("name").asString("");
    return (event.path("type").asString("") + " " + name).strip();
  }

  private void fillLarge() {
    String value = "x".repeat(1_000_000);
    for (int i = 0; i < LARGE; i++) ok(api.post(MAPS, map("m" + i, "x", value)));
  }

  private static String map(String name, String label, String value) {
    ObjectNode map = Json.object();
    map.putObject("metadata").put("name", name).putObject("labels").put("l", label);
    map.putObject("data").put("v", value);
    return map.toString();
  }
}
