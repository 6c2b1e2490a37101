package io.ordinal.controller.api;

import static io.ordinal.controller.api.ServedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.ServedApi.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Events in both of their groups. */
class GroupedEventsTest {
  private static final String CORE = "/api/v1/namespaces/default/events";
  private static final String GROUPED = "/apis/events.k8s.io/v1/namespaces/default/events";
  private static ServedApi api;

  @BeforeAll
  static void serve() {
    api = new ServedApi();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void an_event_of_one_group_is_one_of_the_other_too() {
    Reply made = api.post(GROUPED, event("both"));
    assertThat(made.code()).isEqualTo(201);
    assertThat(made.json().path("apiVersion").asString()).isEqualTo("events.k8s.io/v1");
    assertThat(made.json().path("eventTime").asString()).isEqualTo("2026-01-01T00:00:00.250000Z");
    JsonNode core = ok(api.get(CORE + "/both")).json();
    assertThat(core.path("apiVersion").asString()).isEqualTo("v1");
    assertThat(core.path("message").asString()).isEqualTo("it works");
    assertThat(core.at("/involvedObject/name").asString()).isEqualTo("p");
    assertThat(core.path("reportingComponent").asString()).isEqualTo("example.com/c");
    assertThat(core.path("metadata")).isEqualTo(made.json().path("metadata"));
    assertThat(ok(api.get(GROUPED + "/both")).json()).isEqualTo(made.json());
    String more = "{\"series\":{\"count\":2,\"lastObservedTime\":\"2026-01-01T00:00:01.000000Z\"}}";
    ok(api.patch(GROUPED + "/both", "merge-patch+json", more));
    assertThat(api.get(CORE + "/both").json().at("/series/count").asInt()).isEqualTo(2);
    assertThat(api.get(GROUPED + "?fieldSelector=regarding.name=p,reason=Started").body())
        .contains("\"note\":\"it works\"");
    ok(api.delete(GROUPED + "/both", ""));
    assertThat(api.get(CORE + "/both").code()).isEqualTo(404);
    assertThat(api.get(GROUPED + "/both").message())
        .isEqualTo("events.events.k8s.io \"both\" not found");
  }

  @Test
  void an_old_event_is_shown_with_its_old_fields_named_so() {
    ok(
        api.post(
            CORE,
            "{\"metadata\":{\"name\":\"old\"},\"involvedObject\":{\"kind\":\"Pod\",\"name\":\"p\","
                + "\"namespace\":\"default\"},\"message\":\"m\",\"count\":3,"
                + "\"source\":{\"component\":\"c\"}}"));
    JsonNode shown = ok(api.get(GROUPED + "/old")).json();
    assertThat(shown.path("deprecatedCount").asInt()).isEqualTo(3);
    assertThat(shown.at("/deprecatedSource/component").asString()).isEqualTo("c");
    assertThat(shown.path("note").asString()).isEqualTo("m");
  }

  @Test
  void the_newer_group_asks_for_more_and_lets_less_be_changed() {
    Reply poor = api.post(GROUPED, "{\"metadata\":{\"name\":\"poor\"},\"deprecatedCount\":1}");
    assertThat(poor.code()).isEqualTo(422);
    assertThat(poor.message())
        .contains("eventTime: Required value", "count: Invalid value: \"\": needs to be unset");
    ok(api.post(GROUPED, event("lasting")));
    Reply changed =
        api.patch(GROUPED + "/lasting", "merge-patch+json", "{\"note\":\"something else\"}");
    assertThat(changed.code()).isEqualTo(422);
    assertThat(changed.message())
        .contains("message: Invalid value: \"something else\": field is immutable");
    Reply anonymous = api.post(GROUPED, event("anonymous").replace("example.com/c", ""));
    assertThat(anonymous.message()).contains("reportingController: Required value");
  }

  @Test
  void a_list_can_be_paged_and_watched_in_either_group() {
    ok(api.post(GROUPED, event("page-1")));
    ok(api.post(GROUPED, event("page-2")));
    JsonNode page = ok(api.get(GROUPED + "?limit=1")).json();
    assertThat(page.path("kind").asString()).isEqualTo("EventList");
    assertThat(page.path("items")).hasSize(1);
    String rest = "?limit=500&continue=" + page.at("/metadata/continue").asString();
    assertThat(ok(api.get(GROUPED + rest)).json().path("items")).isNotEmpty();
    String revision = page.at("/metadata/resourceVersion").asString();
    ok(
        api.post(
            CORE,
            event("seen")
                .replace("regarding", "involvedObject")
                .replace("\"note\"", "\"message\"")
                .replace("reportingController", "reportingComponent")));
    Reply watched = api.get(GROUPED + "?watch=true&timeoutSeconds=1&resourceVersion=" + revision);
    assertThat(watched.body())
        .contains("\"type\":\"ADDED\"", "\"name\":\"seen\"", "\"apiVersion\":\"events.k8s.io/v1\"");
  }

  private static String event(String name) {
    return "{\"metadata\":{\"name\":\""
        + name
        + "\"},\"regarding\":{\"kind\":\"Pod\",\"name\":\"p\",\"namespace\":\"default\"},"
        + "\"reason\":\"Started\",\"note\":\"it works\",\"type\":\"Normal\",\"action\":\"Start\","
        + "\"eventTime\":\"2026-01-01T00:00:00.25Z\",\"reportingController\":\"example.com/c\","
        + "\"reportingInstance\":\"c-1\""
        + "}";
  }
}
