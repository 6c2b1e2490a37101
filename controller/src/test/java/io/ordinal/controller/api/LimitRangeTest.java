package io.ordinal.controller.api;

import static io.ordinal.controller.api.ServedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.ServedApi.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What LimitRanges give to pods and claims that clients make, and what they refuse. */
class LimitRangeTest {
  private static final String CORE = "/api/v1/namespaces/%s/%s";
  private static ServedApi api;

  @BeforeAll
  static void serve() {
    api = new ServedApi();
    api.namespace("tight");
    ok(
        range(
            "tight",
            "{'type':'Container','max':{'cpu':'2'},'min':{'memory':'16Mi'}},"
                + "{'type':'PersistentVolumeClaim','max':{'storage':'1Gi'}}"));
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void limits_and_requests_that_are_not_named_are_the_largest_and_the_smallest() {
    JsonNode item =
        api.get(CORE.formatted("tight", "limitranges/limits")).json().at("/spec/limits/0");
    assertThat(item.path("default").path("cpu").asString()).isEqualTo("2");
    assertThat(item.path("defaultRequest").path("cpu").asString()).isEqualTo("2");
    assertThat(item.path("defaultRequest").path("memory").asString()).isEqualTo("16Mi");
  }

  @Test
  void a_pod_that_names_nothing_gets_what_the_namespace_gives() {
    JsonNode pod = ok(pod("tight", "plain", "{}")).json();
    JsonNode resources = pod.at("/spec/containers/0/resources");
    assertThat(resources.path("limits").path("cpu").asString()).isEqualTo("2");
    assertThat(resources.path("requests").path("cpu").asString()).isEqualTo("2");
    assertThat(resources.path("requests").path("memory").asString()).isEqualTo("16Mi");
    assertThat(pod.at("/status/qosClass").asString()).isEqualTo("Burstable");
    assertThat(pod.at("/metadata/annotations/kubernetes.io~1limit-ranger").asString())
        .isEqualTo(
            "LimitRanger plugin set: cpu, memory request for container c; cpu limit for container"
                + " c");
  }

  @Test
  void a_limit_of_its_own_is_a_request_before_the_namespace_gives_one() {
    JsonNode pod = ok(pod("tight", "own", "{'limits':{'cpu':'500m'}}")).json();
    assertThat(pod.at("/spec/containers/0/resources/requests/cpu").asString()).isEqualTo("500m");
  }

  @Test
  void a_pod_beyond_the_limits_is_refused_and_elsewhere_taken() {
    Reply refused = pod("tight", "large", "{'limits':{'cpu':'3'},'requests':{'memory':'1Mi'}}");
    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.reason()).isEqualTo("Forbidden");
    assertThat(refused.message())
        .isEqualTo(
            "pods \"large\" is forbidden: [minimum memory usage per Container is 16Mi, but request"
                + " is 1Mi, maximum cpu usage per Container is 2, but limit is 3]");
    assertThat(api.get(CORE.formatted("tight", "pods/large")).code()).isEqualTo(404);
    ok(pod("default", "large", "{'limits':{'cpu':'3'}}"));
  }

  @Test
  void a_claim_beyond_the_limits_is_refused() {
    assertThat(claim("2Gi").message())
        .isEqualTo(
            "persistentvolumeclaims \"data\" is forbidden: maximum storage usage per"
                + " PersistentVolumeClaim is 1Gi, but request is 2Gi");
    ok(claim("1Gi"));
  }

  @Test
  void items_that_contradict_themselves_are_refused_with_all_their_faults() {
    Reply refused =
        range(
            "default",
            "{'type':'Pod','default':{'cpu':'1'},'max':{'cpu':'1'},'min':{'cpu':'2'}},"
                + "{'type':'Pod','maxLimitRequestRatio':{'cpu':'500m'}},"
                + "{'type':'PersistentVolumeClaim'},{'type':'Image'},"
                + "{'type':'Container','default':{'cpu':'1'},'defaultRequest':{'cpu':'2'}}");
    assertThat(refused.code()).isEqualTo(422);
    List<String> causes =
        refused
            .json()
            .at("/details/causes")
            .valueStream()
            .map(each -> each.path("field").asString() + ": " + each.path("message").asString())
            .toList();
    assertThat(causes)
        .containsExactlyInAnyOrder(
            "spec.limits[0].default: Forbidden: may not be specified when `type` is 'Pod'",
            "spec.limits[0].min[cpu]: Invalid value: \"2\": min value 2 is greater than max value"
                + " 1",
            "spec.limits[1].type: Duplicate value: \"Pod\"",
            "spec.limits[1].maxLimitRequestRatio[cpu]: Invalid value: \"500m\": ratio 500m is less"
                + " than 1",
            "spec.limits[2].limits: Required value: either minimum or maximum storage value is"
                + " required, but neither was provided",
            "spec.limits[3].type: Invalid value: \"Image\": must be a standard limit type or fully"
                + " qualified",
            "spec.limits[4].defaultRequest[cpu]: Invalid value: \"2\": default request value 2 is"
                + " greater than default limit value 1");
  }

  private static Reply range(String namespace, String items) {
    return api.post(
        CORE.formatted(namespace, "limitranges"),
        quoted("{'metadata':{'name':'limits'},'spec':{'limits':[" + items + "]}}"));
  }

  private static Reply pod(String namespace, String name, String resources) {
    return api.post(
        CORE.formatted(namespace, "pods"),
        quoted(
            "{'metadata':{'name':'"
                + name
                + "'},'spec':{'containers':[{'name':'c','image':'a:1','resources':"
                + resources
                + "}]}}"));
  }

  private static Reply claim(String storage) {
    return api.post(
        CORE.formatted("tight", "persistentvolumeclaims"),
        quoted(
            "{'metadata':{'name':'data'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{"
                + "'requests':{'storage':'"
                + storage
                + "'}}}}"));
  }

  private static String quoted(String text) {
    return text.replace('\'', '"');
  }
}
