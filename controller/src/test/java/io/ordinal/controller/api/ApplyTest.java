package io.ordinal.controller.api;

import static io.ordinal.controller.api.ServedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Server-side apply over HTTP. */
class ApplyTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps/";
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
  void makes_what_is_missing_and_changes_nothing_when_repeated() {
    ServedApi.Reply made = apply("fresh", "one", "{a: '1'}");
    assertThat(made.code()).isEqualTo(201);
    assertThat(owners(made)).containsExactly("one Apply v1 data.a");
    ServedApi.Reply again = apply("fresh", "one", "{a: '1'}");
    assertThat(again.code()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(made.body());
  }

  @Test
  void drops_what_its_owner_gives_up() {
    ok(apply("drops", "one", "{a: '1', b: '2'}"));
    assertThat(data(ok(apply("drops", "one", "{c: '3'}")))).isEqualTo("{\"c\":\"3\"}");
  }

  @Test
  void keeps_what_somebody_else_owns_too() {
    ok(apply("shared", "one", "{a: '1', b: '2'}"));
    ok(apply("shared", "two", "{a: '1'}"));
    ServedApi.Reply left = ok(apply("shared", "one", "{}"));
    assertThat(data(left)).isEqualTo("{\"a\":\"1\"}");
    assertThat(owners(left)).containsExactlyInAnyOrder("one Apply v1 data", "two Apply v1 data.a");
  }

  @Test
  void refuses_to_overwrite_what_another_owns_and_takes_it_by_force() {
    ok(apply("fought", "one", "{a: '1', b: '2'}"));
    ServedApi.Reply refused = apply("fought", "two", "{a: 'x'}");
    assertThat(refused.code()).isEqualTo(409);
    assertThat(refused.reason()).isEqualTo("Conflict");
    assertThat(refused.message())
        .isEqualTo("Apply failed with 1 conflict: conflict with \"one\": .data.a");
    assertThat(refused.json().path("details").path("causes").toString())
        .isEqualTo(
            "[{\"reason\":\"FieldManagerConflict\",\"message\":\"conflict with \\\"one\\\"\","
                + "\"field\":\".data.a\"}]");
    ServedApi.Reply forced =
        ok(send("fought", "fieldManager=two&force=true", body("fought", "{a: 'x'}")));
    assertThat(data(forced)).isEqualTo("{\"a\":\"x\",\"b\":\"2\"}");
    assertThat(owners(forced))
        .containsExactlyInAnyOrder("one Apply v1 data.b", "two Apply v1 data.a");
  }

  @Test
  void an_apply_that_changes_nothing_else_still_renews_what_was_applied_last() {
    String data = "{b: '2', a: '1'}";
    ok(apply("last", "kubectl", data));
    String key = "kubectl.kubernetes.io/last-applied-configuration";
    String noted = "{\"metadata\":{\"annotations\":{\"" + key + "\":\"{}\"}}}";
    ok(api.patch(MAPS + "last?fieldManager=kubectl-client", "merge-patch+json", noted));
    ServedApi.Reply again = ok(apply("last", "kubectl", data));
    assertThat(again.json().path("metadata").path("annotations").path(key).asString())
        .isEqualTo(
            "{\"apiVersion\":\"v1\",\"data\":{\"a\":\"1\",\"b\":\"2\"},\"kind\":\"ConfigMap\","
                + "\"metadata\":{\"name\":\"last\"}}\n");
    assertThat(ok(apply("last", "kubectl", data)).body()).isEqualTo(again.body());
  }

  @Test
  void nobody_owns_what_is_dropped_since_it_says_nothing() {
    String hollow = "{\"metadata\":{\"name\":\"hollow\",\"annotations\":{},\"labels\":{}}}";
    String collection = "/api/v1/namespaces/default/configmaps?fieldManager=maker";
    assertThat(owners(ok(api.post(collection, hollow)))).isEmpty();
    String same = "{apiVersion: v1, kind: ConfigMap, metadata: {name: hollow, annotations: {}}}";
    ok(send("hollow", "fieldManager=one", same));
  }

  @Test
  void who_updates_owns_what_changed() {
    String collection = MAPS.substring(0, MAPS.length() - 1);
    String made = "{\"metadata\":{\"name\":\"updated\"},\"data\":{\"a\":\"1\",\"b\":\"2\"}}";
    ok(api.post(collection + "?fieldManager=maker", made));
    ok(
        api.patch(
            MAPS + "updated?fieldManager=patcher", "merge-patch+json", "{\"data\":{\"a\":\"9\"}}"));
    ServedApi.Reply seen = api.get(MAPS + "updated");
    assertThat(owners(seen))
        .containsExactlyInAnyOrder("maker Update v1 data data.b", "patcher Update v1 data.a");
    ServedApi.Reply refused = apply("updated", "one", "{a: 'x', b: 'x'}");
    assertThat(refused.message())
        .isEqualTo(
            "Apply failed with 2 conflicts: conflicts with \"maker\" using v1:\n- .data.b\n"
                + "conflicts with \"patcher\" using v1:\n- .data.a");
  }

  @Test
  void a_writer_without_a_name_is_called_after_its_program() {
    String body = "{\"metadata\":{\"name\":\"agent\"},\"data\":{\"a\":\"1\"}}";
    ok(
        api.send(
            "POST",
            MAPS.substring(0, MAPS.length() - 1),
            body,
            Map.of("User-Agent", "tool/1.2 (x)", "Content-Type", "application/json")));
    assertThat(owners(api.get(MAPS + "agent"))).containsExactly("tool Update v1 data data.a");
  }

  @Test
  void bad_configurations_are_refused_and_change_nothing() {
    ok(apply("sound", "one", "{a: '1'}"));
    String before = api.get(MAPS + "sound").body();
    assertThat(send("sound", "", body("sound", "{}")).message())
        .isEqualTo(
            "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required"
                + " for apply patch");
    assertThat(apply("sound", "one", "{a: 1}").message())
        .contains("failed to create typed patch object (/sound; /v1, Kind=ConfigMap)");
    assertThat(send("sound", "fieldManager=one", body("sound", "{}") + "\nfoo: 1").message())
        .isEqualTo(
            "failed to create typed patch object (/sound; /v1, Kind=ConfigMap): .foo: field not"
                + " declared in schema");
    assertThat(
            send("sound", "fieldManager=one&fieldValidation=Strict", body("sound", "{a: x, a: y}"))
                .message())
        .isEqualTo("error strict decoding YAML: duplicate field \"data.a\"");
    assertThat(send("sound", "fieldManager=one", body("other", "{}")).message())
        .isEqualTo("the name of the object (other) does not match the name on the URL (sound)");
    assertThat(send("sound", "fieldManager=one", "kind: Secret\napiVersion: v1").message())
        .isEqualTo("invalid object type: /v1, Kind=Secret");
    assertThat(send("sound", "fieldManager=one", "- 1").code()).isEqualTo(400);
    assertThat(
            send(
                    "sound",
                    "fieldManager=one",
                    "{kind: ConfigMap, apiVersion: v1, metadata: {managedFields: [{manager: x}]}}")
                .message())
        .isEqualTo("metadata.managedFields must be nil");
    assertThat(api.patch(MAPS + "sound?force=true", "merge-patch+json", "{}").message())
        .isEqualTo(
            "PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden: may not be specified for"
                + " non-apply patch");
    assertThat(api.get(MAPS + "sound").body()).isEqualTo(before);
  }

  @Test
  void a_dry_run_stores_nothing() {
    ServedApi.Reply made = send("dry", "fieldManager=one&dryRun=All", body("dry", "{a: '1'}"));
    assertThat(made.code()).isEqualTo(201);
    assertThat(api.get(MAPS + "dry").code()).isEqualTo(404);
  }

  @Test
  void what_was_there_before_the_first_apply_has_an_owner() {
    ok(apply("unowned", "one", "{a: '1'}"));
    String reset = "[{\"op\":\"replace\",\"path\":\"/metadata/managedFields\",\"value\":[{}]}]";
    assertThat(owners(ok(api.patch(MAPS + "unowned", "json-patch+json", reset)))).isEmpty();
    ok(api.patch(MAPS + "unowned?fieldManager=x", "merge-patch+json", "{\"data\":{\"b\":\"2\"}}"));
    assertThat(owners(api.get(MAPS + "unowned"))).isEmpty();
    assertThat(apply("unowned", "two", "{a: 'x'}").message())
        .isEqualTo(
            "Apply failed with 1 conflict: conflict with \"before-first-apply\" using v1: .data.a");
  }

  @Test
  void all_who_apply_at_once_to_what_is_missing_get_their_share() {
    List<CompletableFuture<ServedApi.Reply>> replies =
        IntStream.range(0, 8)
            .mapToObj(
                each ->
                    CompletableFuture.supplyAsync(
                        () -> apply("crowd", "owner" + each, "{k" + each + ": x}")))
            .toList();
    List<Integer> codes = replies.stream().map(each -> each.join().code()).sorted().toList();
    assertThat(codes).containsExactly(200, 200, 200, 200, 200, 200, 200, 201);
    ServedApi.Reply seen = api.get(MAPS + "crowd");
    assertThat(seen.json().path("data")).hasSize(8);
    assertThat(owners(seen)).hasSize(8);
  }

  @Test
  void elements_without_their_key_are_stored_and_have_an_owner() {
    String set =
        "{\"metadata\":{\"name\":\"keyless\"},\"spec\":{\"serviceName\":\"w\",\"selector\":{\"matchLabels\":"
            + "{\"a\":\"b\"}},\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":"
            + "{\"containers\":[{\"image\":\"x\"},{\"image\":\"x\"}]}}}}";
    String sets = "/apis/apps/v1/namespaces/default/statefulsets";
    assertThat(api.post(sets, set).code()).isLessThan(500);
  }

  @Test
  void whoever_may_patch_only_makes_nothing_that_is_missing() {
    String rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/";
    ok(
        api.post(
            rbac + "roles",
            "{\"metadata\":{\"name\":\"patcher\"},\"rules\":[{\"apiGroups\":[\"\"],"
                + "\"resources\":[\"configmaps\"],\"verbs\":[\"patch\"]}]}"));
    ok(
        api.post(
            rbac + "rolebindings",
            "{\"metadata\":{\"name\":\"bob\"},\"subjects\":[{\"kind\":\"User\",\"name\":\"bob\","
                + "\"apiGroup\":\"rbac.authorization.k8s.io\"}],\"roleRef\":{\"kind\":\"Role\","
                + "\"name\":\"patcher\",\"apiGroup\":\"rbac.authorization.k8s.io\"}}"));
    ok(apply("there", "one", "{a: '1'}"));
    Awaitility.await().until(() -> asBob("there").code() == 200);
    ServedApi.Reply refused = asBob("missing");
    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.message())
        .isEqualTo(
            "configmaps \"missing\" is forbidden: User \"bob\" cannot create resource"
                + " \"configmaps\" in API group \"\" in the namespace \"default\"");
    assertThat(api.get(MAPS + "missing").code()).isEqualTo(404);
  }

  private static ServedApi.Reply asBob(String name) {
    return api.send(
        "PATCH",
        MAPS + name + "?fieldManager=bob",
        body(name, "{b: '2'}"),
        Map.of("Impersonate-User", "bob", "Content-Type", "application/apply-patch+yaml"));
  }

  @Test
  void immutable_data_is_refused_to_whoever_applies() {
    ok(send("fixed", "fieldManager=one", body("fixed", "{a: '1'}") + "\nimmutable: true"));
    ServedApi.Reply refused =
        send("fixed", "fieldManager=one", body("fixed", "{a: '2'}") + "\nimmutable: true");
    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.message())
        .isEqualTo(
            "ConfigMap \"fixed\" is invalid: data: Forbidden: field is immutable when"
                + " `immutable` is set");
    ServedApi.Reply given = send("fixed", "fieldManager=one", body("fixed", "{a: '1'}"));
    assertThat(given.code()).isEqualTo(422);
    assertThat(given.message())
        .contains("immutable: Forbidden: field is immutable when `immutable` is set");
  }

  @Test
  void status_and_scale_are_applied_through_their_own_resources() {
    String sets = "/apis/apps/v1/namespaces/default/statefulsets/web";
    String set =
        "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: web}, spec: {serviceName: w,"
            + " selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec:"
            + " {containers: [{name: c, image: i}]}}}}";
    ok(api.patch(sets + "?fieldManager=one", "apply-patch+yaml", set));
    String scale =
        "{apiVersion: autoscaling/v1, kind: Scale, metadata: {name: web}, spec: {replicas: 4}}";
    ServedApi.Reply scaled =
        ok(api.patch(sets + "/scale?fieldManager=scaler", "apply-patch+yaml", scale));
    assertThat(scaled.json().at("/spec/replicas").asInt()).isEqualTo(4);
    String status =
        "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: web}, status: {replicas: 3}}";
    ServedApi.Reply told =
        ok(api.patch(sets + "/status?fieldManager=teller", "apply-patch+yaml", status));
    assertThat(told.json().at("/status/replicas").asInt()).isEqualTo(3);
    assertThat(told.json().at("/spec/replicas").asInt()).isEqualTo(4);
    assertThat(owners(told))
        .contains("scaler Apply apps/v1 spec.replicas", "teller Apply apps/v1 status.replicas");
    ServedApi.Reply fought =
        api.patch(
            sets + "?fieldManager=one",
            "apply-patch+yaml",
            set.replace("serviceName", "replicas: 1, serviceName"));
    assertThat(fought.message())
        .isEqualTo(
            "Apply failed with 1 conflict: conflict with \"scaler\" with subresource \"scale\":"
                + " .spec.replicas");
    assertThat(
            api.patch(
                    sets.replace("web", "none") + "/status?fieldManager=x",
                    "apply-patch+yaml",
                    status.replace("web", "none"))
                .code())
        .isEqualTo(404);
  }

  private static ServedApi.Reply apply(String name, String owner, String data) {
    return send(name, "fieldManager=" + owner, body(name, data));
  }

  private static String body(String name, String data) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\ndata: " + data;
  }

  private static ServedApi.Reply send(String name, String query, String body) {
    return api.patch(MAPS + name + "?" + query, "apply-patch+yaml", body);
  }

  private static String data(ServedApi.Reply reply) {
    return reply.json().path("data").toString();
  }

  /** Each as {@code name operation version path ...}, with paths two deep. */
  private static List<String> owners(ServedApi.Reply reply) {
    List<String> found = new ArrayList<>();
    for (JsonNode each : reply.json().path("metadata").path("managedFields")) {
      StringBuilder text = new StringBuilder(each.path("manager").asString());
      text.append(' ').append(each.path("operation").asString());
      text.append(' ').append(each.path("apiVersion").asString());
      each.path("fieldsV1")
          .properties()
          .forEach(
              field -> {
                String top = field.getKey().substring(2);
                if (field.getValue().isEmpty()) text.append(' ').append(top);
                field
                    .getValue()
                    .properties()
                    .forEach(
                        below -> {
                          String name = below.getKey();
                          text.append(' ').append(top);
                          if (!name.equals(".")) text.append('.').append(name.substring(2));
                        });
              });
      found.add(text.toString());
    }
    return found;
  }
}
