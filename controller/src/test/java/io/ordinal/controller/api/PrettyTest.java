package io.ordinal.controller.api;

import static io.ordinal.controller.api.ServedApi.ok;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.ServedApi.Reply;
import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PrettyTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static ServedApi api;

  @BeforeAll
  static void serve() {
    api = new ServedApi();
    for (int i = 0; i < 4; i++) make("large-" + i, "x".repeat(50_000));
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void objects_lists_tables_and_refusals_are_indented_when_that_is_asked_for() {
    String table = "application/json;as=Table;v=v1;g=meta.k8s.io";
    for (String path : List.of(MAPS + "/large-0", MAPS, MAPS + "/none", "/apis", "/version")) {
      for (String accept : List.of("application/json", table + ",application/json")) {
        Reply plain = api.get(path, accept);
        Reply pretty = api.get(path + "?pretty=true", accept);
        assertThat(plain.body().strip()).as(path).doesNotContain("\n");
        assertThat(pretty.body()).as(path).startsWith("{\n  \"").endsWith("\n}");
        assertThat(pretty.json()).as(path).isEqualTo(plain.json());
        assertThat(pretty.code()).as(path).isEqualTo(plain.code());
        assertThat(type(pretty)).as(path).isEqualTo(type(plain));
      }
    }
    assertThat(ok(api.post(MAPS + "?pretty=1", map("made", "v"))).body()).startsWith("{\n  ");
  }

  @Test
  void otherwise_they_are_as_they_are() {
    for (String query : List.of("?pretty=false", "?pretty", "?pretty=", "?pretty=0&pretty=1")) {
      assertThat(ok(api.get(MAPS + "/large-0" + query)).body()).as(query).doesNotContain("\n");
    }
    Reply yaml = ok(api.get(MAPS + "/large-0?pretty=true", "application/yaml"));
    assertThat(yaml.body()).startsWith("kind: ");
  }

  @Test
  void large_ones_are_packed_still_and_watches_have_an_event_a_line() throws IOException {
    HttpResponse<InputStream> packed =
        api.open(MAPS + "?pretty=true", Map.of("Accept-Encoding", "gzip"));
    assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
    String text = new String(new GZIPInputStream(packed.body()).readAllBytes(), UTF_8);
    assertThat(text).startsWith("{\n  \"kind\": \"ConfigMapList\",\n");
    String watch = MAPS + "?watch=true&timeoutSeconds=1&pretty=true";
    try (InputStream events = api.open(watch, Map.of()).body()) {
      assertThat(new String(events.readNBytes(16), UTF_8)).startsWith("{\"type\":\"ADDED");
    }
  }

  private static String type(Reply reply) {
    return reply.raw().headers().firstValue("Content-Type").orElse("");
  }

  private static void make(String name, String value) {
    ok(api.post(MAPS, map(name, value)));
  }

  private static String map(String name, String value) {
    var map = Json.object();
    map.putObject("metadata").put("name", name);
    map.putObject("data").put("v", value);
    return map.toString();
  }
}
