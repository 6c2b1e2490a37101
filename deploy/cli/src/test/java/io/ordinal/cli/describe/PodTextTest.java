package io.ordinal.cli.describe;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PodTextTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void a_container_is_told_with_its_state_and_the_one_before() {
    String ended =
        "'terminated':{'reason':'Error','message':'last words','exitCode':137,'signal':9,"
            + "'startedAt':'2026-01-01T11:00:00Z','finishedAt':'2026-01-01T11:30:00Z'}";
    assertThat(
            text(
                "'spec':{'containers':[{'name':'main','image':'x:1'}]},'status':{'phase':'Running',"
                    + "'containerStatuses':[{'name':'main','ready':false,'restartCount':4,"
                    + "'state':{'waiting':{'reason':'CrashLoopBackOff'}},'lastState':{"
                    + ended
                    + "}}]}"))
        .contains(
            "    State:          Waiting\n      Reason:       CrashLoopBackOff\n"
                + "    Last State:     Terminated\n      Reason:       Error\n"
                + "      Message:      last words\n"
                + "      Exit Code:    137\n      Signal:       9\n      Started:      Thu, 01 Jan")
        .contains("    Ready:          False\n    Restart Count:  4\n");
  }

  @Test
  void a_pod_that_ends_is_told_with_the_time_that_it_has() {
    assertThat(
            text(
                "'metadata':{'name':'web-0','namespace':'shop','deletionGracePeriodSeconds':30,"
                    + "'deletionTimestamp':'2026-01-01T11:59:50Z'},'status':{'phase':'Running'}"))
        .contains("Terminating (lasts 10s)", "Termination Grace Period:  30s")
        .doesNotContain("Running");
  }

  @Test
  void what_is_not_known_yet_is_none_and_never_a_failure() {
    assertThat(text("'metadata':{'name':'web-0'}").replaceAll(" +", " "))
        .contains("Node: <none>", "IPs: <none>", "Containers: <none>", "Volumes: <none>");
  }

  @Test
  void probes_are_told_in_a_line() {
    String numbers =
        "'initialDelaySeconds':1,'timeoutSeconds':2,'periodSeconds':3,'successThreshold':4,"
            + "'failureThreshold':5";
    String told = " delay=1s timeout=2s period=3s #success=4 #failure=5";
    assertThat(probe("'httpGet':{'scheme':'HTTP','port':'web','path':'/x'}," + numbers))
        .isEqualTo("http-get http://:web/x" + told);
    assertThat(probe("'exec':{'command':['a','b']}," + numbers)).isEqualTo("exec [a b]" + told);
    assertThat(probe("'tcpSocket':{'host':'h','port':80}," + numbers))
        .isEqualTo("tcp-socket h:80" + told);
  }

  @Test
  void the_load_of_a_node_is_of_its_containers_or_of_the_greatest_that_goes_before() {
    JsonNode pod =
        tree(
            "'spec':{'initContainers':[{'resources':{'requests':{'cpu':'2','memory':'1Mi'}}}],"
                + "'containers':[{'resources':{'requests':{'cpu':'500m','memory':'1Gi'}}},"
                + "{'resources':{'requests':{'cpu':'1','memory':'512Mi'}}}]}");
    assertThat(PodAmounts.of(pod, "requests", "cpu").text()).isEqualTo("2");
    assertThat(PodAmounts.of(pod, "requests", "memory").text()).isEqualTo("1536Mi");
    assertThat(PodAmounts.of(pod, "limits", "memory").text()).isEqualTo("0");
  }

  @Test
  void sidecars_count_with_all_that_run_beside_them_and_are_begun_after_them() {
    String sidecar = "{'restartPolicy':'Always','resources':{'requests':{'cpu':'1'}}}";
    String first = "{'resources':{'requests':{'cpu':'3'}}}";
    String main = "'containers':[{'resources':{'requests':{'cpu':'500m'}}}]";
    assertThat(cpu("'spec':{'initContainers':[" + sidecar + "]," + main + "}")).isEqualTo("1500m");
    assertThat(cpu("'spec':{'initContainers':[" + sidecar + "," + first + "]," + main + "}"))
        .isEqualTo("4");
    assertThat(cpu("'spec':{'initContainers':[" + first + "," + sidecar + "]," + main + "}"))
        .isEqualTo("3");
  }

  @Test
  void variables_are_told_with_what_is_known_of_their_values() {
    String variables =
        "{'name':'POD','valueFrom':{'fieldRef':{'fieldPath':'metadata.name'}}},"
            + "{'name':'NS','valueFrom':{'fieldRef':{'fieldPath':'metadata.namespace'}}},"
            + "{'name':'ID','valueFrom':{'fieldRef':{'fieldPath':'metadata.uid'}}},"
            + "{'name':'LIMIT','valueFrom':{'resourceFieldRef':{'resource':'limits.cpu'}}},"
            + "{'name':'ASKED','valueFrom':{'resourceFieldRef':{'resource':'requests.cpu'}}},"
            + "{'name':'OTHER','valueFrom':{'fileKeyRef':{'key':'k'}}}";
    String spec = "'spec':{'containers':[{'name':'main','env':[" + variables + "]}]}";
    String metadata = "'metadata':{'name':'web-0','namespace':'shop','uid':'1'},";
    assertThat(text(metadata + spec))
        .contains(
            "      POD:       web-0 (v1:metadata.name)\n      NS:        shop (v1:metadata.name")
        .contains("      ID:         (v1:metadata.uid)\n")
        .contains("      LIMIT:     node allocatable (limits.cpu)\n")
        .contains("      ASKED:     0 (requests.cpu)\n    Mounts:")
        .doesNotContain("OTHER");
    Sheet template = new Sheet();
    TemplateSection.write(template, tree(metadata + spec));
    assertThat(template.lines()).anyMatch(line -> line.matches(" +POD: +[(]v1:metadata.name[)]"));
  }

  private static String cpu(String pod) {
    return PodAmounts.of(tree(pod), "requests", "cpu").text();
  }

  private static String probe(String fields) {
    return ProbeText.of(tree(fields));
  }

  private static String text(String fields) {
    return String.join("\n", PodText.of(tree(fields), NOW).lines()) + "\n";
  }

  private static JsonNode tree(String fields) {
    return Json.tree(("{" + fields + "}").replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
