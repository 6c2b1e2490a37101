package io.ordinal.controller.api;

import static io.ordinal.controller.api.ServedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.ServedApi.Reply;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ObjectsTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
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
  void what_pods_have_in_kubernetes_only_is_named() throws Exception {
    Reply proxy = api.get("/api/v1/namespaces/default/pods/web-0/proxy");
    assertThat(proxy.code()).isEqualTo(405);
    assertThat(proxy.body()).contains("pods/proxy is not supported by Ordinal");
    Reply binding = api.post("/api/v1/namespaces/default/pods/web-0/binding", "{}");
    assertThat(binding.code()).isEqualTo(405);
    assertThat(binding.body()).contains("pods/binding is not supported by Ordinal");
    Reply status =
        api.patch("/api/v1/namespaces/default/pods/web-0/status", "merge-patch+json", "{}");
    assertThat(status.code()).isEqualTo(405);
    assertThat(status.body()).contains("which the pod's own replica writes");
    Reply nothing = api.get("/api/v1/namespaces/default/pods/web-0/whatever");
    assertThat(nothing.code()).isEqualTo(404);
  }

  @Test
  void a_created_object_is_answered_as_it_is_stored() {
    Reply made = api.post(MAPS, map("made", "a", "b"));
    assertThat(made.code()).isEqualTo(201);
    assertThat(made.object().uid()).isNotEmpty();
    assertThat(made.object().namespace()).isEqualTo("default");
    assertThat(made.object().creationTimestamp()).isPresent();
    assertThat(api.get(MAPS + "/made").json()).isEqualTo(made.json());
  }

  @Test
  void an_object_cannot_be_created_twice() {
    ok(api.post(MAPS, map("twice", "a", "b")));
    Reply again = api.post(MAPS, map("twice", "a", "b"));
    assertThat(again.code()).isEqualTo(409);
    assertThat(again.reason()).isEqualTo("AlreadyExists");
    assertThat(again.message()).isEqualTo("configmaps \"twice\" already exists");
  }

  @Test
  void a_missing_object_is_not_found() {
    Reply none = api.get(MAPS + "/none");
    assertThat(none.code()).isEqualTo(404);
    assertThat(none.message()).isEqualTo("configmaps \"none\" not found");
    assertThat(none.json().path("details").path("kind").asString()).isEqualTo("configmaps");
  }

  @Test
  void nothing_is_created_in_a_namespace_that_is_not_there() {
    Reply none = api.post("/api/v1/namespaces/nons/configmaps", map("x", "a", "b"));
    assertThat(none.code()).isEqualTo(404);
    assertThat(none.message()).isEqualTo("namespaces \"nons\" not found");
  }

  @Test
  void a_namespace_is_let_go_of_by_its_subresource() {
    api.namespace("stuck");
    ok(api.delete("/api/v1/namespaces/stuck", ""));
    Reply held = ok(api.get("/api/v1/namespaces/stuck"));
    assertThat(held.json().at("/spec/finalizers/0").asString()).isEqualTo("kubernetes");
    ok(api.put("/api/v1/namespaces/stuck", held.body().replace("[\"kubernetes\"]", "[]")));
    assertThat(api.get("/api/v1/namespaces/stuck").code()).isEqualTo(200);
    ok(api.put("/api/v1/namespaces/stuck/finalize", held.body().replace("[\"kubernetes\"]", "[]")));
    assertThat(api.get("/api/v1/namespaces/stuck").code()).isEqualTo(404);
  }

  @Test
  void a_lease_is_made_by_put_and_replaced_only_at_a_named_revision() {
    String leases = "/apis/coordination.k8s.io/v1/namespaces/default/leases";
    String lease = "{\"metadata\":{\"name\":\"lead\"},\"spec\":{\"holderIdentity\":\"a\"}}";
    Reply made = api.put(leases + "/lead", lease);
    assertThat(made.code()).isEqualTo(201);
    Reply blind = api.put(leases + "/lead", lease.replace("\"a\"", "\"b\""));
    assertThat(blind.code()).isEqualTo(422);
    assertThat(blind.message())
        .isEqualTo(
            "leases.coordination.k8s.io \"lead\" is invalid: metadata.resourceVersion: Invalid"
                + " value: 0x0: must be specified for an update");
    Reply taken = api.put(leases + "/lead", made.body().replace("\"a\"", "\"b\""));
    assertThat(taken.code()).isEqualTo(200);
    assertThat(taken.json().at("/spec/holderIdentity").asString()).isEqualTo("b");
    Reply late = api.put(leases + "/lead", made.body());
    assertThat(late.code()).isEqualTo(409);
    ok(api.delete(leases + "/lead", ""));
    Reply gone = api.put(leases + "/lead", taken.body());
    assertThat(gone.code()).isEqualTo(409);
    assertThat(gone.message()).contains("UID in precondition");
    Reply misnamed = api.put(leases + "/other", lease);
    assertThat(misnamed.code()).isEqualTo(400);
    assertThat(api.put(MAPS + "/new", map("new", "a", "b")).code()).isEqualTo(404);
  }

  @Test
  void a_patch_that_changes_nothing_keeps_the_revision() {
    Reply made = ok(api.post(MAPS, map("still", "a", "b")));
    Reply patched = ok(api.patch(MAPS + "/still", "merge-patch+json", "{\"data\":{\"a\":\"b\"}}"));
    assertThat(patched.json()).isEqualTo(made.json());
  }

  @Test
  void an_object_with_half_a_character_in_a_name_can_be_shown() {
    String revisions = "/apis/apps/v1/namespaces/default/controllerrevisions";
    String half = "{\"metadata\":{\"name\":\"r\"},\"revision\":1,\"data\":{\"\\ud800\":1}}";
    ok(api.send("POST", revisions, half, Map.of("Content-Type", "application/yaml")));
    ok(api.get(revisions, "application/json;as=Table;v=v1;g=meta.k8s.io"));
    assertThat(api.get(revisions + "/r").object().tree().path("data").has("\ufffd")).isTrue();
  }

  @Test
  void patches_of_all_types_change_the_object() {
    ok(api.post(MAPS, map("patched", "a", "b")));
    ok(api.patch(MAPS + "/patched", "merge-patch+json", "{\"data\":{\"m\":\"1\"}}"));
    ok(api.patch(MAPS + "/patched", "strategic-merge-patch+json", "{\"data\":{\"s\":\"2\"}}"));
    ok(
        api.patch(
            MAPS + "/patched",
            "json-patch+json",
            "[{\"op\":\"add\",\"path\":\"/data/j\",\"value\":\"3\"}]"));
    assertThat(api.get(MAPS + "/patched").json().path("data").toString())
        .isEqualTo("{\"a\":\"b\",\"m\":\"1\",\"s\":\"2\",\"j\":\"3\"}");
  }

  @Test
  void a_stale_revision_is_a_conflict() {
    Reply made = ok(api.post(MAPS, map("stale", "a", "b")));
    ok(api.patch(MAPS + "/stale", "merge-patch+json", "{\"data\":{\"a\":\"c\"}}"));
    Reply late = api.put(MAPS + "/stale", made.body());
    assertThat(late.code()).isEqualTo(409);
    assertThat(late.message())
        .isEqualTo(
            "Operation cannot be fulfilled on configmaps \"stale\": the object has been modified;"
                + " please apply your changes to the latest version and try again");
  }

  @Test
  void a_patch_without_revision_wins_against_another_writer() {
    ok(api.post(MAPS, map("raced", "a", "b")));
    api.store.beforeNextCommit(
        () -> api.patch(MAPS + "/raced", "merge-patch+json", "{\"data\":{\"x\":\"1\"}}"));
    ok(api.patch(MAPS + "/raced", "merge-patch+json", "{\"data\":{\"y\":\"2\"}}"));
    assertThat(api.get(MAPS + "/raced").json().path("data").toString())
        .contains("\"x\":\"1\"", "\"y\":\"2\"");
  }

  @Test
  void finalizers_hold_a_deleted_object_until_the_last_is_removed() {
    ok(api.post(MAPS, "{\"metadata\":{\"name\":\"held\",\"finalizers\":[\"example.com/hold\"]}}"));
    Reply deleted = ok(api.delete(MAPS + "/held", "{\"propagationPolicy\":\"Background\"}"));
    assertThat(deleted.object().deletionTimestamp()).isPresent();
    assertThat(api.get(MAPS + "/held").code()).isEqualTo(200);
    Reply fresh =
        api.patch(
            MAPS + "/held",
            "merge-patch+json",
            "{\"metadata\":{\"finalizers\":[\"example.com/hold\",\"example.com/more\"]}}");
    assertThat(fresh.code()).isEqualTo(422);
    assertThat(fresh.message())
        .endsWith(
            "metadata.finalizers: Forbidden: no new finalizers can be added if the object is being"
                + " deleted, found new finalizers []string{\"example.com/more\"}");
    ok(api.patch(MAPS + "/held", "merge-patch+json", "{\"metadata\":{\"finalizers\":null}}"));
    assertThat(api.get(MAPS + "/held").code()).isEqualTo(404);
  }

  @Test
  void deleting_answers_with_what_is_gone() {
    Reply made = ok(api.post(MAPS, map("gone", "a", "b")));
    Reply wrong = api.delete(MAPS + "/gone", "{\"preconditions\":{\"uid\":\"other\"}}");
    assertThat(wrong.code()).isEqualTo(409);
    Reply deleted = ok(api.delete(MAPS + "/gone", "{}"));
    assertThat(deleted.json().path("status").asString()).isEqualTo("Success");
    assertThat(deleted.json().path("details").path("uid").asString())
        .isEqualTo(made.object().uid());
  }

  @Test
  void a_dry_run_of_what_has_no_name_is_refused_as_the_real_one_is() {
    String nameless = "{\"metadata\":{}}";
    ServedApi.Reply real = api.post(MAPS, nameless);
    ServedApi.Reply dry = api.post(MAPS + "?dryRun=All", nameless);
    assertThat(dry.code()).isEqualTo(422);
    assertThat(dry.body()).isEqualTo(real.body());
  }

  @Test
  void a_dry_run_stores_nothing() {
    assertThat(ok(api.post(MAPS + "?dryRun=All", map("dry", "a", "b"))).object().uid())
        .isNotEmpty();
    assertThat(api.get(MAPS + "/dry").code()).isEqualTo(404);
    ok(api.post(MAPS, map("dry", "a", "b")));
    ok(api.delete(MAPS + "/dry", "{\"dryRun\":[\"All\"]}"));
    assertThat(api.get(MAPS + "/dry").code()).isEqualTo(200);
  }

  @Test
  void a_prefix_becomes_a_name() {
    Reply made = ok(api.post(MAPS, "{\"metadata\":{\"generateName\":\"pre-\"}}"));
    assertThat(made.object().name()).matches("pre-[bcdfghjklmnpqrstvwxz2456789]{5}");
  }

  @Test
  void lists_select_by_labels_and_fields() {
    ok(api.post(MAPS, "{\"metadata\":{\"name\":\"l1\",\"labels\":{\"app\":\"x\",\"n\":\"1\"}}}"));
    ok(api.post(MAPS, "{\"metadata\":{\"name\":\"l2\",\"labels\":{\"app\":\"x\",\"n\":\"2\"}}}"));
    assertThat(names("?labelSelector=app%3Dx")).isEqualTo("l1,l2");
    assertThat(names("?labelSelector=app%3Dx,n!%3D1")).isEqualTo("l2");
    assertThat(names("?labelSelector=app,n%20in%20(1,3)")).isEqualTo("l1");
    assertThat(names("?fieldSelector=metadata.name%3Dl2")).isEqualTo("l2");
    assertThat(names("?labelSelector=app%3Dnone")).isEmpty();
    assertThat(api.get(MAPS + "?fieldSelector=spec.x%3D1").message())
        .isEqualTo(
            "\"spec.x\" is not a known field selector: only \"metadata.name\","
                + " \"metadata.namespace\"");
    assertThat(api.get(MAPS + "?labelSelector=%3Da").message())
        .isEqualTo("unable to parse requirement: found '=', expected: identifier");
  }

  @Test
  void people_get_tables() {
    ok(api.post(MAPS, map("tabled", "a", "b")));
    Reply table =
        ok(
            api.get(
                MAPS + "/tabled", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"));
    assertThat(table.json().path("kind").asString()).isEqualTo("Table");
    assertThat(table.json().at("/rows/0/cells/0").asString()).isEqualTo("tabled");
    assertThat(table.json().at("/rows/0/object/kind").asString())
        .isEqualTo("PartialObjectMetadata");
  }

  @Test
  void bodies_may_be_yaml_or_nameless_json() {
    String yaml = "metadata:\n  name: yaml\ndata:\n  a: b\n";
    ok(api.send("POST", MAPS, yaml, java.util.Map.of("Content-Type", "application/yaml")));
    ok(api.send("POST", MAPS, map("nameless", "a", "b"), java.util.Map.of()));
    assertThat(api.get(MAPS + "/yaml").json().at("/data/a").asString()).isEqualTo("b");
    Reply other = api.send("POST", MAPS, "x", java.util.Map.of("Content-Type", "text/html"));
    assertThat(other.code()).isEqualTo(415);
  }

  @Test
  void broken_bodies_are_refused_with_the_place_of_the_fault() {
    Reply quotes = api.post(MAPS, "{\n \u201cmetadata\u201d: {}}");
    assertThat(quotes.code()).isEqualTo(400);
    assertThat(quotes.message()).contains("line 2, column");
    Reply indented =
        api.send(
            "POST",
            MAPS,
            "metadata:\n  name: x\n labels:\n    a: b\n",
            java.util.Map.of("Content-Type", "application/yaml"));
    assertThat(indented.code()).isEqualTo(400);
    assertThat(indented.message()).contains("line 3");
    assertThat(api.post(MAPS, "").message()).contains("unexpected end of json input (<empty>)");
    assertThat(api.post(MAPS, "{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}").message())
        .isEqualTo(
            "Pod in version \"v1\" cannot be handled as a ConfigMap: converting (v1.Pod) to"
                + " (core.ConfigMap): unknown conversion");
  }

  @Test
  void too_much_is_refused() {
    String large = "x".repeat(1_600_000);
    assertThat(api.post(MAPS, map("large", "a", large)).code()).isEqualTo(422);
    assertThat(api.post(MAPS, map("large", "a", large + large)).code()).isEqualTo(413);
    Reply revision =
        api.post(
            "/apis/apps/v1/namespaces/default/controllerrevisions",
            "{\"metadata\":{\"name\":\"large\"},\"revision\":1,\"data\":{\"a\":\""
                + large
                + "\"}}");
    assertThat(revision.code()).isEqualTo(413);
    assertThat(revision.reason()).isEqualTo("RequestEntityTooLarge");
    assertThat(api.get(MAPS + "/large").code()).isEqualTo(404);
  }

  @Test
  void a_field_given_twice_is_refused_when_the_client_is_strict() {
    String twice = "{\"metadata\":{\"name\":\"dup\"},\"data\":{\"a\":\"1\",\"a\":\"2\"}}";
    Reply strict = api.post(MAPS + "?fieldValidation=Strict", twice);
    assertThat(strict.code()).isEqualTo(400);
    assertThat(strict.message())
        .isEqualTo(
            "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error:"
                + " duplicate field \"data.a\"");
    Reply warned = ok(api.post(MAPS, twice));
    assertThat(warned.raw().headers().firstValue("Warning"))
        .hasValue("299 - \"duplicate field \\\"data.a\\\"\"");
  }

  @Test
  void bad_names_and_labels_are_invalid() {
    Reply name = api.post(MAPS, map("X_Y", "a", "b"));
    assertThat(name.code()).isEqualTo(422);
    assertThat(name.message())
        .startsWith(
            "ConfigMap \"X_Y\" is invalid: metadata.name: Invalid value: \"X_Y\": a lowercase RFC"
                + " 1123 subdomain must consist of");
    assertThat(api.post(MAPS, "{}").message())
        .isEqualTo(
            "ConfigMap \"\" is invalid: metadata.name: Required value: name or generateName is"
                + " required");
    assertThat(
            api.post(MAPS, "{\"metadata\":{\"name\":\"x\",\"labels\":{\"a b\":\"c\"}}}").message())
        .contains("metadata.labels: Invalid value: \"a b\": name part must consist of");
  }

  @Test
  void unknown_things_are_not_found_and_odd_methods_not_allowed() {
    assertThat(api.get("/api/v1/namespaces/default/widgets").message())
        .isEqualTo("the server could not find the requested resource");
    assertThat(api.get("/apis/none/v1/x").body()).isEqualTo("404 page not found\n");
    assertThat(api.send("OPTIONS", MAPS, null, java.util.Map.of()).code()).isEqualTo(405);
    assertThat(api.post(MAPS + "/x", "{}").code()).isEqualTo(405);
    assertThat(api.post("/apis/none/v1/x", "{}").body()).isEqualTo("404 page not found\n");
    assertThat(api.post(MAPS + "/x/none", "{}").code()).isEqualTo(404);
  }

  private static String names(String query) {
    StringBuilder names = new StringBuilder();
    for (var item : ok(api.get(MAPS + query)).json().path("items")) {
      if (names.length() > 0) names.append(',');
      names.append(item.path("metadata").path("name").asString());
    }
    return names.toString();
  }

  private static String map(String name, String key, String value) {
    return "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\""
        + name
        + "\"},\"data\":{\""
        + key
        + "\":\""
        + value
        + "\"}}";
  }
}
