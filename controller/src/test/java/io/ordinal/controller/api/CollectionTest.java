package io.ordinal.controller.api;

import static io.ordinal.controller.api.ServedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.ServedApi.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CollectionTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private ServedApi api;

  @BeforeEach
  void serve() {
    api = served();
  }

  ServedApi served() {
    return new ServedApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void those_selected_are_deleted_and_answered_as_a_list() {
    make("a", "x", "");
    make("b", "y", "");
    make("c", "x", "");
    Reply deleted = ok(api.delete(MAPS + "?labelSelector=l%3Dx", ""));
    assertThat(deleted.json().path("kind").asString("")).isEqualTo("ConfigMapList");
    assertThat(names(deleted)).containsExactly("a", "c");
    assertThat(names(ok(api.get(MAPS)))).containsExactly("b");
    assertThat(names(ok(api.delete(MAPS + "?fieldSelector=metadata.name=none", "")))).isEmpty();
  }

  @Test
  void finalizers_hold_those_that_have_them() {
    make("a", "x", "");
    make("held", "x", "a.b/c");
    ok(api.delete(MAPS, "{\"propagationPolicy\":\"Background\"}"));
    assertThat(names(ok(api.get(MAPS)))).containsExactly("held");
    assertThat(ok(api.get(MAPS + "/held")).object().deletionTimestamp()).isPresent();
  }

  @Test
  void a_dry_run_deletes_nothing_and_a_limit_so_many() {
    for (String name : List.of("a", "b", "c")) make(name, "x", "");
    ok(api.delete(MAPS, "{\"dryRun\":[\"All\"]}"));
    assertThat(names(ok(api.get(MAPS)))).hasSize(3);
    assertThat(names(ok(api.delete(MAPS + "?limit=2", "")))).containsExactly("a", "b");
    assertThat(names(ok(api.get(MAPS)))).containsExactly("c");
  }

  @Test
  void other_namespaces_are_not_touched_and_not_all_at_once() {
    api.namespace("other");
    ok(api.post("/api/v1/namespaces/other/configmaps", "{\"metadata\":{\"name\":\"far\"}}"));
    make("near", "x", "");
    ok(api.delete(MAPS, ""));
    assertThat(names(ok(api.get("/api/v1/configmaps")))).containsExactly("far");
    assertThat(api.delete("/api/v1/configmaps", "").code()).isEqualTo(405);
    assertThat(api.delete("/api/v1/namespaces", "").code()).isEqualTo(405);
  }

  @Test
  void nothing_is_made_outside_of_all_namespaces() {
    Reply nowhere = api.post("/api/v1/configmaps", "{\"metadata\":{\"name\":\"lost\"}}");
    assertThat(nowhere.code()).isEqualTo(405);
    assertThat(names(ok(api.get("/api/v1/configmaps")))).isEmpty();
  }

  @Test
  void a_pod_that_nobody_can_name_is_not_there() {
    for (String name : List.of("%20", "%00", "A", "a%2Fb")) {
      Reply none = api.delete("/api/v1/namespaces/default/pods/" + name, "");
      assertThat(none.code()).as(name).isEqualTo(404);
    }
    assertThat(api.delete("/api/v1/namespaces/%20/pods/a", "").code()).isEqualTo(404);
  }

  @Test
  void what_is_deleted_meanwhile_does_not_stop_the_rest() {
    for (String name : List.of("a", "b", "c")) make(name, "x", "");
    api.store.beforeNextCommit(() -> ok(api.delete(MAPS + "/c", "")));
    assertThat(names(ok(api.delete(MAPS, "")))).containsExactly("a", "b", "c");
    assertThat(names(ok(api.get(MAPS)))).isEmpty();
  }

  @Test
  void what_is_made_anew_meanwhile_under_a_name_that_was_listed_stays() {
    for (String name : List.of("a", "b", "c")) make(name, "x", "");
    api.store.beforeNextCommit(
        () -> {
          ok(api.delete(MAPS + "/c", ""));
          make("c", "new", "");
        });
    ok(api.delete(MAPS + "?labelSelector=l%3Dx", ""));
    assertThat(names(ok(api.get(MAPS)))).containsExactly("c");
  }

  @Test
  void what_is_not_selected_any_more_when_its_turn_comes_stays() {
    for (String name : List.of("a", "b", "c")) make(name, "x", "");
    api.store.beforeNextCommit(
        () -> {
          ok(relabel("b", "x2"));
          ok(api.patch(MAPS + "/c", "merge-patch+json", "{\"data\":{\"still\":\"selected\"}}"));
        });
    ok(api.delete(MAPS + "?labelSelector=l%3Dx", ""));
    assertThat(names(ok(api.get(MAPS)))).containsExactly("b");
  }

  private Reply relabel(String name, String label) {
    String patch = "{\"metadata\":{\"labels\":{\"l\":\"" + label + "\"}}}";
    return api.patch(MAPS + "/" + name, "merge-patch+json", patch);
  }

  @Test
  void nothing_is_deleted_for_what_it_was_in_the_past() {
    make("a", "old", "");
    make("b", "old", "");
    String token =
        ok(api.get(MAPS + "?limit=1")).json().path("metadata").path("continue").asString("");
    String then = ok(api.get(MAPS)).json().path("metadata").path("resourceVersion").asString("");
    ok(api.patch(MAPS + "/a", "merge-patch+json", "{\"metadata\":{\"labels\":{\"l\":\"new\"}}}"));
    String past = "resourceVersion=" + then;
    for (String odd :
        List.of(past + "&resourceVersionMatch=Exact", past + "&limit=5", "continue=" + token)) {
      assertThat(api.delete(MAPS + "?labelSelector=l%3Dold&" + odd, "").code())
          .as(odd)
          .isEqualTo(400);
    }
    assertThat(names(ok(api.get(MAPS)))).containsExactly("a", "b");
    ok(api.delete(MAPS + "?labelSelector=l%3Dold&" + past, ""));
    assertThat(names(ok(api.get(MAPS)))).containsExactly("a");
  }

  @Test
  void options_that_say_nothing_sensible_delete_nothing() {
    make("a", "x", "");
    String one = MAPS + "/a";
    assertThat(api.delete(one, "[]").code()).isEqualTo(400);
    assertThat(api.delete(one, "{\"kind\":\"Pod\"}").code()).isEqualTo(400);
    assertThat(api.delete(one, "{\"gracePeriodSeconds\":\"soon\"}").code()).isEqualTo(400);
    assertThat(api.delete(one, "{\"gracePeriodSeconds\":1e300}").code()).isEqualTo(400);
    Reply both =
        api.delete(one, "{\"orphanDependents\":true,\"propagationPolicy\":\"Background\"}");
    assertThat(both.code()).isEqualTo(422);
    assertThat(both.message())
        .isEqualTo(
            "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Invalid value:"
                + " \"Background\": orphanDependents and deletionPropagation cannot be both set");
    assertThat(names(ok(api.get(MAPS)))).containsExactly("a");
  }

  @Test
  void discovery_tells_of_it() {
    assertThat(ok(api.get("/api/v1")).body()).contains("\"deletecollection\"");
  }

  private void make(String name, String label, String finalizer) {
    String finalizers = finalizer.isEmpty() ? "" : "\"" + finalizer + "\"";
    ok(
        api.post(
            MAPS,
            "{\"metadata\":{\"name\":\"%s\",\"labels\":{\"l\":\"%s\"},\"finalizers\":[%s]}}"
                .formatted(name, label, finalizers)));
  }

  private static List<String> names(Reply list) {
    List<String> names = new ArrayList<>();
    list.json()
        .path("items")
        .forEach(each -> names.add(each.path("metadata").path("name").asString("")));
    return names;
  }
}
