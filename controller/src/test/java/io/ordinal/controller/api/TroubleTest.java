package io.ordinal.controller.api;

import static io.ordinal.controller.api.ServedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.ServedApi.Reply;
import io.ordinal.controller.api.auth.Identity;
import io.ordinal.controller.replica.ReplicaCommand;
import io.ordinal.controller.store.StoreOverloaded;
import io.ordinal.controller.store.StoreUnavailable;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients are told when the world does not obey. */
class TroubleTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String POD =
      "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"x\"}]}}";
  private ServedApi api;

  @BeforeEach
  void serve() {
    api = new ServedApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void an_overloaded_store_is_429_and_an_unavailable_one_503() {
    api.store.failNext(new StoreOverloaded("full"));
    Reply overloaded = api.post(MAPS, "{\"metadata\":{\"name\":\"x\"}}");
    assertThat(overloaded.code()).isEqualTo(429);
    assertThat(overloaded.reason()).isEqualTo("TooManyRequests");
    assertThat(overloaded.raw().headers().firstValue("Retry-After")).hasValue("1");
    api.store.failNext(new StoreUnavailable("no majority", null));
    Reply unavailable = api.post(MAPS, "{\"metadata\":{\"name\":\"x\"}}");
    assertThat(unavailable.code()).isEqualTo(503);
    assertThat(unavailable.reason()).isEqualTo("ServiceUnavailable");
  }

  @Test
  void a_namespace_that_changes_meanwhile_is_looked_at_again() {
    api.store.beforeNextCommit(
        () ->
            ok(
                api.patch(
                    "/api/v1/namespaces/default",
                    "merge-patch+json",
                    "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}")));
    ok(api.post(MAPS, "{\"metadata\":{\"name\":\"x\"}}"));
  }

  @Test
  void nothing_is_created_in_a_namespace_that_begins_to_end_meanwhile() {
    api.namespace("ending");
    api.store.beforeNextCommit(() -> ok(api.delete("/api/v1/namespaces/ending", "{}")));
    Reply late =
        api.post("/api/v1/namespaces/ending/configmaps", "{\"metadata\":{\"name\":\"x\"}}");
    assertThat(late.code()).isEqualTo(403);
    assertThat(late.json().at("/details/causes/0/reason").asString())
        .isEqualTo("NamespaceTerminating");
  }

  @Test
  void a_deleted_namespace_is_terminating_until_it_is_finalized() {
    api.namespace("going");
    Reply deleted = ok(api.delete("/api/v1/namespaces/going", "{}"));
    assertThat(deleted.object().status().path("phase").asString()).isEqualTo("Terminating");
    assertThat(ok(api.get("/api/v1/namespaces/going")).object().deletionTimestamp()).isPresent();
  }

  @Test
  void pods_are_written_by_their_replicas_only() {
    ok(api.post("/api/v1/namespaces/default/pods", POD));
    String pod = "/api/v1/namespaces/default/pods/p";
    ok(api.patch(pod, "merge-patch+json", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}"));
    ok(api.delete(pod, "{\"gracePeriodSeconds\":3}"));
    assertThat(api.replicas.received())
        .extracting(each -> each.getClass().getSimpleName())
        .containsExactly("Create", "Edit", "Delete");
    ReplicaCommand.Delete delete = (ReplicaCommand.Delete) api.replicas.received().get(2);
    assertThat(delete.grace()).hasValue(java.time.Duration.ofSeconds(3));
  }

  @Test
  void a_set_deleted_with_a_policy_waits_for_the_collector() {
    String sets = "/apis/apps/v1/namespaces/default/statefulsets";
    String set =
        "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"selector\":{\"matchLabels\":{\"a\":\"b\"}},"
            + "\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},"
            + "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"x\"}]}}}}";
    ok(api.post(sets, set.formatted("f")));
    ok(api.post(sets, set.formatted("o")));
    ok(api.post(sets, set.formatted("b")));
    Reply foreground = ok(api.delete(sets + "/f", "{\"propagationPolicy\":\"Foreground\"}"));
    assertThat(foreground.object().finalizers()).containsExactly("foregroundDeletion");
    assertThat(foreground.object().generation()).isEqualTo(2);
    Reply orphan = ok(api.delete(sets + "/o", "{\"orphanDependents\":true}"));
    assertThat(orphan.object().finalizers()).containsExactly("orphan");
    Reply background = ok(api.delete(sets + "/b", "{}"));
    assertThat(background.json().path("status").asString()).isEqualTo("Success");
  }

  @Test
  void generation_counts_changes_of_the_spec_only() {
    String sets = "/apis/apps/v1/namespaces/default/statefulsets";
    ok(
        api.post(
            sets,
            "{\"metadata\":{\"name\":\"g\"},\"spec\":{\"selector\":{\"matchLabels\":{\"a\":\"b\"}},"
                + "\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},"
                + "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"x\"}]}}}}"));
    String set = sets + "/g";
    ok(api.patch(set, "merge-patch+json", "{\"metadata\":{\"labels\":{\"l\":\"m\"}}}"));
    ok(
        api.patch(
            set + "/status",
            "merge-patch+json",
            "{\"spec\":{\"replicas\":9},\"status\":{\"replicas\":1,\"observedGeneration\":1}}"));
    assertThat(api.get(set).object().generation()).isEqualTo(1);
    assertThat(api.get(set).object().spec().path("replicas").asInt()).isEqualTo(1);
    assertThat(api.get(set).object().status().path("replicas").asInt()).isEqualTo(1);
    ok(api.patch(set + "/scale", "merge-patch+json", "{\"spec\":{\"replicas\":4}}"));
    assertThat(api.get(set).object().generation()).isEqualTo(2);
    assertThat(api.get(set + "/scale").json().at("/status/selector").asString()).isEqualTo("a=b");
    Reply negative = api.patch(set + "/scale", "merge-patch+json", "{\"spec\":{\"replicas\":-1}}");
    assertThat(negative.message())
        .isEqualTo(
            "Scale.autoscaling \"g\" is invalid: spec.replicas: Invalid value: -1: must be greater"
                + " than or equal to 0");
  }

  @Test
  void a_revision_from_the_future_is_a_timeout() {
    ok(api.post(MAPS, "{\"metadata\":{\"name\":\"x\"}}"));
    Reply future = api.get(MAPS + "?resourceVersion=99999999");
    assertThat(future.code()).isEqualTo(504);
    assertThat(future.message()).startsWith("Timeout: Too large resource version: 99999999");
    assertThat(ok(api.get(MAPS + "?resourceVersion=0")).json().path("items").isArray()).isTrue();
    assertThat(api.get(MAPS + "?resourceVersion=99999999&resourceVersionMatch=Exact").code())
        .isEqualTo(504);
  }

  @Test
  void the_anonymous_may_see_health_and_version_only() {
    try (ServedApi closed = new ServedApi(request -> Identity.ANONYMOUS, Optional.empty(), false)) {
      assertThat(closed.get("/livez").body()).isEqualTo("ok");
      assertThat(closed.get("/readyz").code()).isEqualTo(200);
      assertThat(closed.get("/version").json().path("minor").asString()).isEqualTo("32");
      assertThat(closed.get("/metrics").message())
          .isEqualTo("forbidden: User \"system:anonymous\" cannot get path \"/metrics\"");
      assertThat(closed.get("/api/v1/pods").message())
          .isEqualTo(
              "pods is forbidden: User \"system:anonymous\" cannot list resource \"pods\" in API"
                  + " group \"\" at the cluster scope");
      assertThat(
              closed
                  .patch(
                      "/apis/apps/v1/namespaces/default/statefulsets/web/scale",
                      "merge-patch+json",
                      "{}")
                  .message())
          .isEqualTo(
              "statefulsets.apps \"web\" is forbidden: User \"system:anonymous\" cannot patch"
                  + " resource \"statefulsets/scale\" in API group \"apps\" in the namespace"
                  + " \"default\"");
    }
  }

  @Test
  void discovery_is_served_in_all_its_forms() {
    assertThat(api.get("/api").json().path("kind").asString()).isEqualTo("APIVersions");
    assertThat(api.get("/apis/apps/v1").json().toString())
        .contains("\"name\":\"statefulsets/scale\"", "\"group\":\"autoscaling\"");
    Reply aggregated =
        api.get(
            "/apis",
            "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json");
    assertThat(aggregated.raw().headers().firstValue("Content-Type").orElseThrow())
        .contains("application/json", "g=apidiscovery.k8s.io", "v=v2beta1");
    assertThat(aggregated.json().path("apiVersion").asString())
        .isEqualTo("apidiscovery.k8s.io/v2beta1");
    String link =
        api.get("/openapi/v3").json().at("/paths/apis~1apps~1v1/serverRelativeURL").asString();
    Reply document = ok(api.get(link));
    String tag = document.raw().headers().firstValue("ETag").orElseThrow();
    assertThat(api.send("GET", link, null, Map.of("If-None-Match", tag)).code()).isEqualTo(304);
    assertThat(api.get(MAPS, "text/html").code()).isEqualTo(406);
  }
}
