package io.ordinal.controller.api;

import static io.ordinal.controller.api.ServedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.ServedApi.Reply;
import io.ordinal.controller.document.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class PagingTest {
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
  void pages_come_from_the_moment_of_the_first() {
    for (String name : List.of("a", "b", "c", "d", "e")) make(name);
    Reply first = ok(api.get(MAPS + "?limit=2"));
    assertThat(names(first)).containsExactly("a", "b");
    assertThat(first.json().path("metadata").path("remainingItemCount").asInt()).isEqualTo(3);

    ok(api.delete(MAPS + "/c", ""));
    ok(api.patch(MAPS + "/d", "merge-patch+json", "{\"data\":{\"v\":\"new\"}}"));
    make("da");
    Reply second = next(first, 2);
    assertThat(names(second)).containsExactly("c", "d");
    assertThat(second.body()).doesNotContain("new");
    assertThat(second.json().path("metadata").path("remainingItemCount").asInt()).isEqualTo(1);
    Reply third = next(second, 2);
    assertThat(names(third)).containsExactly("e");
    assertThat(third.json().path("metadata").has("continue")).isFalse();
    assertThat(third.json().path("metadata").has("remainingItemCount")).isFalse();
    assertThat(revision(second)).isEqualTo(revision(first));
    assertThat(revision(third)).isEqualTo(revision(first));
    assertThat(names(ok(api.get(MAPS)))).containsExactly("a", "b", "d", "da", "e");
  }

  @Test
  void a_selection_is_paged_and_not_counted() {
    for (String name : List.of("a", "b", "c", "d")) make(name);
    Reply first = ok(api.get(MAPS + "?limit=1&fieldSelector=metadata.name!=a"));
    assertThat(names(first)).containsExactly("b");
    assertThat(first.json().path("metadata").has("remainingItemCount")).isFalse();
    String more = "?limit=9&fieldSelector=metadata.name!=a&continue=" + token(first);
    assertThat(names(ok(api.get(MAPS + more)))).containsExactly("c", "d");
  }

  @Test
  void tables_are_paged_too() {
    for (String name : List.of("a", "b", "c")) make(name);
    Reply table = ok(api.get(MAPS + "?limit=2", "application/json;as=Table;v=v1;g=meta.k8s.io"));
    assertThat(table.json().path("rows").size()).isEqualTo(2);
    assertThat(table.json().path("metadata").path("remainingItemCount").asInt()).isEqualTo(1);
    assertThat(names(next(table, 2))).containsExactly("c");
  }

  @Test
  void zero_is_answered_whole() {
    for (String name : List.of("a", "b", "c")) make(name);
    assertThat(names(ok(api.get(MAPS + "?limit=1&resourceVersion=0"))))
        .containsExactly("a", "b", "c");
  }

  @Test
  void an_exact_revision_is_answered_as_it_was_until_it_is_purged() {
    make("a");
    String then = revision(ok(api.get(MAPS)));
    make("b");
    ok(api.delete(MAPS + "/a", ""));
    String exact = "?resourceVersionMatch=Exact&resourceVersion=" + then;
    assertThat(names(ok(api.get(MAPS + exact)))).containsExactly("a");
    assertThat(revision(ok(api.get(MAPS + exact)))).isEqualTo(then);
    assertThat(names(ok(api.get(MAPS + "?limit=5&resourceVersion=" + then))))
        .containsExactly("a"); // As Kubernetes reads it without a match.
    assertThat(names(ok(api.get(MAPS + "?resourceVersion=" + then)))).containsExactly("b");
    assertThat(names(ok(api.get(MAPS + "?fieldSelector=metadata.name=a&" + exact.substring(1)))))
        .containsExactly("a");

    api.store.purgeFeed(api.store.revision());
    Reply purged = api.get(MAPS + exact);
    assertThat(purged.code()).isEqualTo(410);
    assertThat(purged.reason()).isEqualTo("Expired");
    assertThat(purged.message()).isEqualTo("The resourceVersion for the provided list is too old.");
  }

  @Test
  void a_page_that_is_asked_for_too_late_is_expired() {
    for (String name : List.of("a", "b", "c")) make(name);
    Reply first = ok(api.get(MAPS + "?limit=2"));
    make("d");
    api.store.purgeFeed(api.store.revision());
    Reply late = api.get(MAPS + "?limit=2&continue=" + token(first));
    assertThat(late.code()).isEqualTo(410);
    assertThat(late.reason()).isEqualTo("Expired");
    assertThat(late.message()).startsWith("The provided continue parameter is too old");
  }

  @Test
  void what_contradicts_itself_is_refused() {
    assertThat(api.get(MAPS + "?continue=nonsense").code()).isEqualTo(400);
    assertThat(api.get(MAPS + "?continue=e30").code()).isEqualTo(400);
    make("a");
    make("b");
    String token = token(ok(api.get(MAPS + "?limit=1")));
    assertThat(api.get(MAPS + "?resourceVersion=1&continue=" + token).message())
        .isEqualTo("specifying resource version is not allowed when using continue");
    assertThat(api.get(MAPS + "?resourceVersionMatch=Exact&continue=" + token).code())
        .isEqualTo(422);
    assertThat(api.get(MAPS + "?resourceVersionMatch=Exact").code()).isEqualTo(422);
    assertThat(api.get(MAPS + "?resourceVersionMatch=Exact&resourceVersion=0").code())
        .isEqualTo(422);
    assertThat(api.get(MAPS + "?limit=abc").code()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void pages_together_are_the_list_at_its_revision_whatever_happens_meanwhile(long seed) {
    Random chance = new Random(seed);
    api.namespace("other");
    TreeMap<String, String> now = new TreeMap<>();
    for (int i = 0; i < 40; i++) stir(chance, now);
    List<String> wanted = List.copyOf(now.values());
    List<String> got = new ArrayList<>();
    Reply page = ok(api.get("/api/v1/configmaps?limit=" + (1 + chance.nextInt(6))));
    long left = page.json().path("metadata").path("remainingItemCount").asLong();
    items(page).forEach(each -> got.add(each.toString()));
    while (page.json().path("metadata").has("continue")) {
      assertThat(left).as("seed %d", seed).isEqualTo(wanted.size() - got.size());
      for (int i = chance.nextInt(6); i > 0; i--) stir(chance, now);
      int limit = 1 + chance.nextInt(6);
      page = ok(api.get("/api/v1/configmaps?limit=" + limit + "&continue=" + token(page)));
      left = page.json().path("metadata").path("remainingItemCount").asLong();
      items(page).forEach(each -> got.add(each.toString()));
    }
    assertThat(got).as("seed %d", seed).isEqualTo(wanted);
  }

  /** Makes, changes or deletes something somewhere. */
  private void stir(Random chance, TreeMap<String, String> now) {
    String namespace = chance.nextBoolean() ? "default" : "other";
    String name = "m" + chance.nextInt(20);
    String maps = "/api/v1/namespaces/" + namespace + "/configmaps";
    String key = namespace + "/" + name;
    if (!now.containsKey(key)) {
      now.put(key, ok(api.post(maps, map(name))).json().toString());
    } else if (chance.nextBoolean()) {
      ok(api.delete(maps + "/" + name, ""));
      now.remove(key);
    } else {
      String patch = "{\"data\":{\"v\":\"" + chance.nextInt() + "\"}}";
      now.put(key, ok(api.patch(maps + "/" + name, "merge-patch+json", patch)).json().toString());
    }
  }

  private Reply next(Reply page, int limit) {
    return ok(api.get(MAPS + "?limit=" + limit + "&continue=" + token(page)));
  }

  private static String token(Reply page) {
    return page.json().path("metadata").path("continue").asString("");
  }

  private static String revision(Reply page) {
    return page.json().path("metadata").path("resourceVersion").asString("");
  }

  private static List<JsonNode> items(Reply page) {
    List<JsonNode> items = new ArrayList<>();
    page.json().path("items").forEach(items::add);
    return items;
  }

  private static List<String> names(Reply page) {
    return items(page).stream()
        .map(each -> each.path("metadata").path("name").asString(""))
        .toList();
  }

  private void make(String name) {
    ok(api.post(MAPS, map(name)));
  }

  private static String map(String name) {
    ObjectNode map = Json.object();
    map.putObject("metadata").put("name", name);
    map.putObject("data").put("v", "old");
    return map.toString();
  }
}
