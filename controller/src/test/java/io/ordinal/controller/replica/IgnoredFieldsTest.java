package io.ordinal.controller.replica;

import static io.ordinal.controller.replica.OrdersTest.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.ApiObject;
import org.junit.jupiter.api.Test;

class IgnoredFieldsTest {
  @Test
  void names_what_a_plain_process_is_not_given() {
    ApiObject pod =
        pod(
            "'securityContext':{},'hostNetwork':true,'hostPID':false,'schedulerName':'mine',"
                + "'priorityClassName':'high','containers':[{'name':'main',"
                + "'stdin':true,'tty':true,"
                + "'resources':{'limits':{'memory':'1Gi'},'requests':{'cpu':'1'}},"
                + "'securityContext':{'runAsUser':5},'livenessProbe':{'grpc':{'port':1}}}]");
    assertThat(IgnoredFields.of(pod).byProcess())
        .containsExactly(
            "spec.hostNetwork",
            "spec.containers[main].securityContext",
            "spec.containers[main].stdin",
            "spec.containers[main].tty",
            "spec.containers[main].resources.limits",
            "spec.containers[main].livenessProbe.grpc");
    assertThat(IgnoredFields.of(pod).byPlacement())
        .containsExactly(
            "spec.priorityClassName",
            "spec.containers[main].resources.requests",
            "spec.schedulerName");
  }

  @Test
  void what_placement_passes_over_is_not_laid_to_the_process() {
    IgnoredFields ignored =
        IgnoredFields.of(
            pod(
                "'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'zone'}],"
                    + "'affinity':{'podAntiAffinity':{}},'containers':[]"));
    assertThat(ignored.reason()).isEqualTo("Placement");
    assertThat(ignored.message())
        .isEqualTo(
            "nodes are chosen without regard to spec.affinity, spec.topologySpreadConstraints");
    IgnoredFields both = IgnoredFields.of(pod("'overhead':{'cpu':'1'},'hostIPC':true"));
    assertThat(both.reason()).isEqualTo("PlacementAndProcessDriver");
    assertThat(both.message())
        .isEqualTo(
            "nodes are chosen without regard to spec.overhead;"
                + " a plain process is not given what these ask for: spec.hostIPC");
  }

  @Test
  void names_what_no_variable_file_or_hook_is_made_of() {
    ApiObject pod =
        pod(
            "'containers':[{'name':'main','env':[{'name':'CPU','valueFrom':{'resourceFieldRef':"
                + "{'resource':'limits.cpu'}}},{'name':'PLAIN','value':'v'}],"
                + "'lifecycle':{'preStop':{'sleep':{'seconds':5}}},"
                + "'livenessProbe':{'terminationGracePeriodSeconds':3}}],"
                + "'volumes':[{'name':'c','configMap':{'items':[{'key':'k','path':'a','mode':256},"
                + "{'key':'k','path':'b'}]}},{'name':'d','downwardAPI':{'items':[{'path':'cpu',"
                + "'resourceFieldRef':{'resource':'limits.cpu'}}]}},{'name':'p','projected':"
                + "{'sources':[{'serviceAccountToken':{'path':'t'}},{'secret':{'items':[{'key':'k',"
                + "'path':'s','mode':256}]}}]}}]");
    assertThat(IgnoredFields.of(pod).byProcess())
        .containsExactly(
            "spec.containers[main].livenessProbe.terminationGracePeriodSeconds",
            "spec.containers[main].lifecycle.preStop.sleep",
            "spec.containers[main].env[CPU].valueFrom.resourceFieldRef",
            "spec.volumes[c].configMap.items[a].mode",
            "spec.volumes[d].downwardAPI.items[cpu].resourceFieldRef",
            "spec.volumes[p].projected.sources[1].secret.items[s].mode");
  }

  @Test
  void says_that_nobody_reads_last_words_only_to_who_asked_for_them() {
    String by =
        "'containers':[{'name':'main','terminationMessagePath':'%s','terminationMessagePolicy':'%s'}]";
    ApiObject asking = pod(by.formatted("/tmp/last", "FallbackToLogsOnError"));
    assertThat(IgnoredFields.of(asking).byProcess())
        .containsExactly(
            "spec.containers[main].terminationMessagePath",
            "spec.containers[main].terminationMessagePolicy");
    ApiObject defaulted = pod(by.formatted("/dev/termination-log", "File"));
    assertThat(IgnoredFields.of(defaulted).isEmpty()).isTrue();
  }
}
