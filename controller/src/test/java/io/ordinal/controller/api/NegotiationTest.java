package io.ordinal.controller.api;

import static io.ordinal.controller.api.ServedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.ServedApi.Reply;
import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NegotiationTest {
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
  void large_answers_are_packed_for_those_who_can_unpack_them() throws IOException {
    String plain = ok(api.get(MAPS)).body();
    HttpResponse<InputStream> packed = api.open(MAPS, Map.of("Accept-Encoding", "br, gzip"));
    assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(packed.headers().firstValue("Vary")).contains("Accept-Encoding");
    assertThat(packed.headers().firstValue("Content-Type")).contains("application/json");
    byte[] unpacked = new GZIPInputStream(packed.body()).readAllBytes();
    assertThat(Json.object(unpacked)).isEqualTo(Json.object(plain.getBytes()));
  }

  @Test
  void small_answers_and_watches_are_never_packed() throws IOException {
    Map<String, String> headers = Map.of("Accept-Encoding", "gzip");
    HttpResponse<InputStream> small = api.open(MAPS + "/large-0", headers);
    assertThat(small.headers().firstValue("Content-Encoding")).isEmpty();
    small.body().close();
    HttpResponse<InputStream> watch = api.open(MAPS + "?watch=true&timeoutSeconds=1", headers);
    assertThat(watch.headers().firstValue("Content-Encoding")).isEmpty();
    watch.body().close();
  }

  @Test
  void what_is_served_is_told_in_openapi_2_in_json_and_in_protobuf() throws IOException {
    String asked = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
    HttpResponse<InputStream> packed =
        api.open("/openapi/v2", Map.of("Accept", asked, "Accept-Encoding", "gzip"));
    assertThat(packed.headers().firstValue("Content-Type"))
        .hasValue("application/com.github.proto-openapi.spec.v2.v1.0+protobuf");
    assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(new GZIPInputStream(packed.body()).readAllBytes())
        .startsWith(0x0a, 3, '2', '.', '0');
    String tag = packed.headers().firstValue("ETag").orElseThrow();
    assertThat(api.send("GET", "/openapi/v2", null, Map.of("If-None-Match", tag)).code())
        .as("another form has another tag")
        .isEqualTo(200);
    Map<String, String> known = Map.of("Accept", asked, "If-None-Match", tag);
    assertThat(api.send("GET", "/openapi/v2", null, known).code()).isEqualTo(304);
    assertThat(ok(api.get("/openapi/v2")).json().path("swagger").asString()).isEqualTo("2.0");
    assertThat(api.get("/openapi/v2", "text/html").code()).isEqualTo(406);
  }

  @Test
  void who_keeps_openapi_documents_for_others_is_told_what_they_depend_on() throws IOException {
    for (String path : new String[] {"/openapi/v2", "/openapi/v3/api/v1"}) {
      String tag = "";
      for (String packing : new String[] {"identity", "gzip"}) {
        HttpResponse<InputStream> document = api.open(path, Map.of("Accept-Encoding", packing));
        document.body().close();
        assertThat(document.headers().allValues("Vary"))
            .as("%s %s", path, packing)
            .containsExactly("Accept, Accept-Encoding");
        tag = document.headers().firstValue("ETag").orElseThrow();
      }
      Reply known = api.send("GET", path, null, Map.of("If-None-Match", tag));
      assertThat(known.code()).isEqualTo(304);
      assertThat(known.raw().headers().allValues("Vary"))
          .containsExactly("Accept, Accept-Encoding");
    }
  }

  @Test
  void objects_lists_and_refusals_may_be_read_as_yaml() {
    make("plain", "7");
    Reply object = ok(api.get(MAPS + "/plain", "application/yaml"));
    assertThat(object.raw().headers().firstValue("Content-Type")).contains("application/yaml");
    assertThat(object.body()).startsWith("kind: \"ConfigMap\"\n").contains("v: \"7\"\n");
    Reply list = ok(api.get(MAPS + "?limit=1", "application/yaml, application/json"));
    assertThat(list.body()).startsWith("kind: \"ConfigMapList\"\n");
    Reply made =
        api.send(
            "POST",
            MAPS,
            list.body().isEmpty() ? "" : "metadata: {name: from-yaml}",
            Map.of("Content-Type", "application/yaml", "Accept", "application/yaml"));
    assertThat(made.code()).isEqualTo(201);
    assertThat(made.body()).contains("name: \"from-yaml\"");
    assertThat(api.get(MAPS + "?watch=1", "application/yaml").code()).isEqualTo(406);
  }

  @Test
  void the_order_of_wishes_counts_and_their_weight_more() {
    String table = "application/json;as=Table;v=v1;g=meta.k8s.io";
    assertThat(kind(table + ",application/json")).isEqualTo("Table");
    assertThat(kind(table + ";q=0.5,application/json")).isEqualTo("ConfigMap");
    assertThat(kind(table + ";q=0,application/json;q=0.1")).isEqualTo("ConfigMap");
    assertThat(kind("application/json;as=Unheard;v=v1;g=x,application/json"))
        .isEqualTo("ConfigMap");
    assertThat(kind("application/vnd.kubernetes.protobuf, */*")).isEqualTo("ConfigMap");
    assertThat(kind("application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io"))
        .isEqualTo("PartialObjectMetadata");
    assertThat(api.get(MAPS + "/large-0", "text/html").code()).isEqualTo(406);
    assertThat(api.get(MAPS + "/large-0", table.replace("v=v1", "v=v9")).code()).isEqualTo(406);
  }

  private static String kind(String accept) {
    return ok(api.get(MAPS + "/large-0", accept)).json().path("kind").asString("");
  }

  @Test
  void a_flag_is_set_unless_it_says_false() throws IOException {
    for (String set : new String[] {"watch", "watch=", "watch=True", "watch=1"}) {
      HttpResponse<InputStream> watch = api.open(MAPS + "?timeoutSeconds=1&" + set, Map.of());
      assertThat(new String(watch.body().readNBytes(16))).as(set).startsWith("{\"type\":\"ADDED");
      watch.body().close();
    }
    for (String unset : new String[] {"watch=false", "watch=0", "watch=False"}) {
      assertThat(api.get(MAPS + "?limit=1&" + unset).json().path("kind").asString(""))
          .isEqualTo("ConfigMapList");
    }
  }

  @Test
  void selectors_that_no_label_can_meet_are_refused() {
    assertThat(refusal("labelSelector=a%3D%40%40")).contains("values[0][a]: Invalid value: \"@@\"");
    assertThat(refusal("labelSelector=-a")).contains("key: Invalid value: \"-a\"");
    assertThat(refusal("labelSelector=a%3Eb")).contains("must be an integer");
    assertThat(refusal("labelSelector=a%20in%20b")).contains("found 'b', expected: '('");
    assertThat(ok(api.get(MAPS + "?labelSelector=a%3E3,b!=c,!d,e%20notin%20(f,)")).code())
        .isEqualTo(200);
  }

  @Test
  void what_a_kind_does_not_have_is_told_and_dropped() {
    String odd =
        "{\"metadata\":{\"name\":\"odd\",\"x\":1},\"datas\":{\"a\":\"b\"},\"data\":{\"k\":\"v\"}}";
    Reply strict = api.post(MAPS + "?fieldValidation=Strict", odd);
    assertThat(strict.code()).isEqualTo(400);
    assertThat(strict.message())
        .contains("unknown field \"metadata.x\"", "unknown field \"datas\"");
    Reply made = ok(api.post(MAPS, odd));
    assertThat(made.raw().headers().allValues("Warning")).hasSize(2);
    assertThat(made.body()).doesNotContain("datas", "\"x\"");
    String patch = "{\"more\":true,\"data\":{\"k\":\"w\"}}";
    String path = MAPS + "/odd?fieldValidation=Ignore";
    Reply patched = ok(api.patch(path, "merge-patch+json", patch));
    assertThat(patched.body()).contains("\"w\"").doesNotContain("more");
    assertThat(ok(api.get(MAPS + "/odd")).json()).isEqualTo(patched.json());
  }

  private static String refusal(String query) {
    Reply refused = api.get(MAPS + "?" + query);
    assertThat(refused.code()).as(query).isEqualTo(400);
    return refused.message();
  }

  private static void make(String name, String value) {
    var map = Json.object();
    map.putObject("metadata").put("name", name);
    map.putObject("data").put("v", value);
    ok(api.post(MAPS, map.toString()));
  }
}
