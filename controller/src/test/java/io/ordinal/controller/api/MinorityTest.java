package io.ordinal.controller.api;

import static io.ordinal.controller.api.ServedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.ServedApi.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The API of a controller that has lost the majority. */
class MinorityTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String POD =
      "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"x\"}]}}";
  private ServedApi api;

  @BeforeEach
  void serve() {
    api = new ServedApi();
    ok(api.post(MAPS, "{\"metadata\":{\"name\":\"x\"}}"));
    ok(api.post("/api/v1/namespaces/default/pods", POD));
    api.store.loseMajority();
    api.age = Duration.ofSeconds(42);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void gets_and_lists_are_answered_from_the_copy_with_a_warning_that_names_its_age() {
    for (String path : new String[] {MAPS + "/x", MAPS, "/api/v1/namespaces/default"}) {
      Reply found = ok(api.get(path));
      assertThat(found.raw().headers().firstValue("Warning"))
          .as(path)
          .hasValueSatisfying(
              warning -> assertThat(warning).startsWith("299 - \"").contains("42 s ago"));
    }
    assertThat(api.get(MAPS + "/none").code()).isEqualTo(404);
  }

  @Test
  void watches_begin_and_go_on_from_the_copy() throws IOException {
    HttpResponse<InputStream> watch = api.open(MAPS + "?watch=1", Map.of());
    assertThat(watch.statusCode()).isEqualTo(200);
    assertThat(watch.headers().firstValue("Warning")).isPresent();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(watch.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).contains("ADDED").contains("\"x\"");
      api.store.recover();
      api.age = Duration.ZERO;
      ok(api.post(MAPS, "{\"metadata\":{\"name\":\"later\"}}"));
      assertThat(lines.readLine()).contains("ADDED").contains("\"later\"");
    }
  }

  @Test
  void every_write_is_503_and_says_when_to_come_back() {
    String pod = "/api/v1/namespaces/default/pods/p";
    Reply[] refused = {
      api.post(MAPS, "{\"metadata\":{\"name\":\"y\"}}"),
      api.patch(MAPS + "/x", "merge-patch+json", "{\"data\":{\"a\":\"b\"}}"),
      api.delete(MAPS + "/x", "{}"),
      api.delete(pod, "{}"),
      api.patch(pod, "merge-patch+json", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}")
    };
    for (Reply each : refused) {
      assertThat(each.code()).isEqualTo(503);
      assertThat(each.reason()).isEqualTo("ServiceUnavailable");
      assertThat(each.raw().headers().firstValue("Retry-After")).hasValue("1");
      assertThat(each.message())
          .contains("no majority of the controllers has been heard of for 42 s");
    }
  }

  @Test
  void it_is_alive_but_not_ready() {
    assertThat(api.get("/livez").code()).isEqualTo(200);
    Reply ready = api.get("/readyz");
    assertThat(ready.code()).isEqualTo(503);
    assertThat(ready.body())
        .isEqualTo(
            "[+]ping ok\n"
                + "[-]store failed: no majority was heard of for 42 s\n"
                + "[+]cluster ok\n"
                + "readyz check failed\n");
    assertThat(api.get("/readyz/cluster").body()).isEqualTo("ok");
    assertThat(api.get("/readyz?exclude=store").code()).isEqualTo(200);
    api.age = Duration.ZERO;
    assertThat(api.get("/readyz").body()).isEqualTo("ok");
    assertThat(api.get("/readyz?verbose").body()).endsWith("readyz check passed\n");
    api.joined = false;
    assertThat(api.get("/readyz").body()).contains("[-]cluster failed");
  }
}
