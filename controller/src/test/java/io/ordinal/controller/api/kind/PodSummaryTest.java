package io.ordinal.controller.api.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.ApiObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** The table was checked against a real server with two init and two main containers. */
class PodSummaryTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");
  private static final String DONE = "{'state':{'terminated':{'exitCode':0,'reason':'Completed'}}}";
  private static final String INIT_DONE = "'initContainerStatuses':[" + DONE + "," + DONE + "]";
  private static final String RUNNING = "{'ready':true,'state':{'running':{}}";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "nothing reported | 'phase':'Pending' | 0/2 Pending 0",
        "init 1 runs | 'initContainerStatuses':[{'state':{'running':{}}},{'state':{'waiting':"
            + "{'reason':'PodInitializing'}}}] | 0/2 Init:0/2 0",
        "init 1 done | 'initContainerStatuses':["
            + DONE
            + ",{'state':{'waiting':{'reason':'PodInitializing'}}}] | 0/2 Init:1/2 0",
        "init 1 crashes | 'initContainerStatuses':[{'restartCount':3,'state':{'waiting':"
            + "{'reason':'CrashLoopBackOff'}}}] | 0/2 Init:CrashLoopBackOff 3",
        "init 1 error | 'initContainerStatuses':[{'state':{'terminated':{'exitCode':1,"
            + "'reason':'Error'}}}] | 0/2 Init:Error 0",
        "init 1 exit 2 | 'initContainerStatuses':[{'state':{'terminated':{'exitCode':2}}}] |"
            + " 0/2 Init:ExitCode:2 0",
        "init 1 signal 9 | 'initContainerStatuses':[{'state':{'terminated':{'exitCode':137,"
            + "'signal':9}}}] | 0/2 Init:Signal:9 0",
        "mains wait | "
            + INIT_DONE
            + ",'containerStatuses':[{'state':{'waiting':{'reason':'PodInitializing'}}},"
            + "{'state':{'waiting':{'reason':'PodInitializing'}}}] | 0/2 PodInitializing 0",
        "mains are made | "
            + INIT_DONE
            + ",'containerStatuses':[{'state':{'waiting':{'reason':'ContainerCreating'}}},"
            + "{'state':{'waiting':{'reason':'ContainerCreating'}}}] | 0/2 ContainerCreating 0",
        "a image | "
            + INIT_DONE
            + ",'containerStatuses':[{'state':{'waiting':{'reason':'ImagePullBackOff'}}},"
            + RUNNING
            + "}] | 1/2 ImagePullBackOff 0",
        "both run | "
            + INIT_DONE
            + ",'phase':'Running','containerStatuses':["
            + RUNNING
            + ",'restartCount':1},"
            + RUNNING
            + ",'restartCount':2}] | 2/2 Running 3",
        "a not ready | 'phase':'Running','containerStatuses':[{'ready':false,'state':"
            + "{'running':{}}},"
            + RUNNING
            + "}] | 1/2 Running 0",
        "a crashes | 'phase':'Running','containerStatuses':[{'restartCount':5,'state':"
            + "{'waiting':{'reason':'CrashLoopBackOff'}}},"
            + RUNNING
            + "}] | 1/2 CrashLoopBackOff 5",
        "a completed, b ready | 'phase':'Running','conditions':[{'type':'Ready',"
            + "'status':'True'}],'containerStatuses':["
            + DONE
            + ","
            + RUNNING
            + "}] | 1/2 Running 0",
        "a completed, pod not ready | 'phase':'Running','conditions':[{'type':'Ready',"
            + "'status':'False'}],'containerStatuses':["
            + DONE
            + ","
            + RUNNING
            + "}] | 1/2 NotReady 0",
        "a error | 'phase':'Running','containerStatuses':[{'state':{'terminated':{'exitCode':1,"
            + "'reason':'Error'}}},"
            + RUNNING
            + "}] | 1/2 Error 0",
        "a killed | 'phase':'Running','containerStatuses':[{'state':{'terminated':"
            + "{'reason':'OOMKilled'}}}] | 0/2 OOMKilled 0",
        "a signal | 'phase':'Running','containerStatuses':[{'state':{'terminated':{'signal':9}}}] |"
            + " 0/2 Signal:9 0",
        "a exit code | 'phase':'Running','containerStatuses':[{'state':{'terminated':"
            + "{'exitCode':3}}}] | 0/2 ExitCode:3 0",
        "succeeded | 'phase':'Succeeded','containerStatuses':["
            + DONE
            + ","
            + DONE
            + "] | 0/2 Completed 0",
        "evicted | 'phase':'Failed','reason':'Evicted' | 0/2 Evicted 0",
        "failed | 'phase':'Failed' | 0/2 Failed 0",
      })
  void tells_where_the_pod_is(String what, String status, String expected) {
    assertThat(line(pod(status))).as(what).isEqualTo(expected);
  }

  @Test
  void a_deleted_pod_is_terminating_unless_its_node_is_lost_or_it_is_over() {
    assertThat(line(deleted("'phase':'Running'"))).isEqualTo("0/2 Terminating 0");
    assertThat(line(deleted("'phase':'Running','reason':'NodeLost'"))).isEqualTo("0/2 Unknown 0");
    assertThat(line(deleted("'phase':'Failed'"))).isEqualTo("0/2 Failed 0");
  }

  @Test
  void the_last_restart_is_told_where_it_is_known() {
    String status =
        "'phase':'Running','containerStatuses':[{'restartCount':3,'lastState':{'terminated':"
            + "{'finishedAt':'2026-01-01T00:08:30Z'}},'state':{'running':{}}}]";
    assertThat(line(pod(status))).isEqualTo("0/2 Running 3 (90s ago)");
  }

  private static String line(ObjectNode pod) {
    PodSummary summary = PodSummary.of(new ApiObject(pod), NOW);
    return summary.ready()
        + "/"
        + summary.containers()
        + " "
        + summary.status()
        + " "
        + summary.restarts();
  }

  private static ObjectNode deleted(String status) {
    ObjectNode pod = pod(status);
    pod.putObject("metadata").put("deletionTimestamp", "2026-01-01T00:00:00Z");
    return pod;
  }

  private static ObjectNode pod(String status) {
    return Objects.json(
        "{'spec':{'initContainers':[{},{}],'containers':[{},{}]},'status':{" + status + "}}");
  }
}
