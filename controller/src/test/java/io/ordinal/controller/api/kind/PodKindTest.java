package io.ordinal.controller.api.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.ApiObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class PodKindTest {
  private final ResourceKind kind = Objects.kind("pods");

  @Test
  void gets_the_defaults_of_kubernetes() {
    ObjectNode pod =
        Objects.json(
            "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'counter',"
                + "'resources':{'limits':{'cpu':'1'}},"
                + "'env':[{'name':'N','valueFrom':{'fieldRef':{'fieldPath':'metadata.name'}}}],"
                + "'readinessProbe':{'httpGet':{'port':80}}}],"
                + "'volumes':[{'name':'e'},{'name':'m','configMap':{'name':'x'}}]}}");
    kind.applyDefaults(pod);
    assertThat(pod.get("spec"))
        .isEqualTo(
            Objects.json(
                "{'containers':[{'name':'c','image':'counter','resources':{'limits':{'cpu':'1'},"
                    + "'requests':{'cpu':'1'}},'env':[{'name':'N','valueFrom':{'fieldRef':"
                    + "{'fieldPath':'metadata.name','apiVersion':'v1'}}}],'readinessProbe':"
                    + "{'httpGet':{'port':80,'path':'/','scheme':'HTTP'},'timeoutSeconds':1,"
                    + "'periodSeconds':10,'successThreshold':1,'failureThreshold':3},"
                    + "'imagePullPolicy':'Always','terminationMessagePath':'/dev/termination-log',"
                    + "'terminationMessagePolicy':'File'}],'volumes':[{'name':'e','emptyDir':{}},"
                    + "{'name':'m','configMap':{'name':'x','defaultMode':420}}],"
                    + "'restartPolicy':'Always','terminationGracePeriodSeconds':30,"
                    + "'dnsPolicy':'ClusterFirst','schedulerName':'default-scheduler',"
                    + "'securityContext':{},'enableServiceLinks':true,"
                    + "'serviceAccountName':'default','serviceAccount':'default','priority':0,"
                    + "'preemptionPolicy':'PreemptLowerPriority','tolerations':["
                    + "{'effect':'NoExecute','key':'node.kubernetes.io/not-ready',"
                    + "'operator':'Exists','tolerationSeconds':300},"
                    + "{'effect':'NoExecute','key':'node.kubernetes.io/unreachable',"
                    + "'operator':'Exists','tolerationSeconds':300}]}"));
  }

  @ParameterizedTest
  @CsvSource({
    "redis, Always",
    "redis:latest, Always",
    "redis:7, IfNotPresent",
    "localhost:5000/redis, Always",
    "localhost:5000/redis:7, IfNotPresent",
    "redis@sha256:abc, IfNotPresent",
  })
  void the_pull_policy_follows_the_tag(String image, String policy) {
    ObjectNode pod = Objects.json(Objects.POD);
    ((ObjectNode) pod.at("/spec/containers/0")).put("image", image);
    kind.applyDefaults(pod);
    assertThat(pod.at("/spec/containers/0/imagePullPolicy").asString()).isEqualTo(policy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | BestEffort",
        "{'limits':{'cpu':'1'}} | Burstable",
        "{'limits':{'cpu':'1','memory':'1Gi'}} | Guaranteed",
        "{'limits':{'cpu':'1','memory':'1Gi'},'requests':{'cpu':'500m'}} | Burstable",
        "{'limits':{'cpu':'1','memory':'1Gi'},'requests':{'cpu':'1000m'}} | Guaranteed",
        "{'requests':{'memory':'1'}} | Burstable",
      })
  void begins_pending_in_its_class_of_service(String resources, String expected) {
    ObjectNode pod = Objects.json(Objects.POD);
    ((ObjectNode) pod.at("/spec/containers/0")).set("resources", Objects.json(resources));
    pod.putObject("status").put("phase", "Running");
    kind.applyDefaults(pod);
    kind.prepareForCreate(pod);
    assertThat(pod.get("status"))
        .isEqualTo(Objects.json("{'phase':'Pending','qosClass':'" + expected + "'}"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'image':null} | spec.containers[0].image: Required value",
        "{'image':' x'} | spec.containers[0].image: Invalid value: \" x\": must not have leading or"
            + " trailing whitespace",
        "{'name':null} | spec.containers[0].name: Required value",
        "{'ports':[{'containerPort':0}]} | spec.containers[0].ports[0].containerPort: Required"
            + " value",
        "{'ports':[{'containerPort':70000}]} | spec.containers[0].ports[0].containerPort: Invalid"
            + " value: 70000: must be between 1 and 65535, inclusive",
        "{'ports':[{'containerPort':1,'protocol':'HTTP'}]} |"
            + " spec.containers[0].ports[0].protocol: Unsupported value: \"HTTP\": supported"
            + " values: \"SCTP\", \"TCP\", \"UDP\"",
        "{'ports':[{'containerPort':1,'name':'a'},{'containerPort':2,'name':'a'}]} |"
            + " spec.containers[0].ports[1].name: Duplicate value: \"a\"",
        "{'env':[{'name':'A=B'}]} | spec.containers[0].env[0].name: Invalid value: \"A=B\": a valid"
            + " environment variable name must consist only of printable ASCII characters other"
            + " than '='",
        "{'env':[{'value':'x'}]} | spec.containers[0].env[0].name: Required value",
        "{'env':[{'name':'A','valueFrom':{}}]} | spec.containers[0].env[0].valueFrom: Invalid"
            + " value: \"\": must specify one of: `fieldRef`, `resourceFieldRef`,"
            + " `configMapKeyRef` or `secretKeyRef`",
        "{'env':[{'name':'A','value':'x','valueFrom':{'fieldRef':{'fieldPath':"
            + "'metadata.name'}}}]} | spec.containers[0].env[0].valueFrom: Invalid value: \"\": may"
            + " not be specified when `value` is not empty",
        "{'livenessProbe':{}} | spec.containers[0].livenessProbe: Required value: must specify a"
            + " handler type",
        "{'livenessProbe':{'tcpSocket':{'port':1},'successThreshold':2}} |"
            + " spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1",
        "{'readinessProbe':{'exec':{'command':[]}}} |"
            + " spec.containers[0].readinessProbe.exec.command: Required value",
        "{'readinessProbe':{'httpGet':{'port':0}}} |"
            + " spec.containers[0].readinessProbe.httpGet.port: Invalid value: 0: must be between 1"
            + " and 65535, inclusive",
        "{'readinessProbe':{'tcpSocket':{'port':1},'exec':{'command':['a']}}} |"
            + " spec.containers[0].readinessProbe.tcpSocket: Forbidden: may not specify more than 1"
            + " handler type",
        "{'readinessProbe':{'grpc':{'port':1}}} | spec.containers[0].readinessProbe.grpc:"
            + " Forbidden: not supported by Ordinal; use exec, httpGet or tcpSocket",
        "{'volumeDevices':[{'name':'d','devicePath':'/d'}]} | spec.containers[0].volumeDevices:"
            + " Forbidden: block devices are not supported by Ordinal; mount the volume as a file"
            + " system",
        "{'stdin':true} | spec.containers[0].stdin: Forbidden: containers have no input and no"
            + " terminal of their own in Ordinal; run the command beside one with kubectl exec -it",
        "{'tty':true} | spec.containers[0].tty: Forbidden: containers have no input and no"
            + " terminal of their own in Ordinal; run the command beside one with kubectl exec -it",
        "{'volumeMounts':[{'name':'nope','mountPath':'/x'}]} |"
            + " spec.containers[0].volumeMounts[0].name: Not found: \"nope\"",
        "{'volumeMounts':[{'name':'v','mountPath':'/x'},{'name':'v','mountPath':'/x'}]} |"
            + " spec.containers[0].volumeMounts[1].mountPath: Invalid value: \"/x\": must be"
            + " unique",
        "{'volumeMounts':[{'name':'v','mountPath':'/x','subPath':'../y'}]} |"
            + " spec.containers[0].volumeMounts[0].subPath: Invalid value: \"../y\": must not"
            + " contain '..'",
        "{'volumeMounts':[{'name':'v','mountPath':'/x','subPathExpr':'$(POD)'}]} |"
            + " spec.containers[0].volumeMounts[0].subPathExpr: Forbidden: not supported by"
            + " Ordinal; use subPath",
        "{'resources':{'requests':{'cpu':'2'},'limits':{'cpu':'1'}}} |"
            + " spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or"
            + " equal to cpu limit of 1",
        "{'imagePullPolicy':'Maybe'} | spec.containers[0].imagePullPolicy: Unsupported value:"
            + " \"Maybe\": supported values: \"Always\", \"IfNotPresent\", \"Never\"",
      })
  void a_wrong_container_is_told_as_by_kubernetes(String change, String fault) {
    ObjectNode pod = Objects.json(Objects.POD);
    ((ObjectNode) pod.get("spec")).putArray("volumes").addObject().put("name", "v");
    ((ObjectNode) pod.at("/spec/containers/0")).setAll(Objects.json(change));
    assertThat(faults(pod)).containsExactly(fault);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'containers':[]} | spec.containers: Required value",
        "{'restartPolicy':'Sometimes'} | spec.restartPolicy: Unsupported value: \"Sometimes\":"
            + " supported values: \"Always\", \"OnFailure\", \"Never\"",
        "{'activeDeadlineSeconds':5} | spec.activeDeadlineSeconds: Forbidden: a deadline of a pod"
            + " is not supported by Ordinal",
        "{'readinessGates':[{'conditionType':'x/y'}]} | spec.readinessGates: Forbidden: readiness"
            + " gates are not supported by Ordinal",
        "{'terminationGracePeriodSeconds':-1} | spec.terminationGracePeriodSeconds: Invalid value:"
            + " -1: must be greater than or equal to 0",
        "{'containers':[{'name':'a','image':'i'},{'name':'a','image':'i'}]} |"
            + " spec.containers[1].name: Duplicate value: \"a\"",
        "{'initContainers':[{'name':'c','image':'i'}]} | spec.containers[0].name: Duplicate value:"
            + " \"c\"",
        "{'initContainers':[{'name':'i','image':'i','restartPolicy':'Always'}]} |"
            + " spec.initContainers[0].restartPolicy: Forbidden: sidecars (init containers with a"
            + " restartPolicy) are not supported by Ordinal",
        "{'volumes':[{'name':'v','nfs':{'server':'s','path':'/'}}]} | spec.volumes[0].nfs:"
            + " Forbidden: volumes of this type are not supported by Ordinal; supported types:"
            + " configMap, downwardAPI, emptyDir, hostPath, persistentVolumeClaim, projected,"
            + " secret",
        "{'volumes':[{'name':'v','emptyDir':{},'configMap':{'name':'x'}}]} |"
            + " spec.volumes[0].configMap: Forbidden: may not specify more than one volume type",
        "{'volumes':[{'name':'v','configMap':{}}]} | spec.volumes[0].configMap.name: Required"
            + " value",
        "{'volumes':[{'name':'v'},{'name':'v'}]} | spec.volumes[1].name: Duplicate value: \"v\"",
        "{'tolerations':[{'operator':'Exists','effect':'Never'}]} | spec.tolerations[0].effect:"
            + " Unsupported value: \"Never\": supported values: \"NoSchedule\","
            + " \"PreferNoSchedule\", \"NoExecute\"",
      })
  void a_wrong_pod_is_told_as_by_kubernetes(String change, String fault) {
    ObjectNode pod = Objects.json(Objects.POD);
    ((ObjectNode) pod.get("spec")).setAll(Objects.json(change));
    assertThat(faults(pod)).containsExactly(fault);
  }

  @Test
  void an_image_that_would_not_be_run_is_refused() {
    ApiObject old = Objects.defaulted(kind, Objects.json(Objects.POD));
    ObjectNode changed = old.copy();
    ((ObjectNode) changed.at("/spec/containers/0")).put("image", "counter:2");
    assertThat(Objects.told(kind.validateUpdate(new ApiObject(changed), old)))
        .singleElement()
        .asString()
        .startsWith("spec.containers[0].image: Forbidden: Ordinal does not change the image");
  }

  @Test
  void tolerations_may_be_added() {
    ApiObject old = Objects.defaulted(kind, Objects.json(Objects.POD));
    ObjectNode changed = old.copy();
    changed.withArray("/spec/tolerations").addObject().put("operator", "Exists");
    assertThat(kind.validateUpdate(new ApiObject(changed), old)).isEmpty();
  }

  @Test
  void other_changes_are_refused_and_named() {
    ApiObject old = Objects.defaulted(kind, Objects.json(Objects.POD));
    ObjectNode changed = old.copy();
    ((ObjectNode) changed.at("/spec/containers/0")).put("workingDir", "/x");
    ((ObjectNode) changed.get("spec")).put("hostname", "h");
    List<String> told = Objects.told(kind.validateUpdate(new ApiObject(changed), old));
    assertThat(told)
        .singleElement()
        .asString()
        .startsWith("spec: Forbidden: pod updates may not change fields other than")
        .endsWith("\nchanged: spec.containers, spec.hostname");
  }

  @Test
  void a_pod_stored_without_the_defaults_of_pods_may_be_labelled() {
    ApiObject old = new ApiObject(Objects.json(Objects.POD));
    ObjectNode changed = old.copy();
    ((ObjectNode) changed.get("metadata")).putObject("labels").put("a", "b");
    assertThat(kind.validateUpdate(Objects.defaulted(kind, changed), old)).isEmpty();
  }

  private List<String> faults(ObjectNode pod) {
    return Objects.told(kind.validateCreate(Objects.defaulted(kind, pod)));
  }
}
