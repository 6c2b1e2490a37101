package io.ordinal.controller.api;

import static io.ordinal.controller.api.ServedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.ServedApi.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writes by a controller whose own copy of the store is behind what others have acknowledged. */
class LaggingCopyTest {
  private static final String NAMESPACES = "/api/v1/namespaces";
  private static final String MAPS = NAMESPACES + "/default/configmaps";
  private final ServedApi api = new ServedApi();

  @AfterEach
  void close() {
    api.close();
  }

  private static String map(String name, String value) {
    return "{\"metadata\":{\"name\":\"%s\"},\"data\":{\"a\":\"%s\"}}".formatted(name, value);
  }

  @Test
  void an_object_goes_into_a_namespace_that_the_copy_does_not_have_yet() {
    api.store.lag();
    api.namespace("young");
    Reply made = api.post(NAMESPACES + "/young/configmaps", map("new", "b"));
    assertThat(made.code()).isEqualTo(201);
  }

  @Test
  void that_the_copy_was_behind_is_no_attempt() {
    try (ServedApi once = new ServedApi("write-attempts = 1")) {
      once.namespace("moved");
      once.store.lag();
      String label = "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}";
      ok(once.patch(NAMESPACES + "/moved", "merge-patch+json", label));
      Reply made = once.post(NAMESPACES + "/moved/configmaps", map("new", "b"));
      assertThat(made.code()).isEqualTo(201);
    }
  }

  @Test
  void nothing_goes_into_a_namespace_that_only_the_copy_still_has() {
    api.namespace("old");
    api.store.lag();
    ok(api.delete(NAMESPACES + "/old", ""));
    Reply refused = api.post(NAMESPACES + "/old/configmaps", map("late", "b"));
    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.message()).contains("because it is being terminated");
  }

  @Test
  void a_namespace_that_something_was_made_in_is_not_trusted_to_be_open_for_ever() {
    api.namespace("used");
    ok(api.post(NAMESPACES + "/used/configmaps", map("first", "b")));
    String keep = "{\"metadata\":{\"finalizers\":[\"example.com/keep\"]}}";
    ok(api.patch(NAMESPACES + "/used/configmaps/first", "merge-patch+json", keep));
    ok(api.delete(NAMESPACES + "/used", ""));
    Reply refused = api.post(NAMESPACES + "/used/configmaps", map("late", "b"));
    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.message()).contains("because it is being terminated");
  }

  @Test
  void what_is_made_in_a_namespace_that_was_labelled_since_needs_no_second_request() {
    try (ServedApi once = new ServedApi("write-attempts = 1")) {
      once.namespace("used");
      ok(once.post(NAMESPACES + "/used/configmaps", map("first", "b")));
      String label = "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}";
      ok(once.patch(NAMESPACES + "/used", "merge-patch+json", label));
      assertThat(once.post(NAMESPACES + "/used/configmaps", map("new", "b")).code()).isEqualTo(201);
      assertThat(once.post(NAMESPACES + "/used/configmaps", map("third", "b")).code())
          .isEqualTo(201);
    }
  }

  @Test
  void an_object_that_the_copy_does_not_have_yet_is_changed() {
    api.store.lag();
    ok(api.post(MAPS, map("young", "b")));
    Reply changed = ok(api.put(MAPS + "/young", map("young", "c")));
    assertThat(changed.json().at("/data/a").asString()).isEqualTo("c");
    ok(api.delete(MAPS + "/young", ""));
    assertThat(api.put(MAPS + "/young", map("young", "d")).code()).isEqualTo(404);
  }

  @Test
  void a_patch_builds_on_what_others_wrote_since() {
    ok(api.post(MAPS, map("shared", "b")));
    api.store.lag();
    ok(api.patch(MAPS + "/shared", "merge-patch+json", "{\"data\":{\"theirs\":\"1\"}}"));
    Reply ours = ok(api.patch(MAPS + "/shared", "merge-patch+json", "{\"data\":{\"ours\":\"2\"}}"));
    assertThat(ours.json().path("data"))
        .hasToString("{\"a\":\"b\",\"theirs\":\"1\",\"ours\":\"2\"}");
  }

  @Test
  void a_write_back_to_what_the_copy_still_shows_is_a_write() {
    ok(api.post(MAPS, map("back", "b")));
    api.store.lag();
    ok(api.put(MAPS + "/back", map("back", "c")));
    ok(api.put(MAPS + "/back", map("back", "b")));
    assertThat(api.get(MAPS + "/back").json().at("/data/a").asString()).isEqualTo("b");
  }

  @Test
  void a_revision_newer_than_the_copy_is_no_conflict_and_an_old_one_is() {
    Reply first = ok(api.post(MAPS, map("held", "b")));
    api.store.lag();
    Reply second = ok(api.put(MAPS + "/held", first.body().replace("\"b\"", "\"c\"")));
    ok(api.put(MAPS + "/held", second.body().replace("\"c\"", "\"d\"")));
    Reply late = api.put(MAPS + "/held", first.body().replace("\"b\"", "\"e\""));
    assertThat(late.code()).isEqualTo(409);
    assertThat(late.reason()).isEqualTo("Conflict");
  }
}
