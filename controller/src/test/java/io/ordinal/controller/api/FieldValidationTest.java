package io.ordinal.controller.api;

import static io.ordinal.controller.api.ServedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.ServedApi.Reply;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What becomes of fields that a kind does not have, or that stand twice: by verb and strictness.
 */
class FieldValidationTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String UNKNOWN = "{'metadata':{'name':'m'},'dta':{},'data':{'a':'2'}}";
  private static final String TWICE = "{'metadata':{'name':'m'},'data':{'a':'1','a':'2'}}";
  private static ServedApi api;

  @BeforeAll
  static void serve() {
    api = new ServedApi();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @BeforeEach
  void begin_with_one_map() {
    api.delete(MAPS + "/m", "{}");
    ok(api.post(MAPS, "{\"metadata\":{\"name\":\"m\"},\"data\":{\"a\":\"1\"}}"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST|application/json|400|ConfigMap in version \"v1\" cannot be handled as a ConfigMap:"
            + " strict decoding error:",
        "POST|application/yaml|400|ConfigMap in version \"v1\" cannot be handled as a ConfigMap:"
            + " strict decoding error:",
        "PUT|application/json|400|ConfigMap in version \"v1\" cannot be handled as a ConfigMap:"
            + " strict decoding error:",
        "PATCH|application/merge-patch+json|422|strict decoding error:",
        "PATCH|application/strategic-merge-patch+json|422|strict decoding error:",
      })
  void strict_refuses_warn_tells_and_ignore_is_silent(
      String verb, String type, int code, String text) {
    for (String body : new String[] {UNKNOWN, TWICE}) {
      String fault = body.equals(TWICE) ? "duplicate field \"data.a\"" : "unknown field \"dta\"";
      String before = api.get(MAPS + "/m").body();
      Reply strict = send(verb, type, "Strict", body);
      assertThat(strict.code()).as(body).isEqualTo(code);
      assertThat(strict.message()).as(body).endsWith(text + " " + fault);
      assertThat(api.get(MAPS + "/m").body()).isEqualTo(before);
      if (verb.equals("POST")) api.delete(MAPS + "/m", "{}");
      Reply warned = ok(send(verb, type, "Warn", body));
      assertThat(warned.raw().headers().firstValue("Warning"))
          .hasValue("299 - \"" + fault.replace("\"", "\\\"") + "\"");
      assertThat(warned.json().at("/data/a").asString()).isEqualTo("2");
      if (verb.equals("POST")) api.delete(MAPS + "/m", "{}");
      Reply ignored = ok(send(verb, type, "Ignore", body));
      assertThat(ignored.raw().headers().firstValue("Warning")).isEmpty();
      begin_with_one_map();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "PATCH|application/merge-patch+json|{'data':{'a':1}}|422",
        "PATCH|application/strategic-merge-patch+json|{'data':{'a':1}}|422",
        "PATCH|application/json-patch+json|[{'op':'add','path':'/data/a','value':1}]|422",
        "PUT|application/json|{'metadata':{'name':'m'},'data':{'a':1}}|400",
        "PATCH|application/merge-patch+json|[]|400",
        "PATCH|application/strategic-merge-patch+json|[]|400",
        "PATCH|application/json-patch+json|{}|400",
        "PATCH|application/merge-patch+json|{|400",
      })
  void values_of_the_wrong_type_are_refused_however_lenient(
      String verb, String type, String body, int code) {
    String before = api.get(MAPS + "/m").body();
    Reply refused = send(verb, type, "Ignore", body);
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.message()).isNotEmpty();
    assertThat(api.get(MAPS + "/m").body()).isEqualTo(before);
  }

  private static Reply send(String verb, String type, String strictness, String body) {
    String path = verb.equals("POST") ? MAPS : MAPS + "/m";
    return api.send(
        verb,
        path + "?fieldValidation=" + strictness,
        body.replace('\'', '"'),
        Map.of("Content-Type", type));
  }

  @Test
  void numbers_that_have_no_value_are_refused_and_nothing_is_changed() {
    String before = api.get(MAPS + "/m").body();
    String many = "{\"metadata\":{\"name\":\"w\"},\"spec\":{\"replicas\":1e999}}";
    String sets = "/apis/apps/v1/namespaces/default/statefulsets";
    assertThat(api.post(sets, many).code()).isEqualTo(400);
    String patch = "{\"data\":{\"a\":1e999}}";
    for (String type : new String[] {"merge", "strategic-merge"}) {
      assertThat(api.patch(MAPS + "/m", type + "-patch+json", patch).code()).isEqualTo(400);
    }
    String operation = "[{\"op\":\"test\",\"path\":\"/data/a\",\"value\":1e999}]";
    assertThat(api.patch(MAPS + "/m", "json-patch+json", operation).code()).isEqualTo(400);
    String applied = MAPS + "/m?fieldManager=f";
    assertThat(api.patch(applied, "apply-patch+yaml", patch).code()).isEqualTo(400);
    assertThat(api.delete(MAPS + "/m", "{\"gracePeriodSeconds\":1e999}").code()).isEqualTo(400);
    assertThat(api.get(MAPS + "/m").body()).isEqualTo(before);
  }
}
