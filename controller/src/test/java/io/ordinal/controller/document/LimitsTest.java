package io.ordinal.controller.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class LimitsTest {
  private static final String GIVING =
      "{'type':'Container','default':{'cpu':'1','memory':'1Gi'},'defaultRequest':"
          + "{'cpu':'100m','memory':'64Mi'}}";

  @Test
  void containers_get_what_they_do_not_name_and_the_pod_says_what() {
    ObjectNode pod =
        json(
            "{'metadata':{'name':'p'},'spec':{'initContainers':[{'name':'i'}],'containers':["
                + "{'name':'c','resources':{'requests':{'cpu':'2'}}},{'name':'d','resources':{"
                + "'limits':{'cpu':'1','memory':'1'},'requests':{'cpu':'1','memory':'1'}}}]}}");
    Limits limits = limits(GIVING);
    limits.complete(pod);
    String once = pod.toString();
    limits.complete(pod);
    assertThat(pod).hasToString(once);
    assertThat(pod.at("/spec/containers/0/resources"))
        .isEqualTo(
            json("{'requests':{'cpu':'2','memory':'64Mi'},'limits':{'cpu':'1','memory':'1Gi'}}"));
    assertThat(pod.at("/spec/initContainers/0/resources/limits/cpu").asString()).isEqualTo("1");
    assertThat(pod.at("/metadata/annotations/kubernetes.io~1limit-ranger").asString())
        .isEqualTo(
            "LimitRanger plugin set: memory request for container c; cpu, memory limit for"
                + " container c; cpu, memory request for init container i; cpu, memory limit for"
                + " init container i");
  }

  @Test
  void the_first_by_name_gives() {
    ApiObject a = range("a", "{'type':'Container','default':{'cpu':'1'}}");
    ApiObject b = range("b", "{'type':'Container','default':{'cpu':'2'}}");
    ObjectNode pod = json("{'spec':{'containers':[{'name':'c'}]}}");
    Limits.of(List.of(b, a)).complete(pod);
    assertThat(pod.at("/spec/containers/0/resources/limits/cpu").asString()).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'min':{'cpu':'1'}} | {} | minimum cpu usage per T is 1.  No request is specified",
        "{'min':{'cpu':'1'}} | {'requests':{'cpu':'999m'}} | minimum cpu usage per T is 1, but"
            + " request is 999m",
        "{'max':{'cpu':'1'}} | {'requests':{'cpu':'1'}} | maximum cpu usage per T is 1.  No limit"
            + " is specified",
        "{'max':{'memory':'1Gi'}} | {'limits':{'memory':'1025Mi'}} | maximum memory usage per T is"
            + " 1Gi, but limit is 1025Mi",
        "{'maxLimitRequestRatio':{'cpu':'2'}} | {'limits':{'cpu':'1'}} | cpu max limit to request"
            + " ratio per T is 2, but no request is specified or request is 0",
        "{'maxLimitRequestRatio':{'cpu':'2'}} | {'requests':{'cpu':'1'}} | cpu max limit to"
            + " request ratio per T is 2, but no limit is specified or limit is 0",
        "{'maxLimitRequestRatio':{'cpu':'2'}} | {'requests':{'cpu':'400m'},'limits':{'cpu':'1'}} |"
            + " cpu max limit to request ratio per T is 2, but provided ratio is 2.500000",
      })
  void what_is_beyond_the_limits_is_told_as_kubernetes_tells_it(
      String item, String resources, String fault) {
    ObjectNode pod = json("{'spec':{'containers':[{'name':'c','resources':" + resources + "}]}}");
    for (String type : List.of("Container", "Pod")) {
      ObjectNode rule = json(item).put("type", type);
      assertThat(limits(rule.toString()).faultsOfPod(pod))
          .containsExactly(fault.replace(" per T ", " per " + type + " "));
    }
  }

  @Test
  void what_is_within_the_limits_is_no_fault() {
    String item = "'min':{'cpu':'1'},'max':{'cpu':'2'},'maxLimitRequestRatio':{'cpu':'2'}}";
    ObjectNode pod =
        json(
            "{'spec':{'containers':[{'name':'c','resources':{'requests':{'cpu':'1'},'limits':"
                + "{'cpu':'2000m'}}}]}}");
    assertThat(limits("{'type':'Container'," + item).faultsOfPod(pod)).isEmpty();
    assertThat(limits("{'type':'Pod'," + item).faultsOfPod(pod)).isEmpty();
    assertThat(limits("{'type':'example.com/Other'," + item).faultsOfPod(json("{}"))).isEmpty();
  }

  @Test
  void a_pod_needs_its_containers_together_or_the_largest_that_runs_before_them() {
    ObjectNode pod =
        json(
            "{'spec':{'containers':[{'resources':{'limits':{'cpu':'700m','memory':'1Gi'}}},"
                + "{'resources':{'limits':{'cpu':'800m','memory':'512Mi'}}}],'initContainers':["
                + "{'resources':{'limits':{'cpu':'1'}}}]}}");
    Limits limits = limits("{'type':'Pod','max':{'cpu':'1','memory':'1Gi'}}");
    assertThat(limits.faultsOfPod(pod))
        .containsExactly(
            "maximum cpu usage per Pod is 1, but limit is 1500m",
            "maximum memory usage per Pod is 1Gi, but limit is 1536Mi");
    assertThat(Limits.joined(limits.faultsOfPod(pod)))
        .isEqualTo(
            "[maximum cpu usage per Pod is 1, but limit is 1500m, maximum memory usage per Pod is"
                + " 1Gi, but limit is 1536Mi]");
  }

  @Test
  void claims_are_held_against_their_own_items() {
    Limits limits =
        limits("{'type':'PersistentVolumeClaim','min':{'storage':'1Gi'},'max':{'storage':'2Gi'}}");
    assertThat(limits.faultsOfClaim(claim("1Gi"))).isEmpty();
    assertThat(limits.faultsOfClaim(claim("1Mi")))
        .containsExactly(
            "minimum storage usage per PersistentVolumeClaim is 1Gi, but request is 1Mi");
    assertThat(limits.faultsOfClaim(claim("3Gi")))
        .containsExactly(
            "maximum storage usage per PersistentVolumeClaim is 2Gi, but request is 3Gi");
    assertThat(limits.faultsOfPod(json("{'spec':{'containers':[{}]}}"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0,false,0",
    "2000,false,2k",
    "1.5,false,1500m",
    "1610612736,true,1536Mi",
    "3,true,3",
    "0.0000005,false,500n",
    "1000000,false,1M",
    "7,false,7"
  })
  void amounts_are_printed_as_go_prints_them(BigDecimal amount, boolean binary, String printed) {
    assertThat(Quantities.print(amount, binary)).isEqualTo(printed);
  }

  private static ObjectNode claim(String storage) {
    return json("{'spec':{'resources':{'requests':{'storage':'" + storage + "'}}}}");
  }

  private static Limits limits(String item) {
    return Limits.of(List.of(range("limits", item)));
  }

  private static ApiObject range(String name, String item) {
    return new ApiObject(
        json("{'metadata':{'name':'" + name + "'},'spec':{'limits':[" + item + "]}}"));
  }

  private static ObjectNode json(String text) {
    return Json.object(text.replace('\'', '"').getBytes(UTF_8));
  }
}
