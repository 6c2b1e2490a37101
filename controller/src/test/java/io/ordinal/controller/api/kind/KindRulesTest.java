package io.ordinal.controller.api.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.ApiObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Faults as Kubernetes 1.32 words them, by kind. */
class KindRulesTest {
  /** Good as it is, so that one change makes one fault. */
  private static final String POD = "{'spec':{'containers':[{'name':'c','image':'counter:1'}]}}";

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "pods | {'resources':{'limits':{'foo':'1'}}} | spec.containers[0].resources.lim"
            + "its[foo]: Invalid value: \"foo\": must be a standard resource type or fully qual"
            + "ified",
        "pods | {'resources':{'limits':{'storage':'1'}}} | spec.containers[0].resources"
            + ".limits[storage]: Invalid value: \"storage\": must be a standard resource for co"
            + "ntainers",
        "pods | {'resources':{'limits':{'a.b/gpu':'500m'},'requests':{'a.b/gpu':'500m'}"
            + "}} | spec.containers[0].resources.limits[a.b/gpu]: Invalid value: \"500m\": must"
            + " be an integer",
        "pods | {'resources':{'requests':{'a.b/gpu':'1'}}} | spec.containers[0].resourc"
            + "es.limits: Required value: Limit must be set for non overcommitable resources",
        "pods | {'resources':{'limits':{'a.b/gpu':'2'},'requests':{'a.b/gpu':'1'}}} | s"
            + "pec.containers[0].resources.requests: Invalid value: \"1\": must be equal to a.b"
            + "/gpu limit of 2",
        "pods | {'resources':{'limits':{'cpu':'-1'}}} | spec.containers[0].resources.li"
            + "mits[cpu]: Invalid value: \"-1\": must be greater than or equal to 0",
        "pods | {'securityContext':{'runAsUser':-1}} | spec.containers[0].securityConte"
            + "xt.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive",
        "pods | {'env':[{'name':'A','valueFrom':{'secretKeyRef':{'name':'s','key':'a b'"
            + "}}}]} | spec.containers[0].env[0].valueFrom.secretKeyRef.key: Invalid value: \""
            + "a b\": a valid config key must consist of alphanumeric characters, '-', '_' or "
            + "'.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validatio"
            + "n is '[-._a-zA-Z0-9]+')",
      })
  void a_container_is_checked(String plural, String change, String fault) {
    ObjectNode pod = Objects.json(POD);
    ((ObjectNode) pod.at("/spec/containers/0")).setAll(Objects.json(change));
    assertThat(told(plural, pod)).contains(fault);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "pods | {'spec':{'dnsPolicy':'None'}} | spec.dnsConfig: Required value: must pr"
            + "ovide `dnsConfig` when `dnsPolicy` is None",
        "pods | {'spec':{'dnsPolicy':'None','dnsConfig':{}}} | spec.dnsConfig.nameserve"
            + "rs: Required value: must provide at least one DNS nameserver when `dnsPolicy` "
            + "is None",
        "pods | {'spec':{'hostAliases':[{'ip':'x'}]}} | spec.hostAliases[0].ip: Invalid"
            + " value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
        "pods | {'spec':{'securityContext':{'supplementalGroups':[-5]}}} | spec.securit"
            + "yContext.supplementalGroups[0]: Invalid value: -5: must be between 0 and 21474"
            + "83647, inclusive",
        "pods | {'spec':{'securityContext':{'fsGroupChangePolicy':'X'}}} | spec.securit"
            + "yContext.fsGroupChangePolicy: Unsupported value: \"X\": supported values: \"Alway"
            + "s\", \"OnRootMismatch\"",
        "pods | {'spec':{'volumes':[{'name':'v','hostPath':{'path':'/x','type':'Pipe'}}"
            + "]}} | spec.volumes[0].hostPath.type: Unsupported value: \"Pipe\": supported valu"
            + "es: \"\", \"BlockDevice\", \"CharDevice\", \"Directory\", \"DirectoryOrCreate\", \"File\","
            + " \"FileOrCreate\", \"Socket\"",
        "pods | {'spec':{'volumes':[{'name':'v','emptyDir':{'sizeLimit':'-1'}}]}} | spe"
            + "c.volumes[0].emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid re"
            + "source quantity",
        "pods | {'spec':{'volumes':[{'name':'v','projected':{'sources':[{'serviceAccoun"
            + "tToken':{'path':'t','expirationSeconds':5}}]}}]}} | spec.volumes[0].projected."
            + "sources[0].serviceAccountToken.expirationSeconds: Invalid value: 5: may not sp"
            + "ecify a duration less than 10 minutes",
        "pods | {'spec':{'volumes':[{'name':'v','projected':{'sources':[{'secret':{'nam"
            + "e':'a'},'configMap':{'name':'b'}}]}}]}} | spec.volumes[0].projected.sources[0]"
            + ": Forbidden: may not specify more than 1 volume type per source",
        "services | {'spec':{'clusterIP':'x','ports':[{'port':80}]}} | spec.clusterIPs["
            + "0]: Invalid value: \"x\": must be empty, 'None', or a valid IP address",
        "services | {'spec':{'clusterIP':'None','clusterIPs':['10.0.0.1']}} | spec.clus"
            + "terIPs: Invalid value: []string{\"10.0.0.1\"}: first value must match `clusterIP"
            + "`",
        "services | {'spec':{'externalIPs':['x'],'ports':[{'port':80}]}} | spec.externa"
            + "lIPs[0]: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 200"
            + "1:db8::ffff)",
        "services | {'spec':{'ipFamilies':['IPv5'],'ports':[{'port':80}]}} | spec.ipFam"
            + "ilies[0]: Unsupported value: \"IPv5\": supported values: \"IPv4\", \"IPv6\"",
        "services | {'spec':{'sessionAffinityConfig':{},'ports':[{'port':80}]}} | spec."
            + "sessionAffinityConfig: Forbidden: must not be set when session affinity is Non"
            + "e",
        "services | {'spec':{'sessionAffinity':'ClientIP','sessionAffinityConfig':{'cli"
            + "entIP':{'timeoutSeconds':99999}},'ports':[{'port':80}]}} | spec.sessionAffinit"
            + "yConfig.clientIP.timeoutSeconds: Invalid value: 99999: must be greater than 0 "
            + "and less than 86400",
        "services | {'spec':{'externalTrafficPolicy':'Local','ports':[{'port':80}]}} | "
            + "spec.externalTrafficPolicy: Invalid value: \"Local\": may only be set for extern"
            + "ally-accessible services",
        "services | {'spec':{'ports':[{'port':80,'nodePort':30000}]}} | spec.ports[0].n"
            + "odePort: Forbidden: may not be used when `type` is 'ClusterIP'",
        "persistentvolumeclaims | {'spec':{'accessModes':['ReadWriteOncePod','ReadWrite"
            + "Once'],'resources':{'requests':{'storage':'1Gi'}}}} | spec.accessModes: Forbid"
            + "den: may not use ReadWriteOncePod with other access modes",
        "persistentvolumeclaims | {'spec':{'accessModes':['ReadWriteOnce'],'dataSource'"
            + ":{'kind':'VolumeSnapshot','name':'s'},'resources':{'requests':{'storage':'1Gi'"
            + "}}}} | spec.dataSource: Forbidden: volumes made from others are not supported "
            + "by Ordinal",
        "persistentvolumeclaims | {'spec':{'accessModes':['ReadWriteOnce'],'resources':"
            + "{'requests':{'storage':'0'}}}} | spec.resources[storage]: Invalid value: \"0\": "
            + "must be greater than zero",
        "persistentvolumes | {'spec':{'capacity':{'storage':'1Gi'},'accessModes':['Read"
            + "WriteOnce'],'hostPath':{'path':'/a/../b'}}} | spec.hostPath.path: Invalid valu"
            + "e: \"/a/../b\": must not contain '..'",
        "nodes | {'spec':{'taints':[{'key':'a','effect':'NoSchedule'},{'key':'a','effec"
            + "t':'NoSchedule'}]}} | spec.taints[1]: Duplicate value: map[string]string{\"effe"
            + "ct\":\"NoSchedule\", \"key\":\"a\"}",
        "endpoints | {'subsets':[{'ports':[{'port':80}]}]} | subsets[0]: Required value"
            + ": must specify `addresses` or `notReadyAddresses`",
        "endpoints | {'subsets':[{'addresses':[{'ip':'1.2.3'}]}]} | subsets[0].addresse"
            + "s[0].ip: Invalid value: \"1.2.3\": must be a valid IP address, (e.g. 10.9.8.7 or"
            + " 2001:db8::ffff)",
        "endpoints | {'subsets':[{'addresses':[{'ip':'::1'}],'ports':[{'port':1},{'port"
            + "':2,'name':'b'}]}]} | subsets[0].ports[0].name: Required value",
        "endpointslices | {'addressType':'IPv5'} | addressType: Unsupported value: \"IPv"
            + "5\": supported values: \"FQDN\", \"IPv4\", \"IPv6\"",
        "endpointslices | {'addressType':'IPv4','endpoints':[{'addresses':['::1']}]} | "
            + "endpoints[0].addresses[0]: Invalid value: \"::1\": must be a valid IPv4 address",
        "endpointslices | {'addressType':'IPv4','endpoints':[{}]} | endpoints[0].addres"
            + "ses: Required value: must contain at least 1 address",
        "endpointslices | {'addressType':'IPv4','ports':[{'name':'a'},{'name':'a'}]} | "
            + "ports[1].name: Duplicate value: \"a\"",
      })
  void an_object_is_checked(String plural, String object, String fault) {
    ObjectNode tree = Objects.json(object);
    if (plural.equals("pods")) {
      ObjectNode whole = Objects.json(POD);
      for (Map.Entry<String, JsonNode> each : tree.get("spec").properties()) {
        ((ObjectNode) whole.get("spec")).set(each.getKey(), each.getValue());
      }
      tree = whole;
    }
    assertThat(told(plural, tree)).containsExactly(fault);
  }

  @Test
  void a_pod_that_must_not_be_placed_yet_is_refused() {
    ObjectNode pod = Objects.json(POD);
    pod.withObject("/spec").putArray("schedulingGates").addObject().put("name", "a/b");
    assertThat(told("pods", pod))
        .containsExactly(
            "spec.schedulingGates: Forbidden: scheduling gates are not supported by Ordinal");
  }

  @Test
  void a_service_may_become_a_name_for_something_outside() {
    ResourceKind kind = Objects.kind("services");
    ObjectNode old = Objects.defaulted(kind, Objects.json("{'spec':{'clusterIP':'None'}}")).tree();
    ObjectNode next = old.deepCopy();
    next.withObject("/spec").put("type", "ExternalName").put("externalName", "example.com");
    kind.applyDefaults(next);
    kind.prepareForUpdate(next, new ApiObject(old));
    assertThat(kind.validateUpdate(new ApiObject(next), new ApiObject(old))).isEmpty();
    assertThat(next.get("spec").has("clusterIPs")).isFalse();
  }

  @Test
  void values_of_a_selector_are_values_of_labels() {
    ObjectNode budget =
        Objects.json(
            "{'spec':{'selector':{'matchExpressions':[{'key':'a','operator':'In',"
                + "'values':['ok','not ok']}]}}}");
    assertThat(told("poddisruptionbudgets", budget))
        .singleElement()
        .asString()
        .startsWith(
            "spec.selector.matchExpressions[0].values[1]: Invalid value: \"not ok\": a valid label");
  }

  @Test
  void all_faults_are_told_at_once() {
    ObjectNode pod =
        Objects.json(
            "{'spec':{'restartPolicy':'Maybe','containers':[{'name':'A','image':''},"
                + "{'name':'b','image':'x','ports':[{'containerPort':0}]}]}}");
    assertThat(told("pods", pod))
        .hasSize(4)
        .anyMatch(each -> each.startsWith("spec.containers[0].name: Invalid value"))
        .contains(
            "spec.containers[0].image: Required value",
            "spec.containers[1].ports[0].containerPort: Required value");
  }

  @Test
  void what_is_hardly_meant_gets_a_warning() {
    ObjectNode pod =
        Objects.json(
            "{'spec':{'containers':[{'name':'c','image':'x','env':[{'name':'A','value':'1'},"
                + "{'name':'A','value':'2'},{'name':'A','value':'$(A) and more'}],"
                + "'ports':[{'containerPort':80,'name':'a'},{'containerPort':80,'name':'b'}],"
                + "'resources':{'limits':{'memory':'100m'}}}]}}");
    ResourceKind kind = Objects.kind("pods");
    assertThat(kind.warnings(Objects.defaulted(kind, pod)))
        .containsExactly(
            "spec.containers[0].env[1]: hides previous definition of \"A\", which may be dropped"
                + " when using apply",
            "spec.containers[0].ports[1]: duplicate port definition with"
                + " spec.containers[0].ports[0]",
            "spec.containers[0].resources.limits[memory]: fractional byte value \"100m\" is"
                + " invalid, must be an integer",
            "spec.containers[0].resources.requests[memory]: fractional byte value \"100m\" is"
                + " invalid, must be an integer");
  }

  @Test
  void who_counts_on_being_confined_hears_that_he_is_not() {
    String template =
        "{'spec':{'securityContext':{'runAsNonRoot':true},'containers':[{'name':'c','image':'x',"
            + "'securityContext':{'runAsUser':1000,'readOnlyRootFilesystem':true}}]}}";
    ObjectNode set =
        Objects.json(
            "{'metadata':{'name':'web'},'spec':{'serviceName':'web','template':" + template + "}}");
    ResourceKind kind = Objects.kind("statefulsets");
    assertThat(kind.warnings(Objects.defaulted(kind, set)))
        .anySatisfy(
            each ->
                assertThat(each)
                    .startsWith("spec.template.spec.securityContext: Ordinal does not act on it"))
        .anySatisfy(
            each ->
                assertThat(each)
                    .startsWith("spec.template.spec.containers[0].securityContext: ")
                    .contains("(runAsUser, readOnlyRootFilesystem)"));
  }

  private static List<String> told(String plural, ObjectNode tree) {
    ResourceKind kind = Objects.kind(plural);
    return Objects.told(kind.validateCreate(Objects.defaulted(kind, tree)));
  }
}
