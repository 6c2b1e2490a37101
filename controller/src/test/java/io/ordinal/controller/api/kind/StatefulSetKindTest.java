package io.ordinal.controller.api.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class StatefulSetKindTest {
  private static final String IMMUTABLE =
      "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals',"
          + " 'template', 'updateStrategy', 'revisionHistoryLimit',"
          + " 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

  private final ResourceKind kind = Objects.kind("statefulsets");

  @Test
  void gets_the_defaults_of_kubernetes() {
    ObjectNode set = Objects.json(Objects.SET);
    kind.applyDefaults(set);
    kind.prepareForCreate(set);
    assertThat(set)
        .isEqualTo(
            Objects.json(
                "{'apiVersion':'apps/v1','kind':'StatefulSet','metadata':{'name':'web'},'spec':{"
                    + "'serviceName':'web','selector':{'matchLabels':{'app':'web'}},'template':{"
                    + "'metadata':{'labels':{'app':'web'},'creationTimestamp':null},'spec':{"
                    + "'containers':[{'name':'c','image':'counter:1','ports':[{'containerPort':80,"
                    + "'name':'http','protocol':'TCP'}],'volumeMounts':[{'name':'data',"
                    + "'mountPath':'/data'}],'imagePullPolicy':'IfNotPresent',"
                    + "'terminationMessagePath':'/dev/termination-log',"
                    + "'terminationMessagePolicy':'File','resources':{}}],'restartPolicy':'Always',"
                    + "'terminationGracePeriodSeconds':30,'dnsPolicy':'ClusterFirst',"
                    + "'schedulerName':'default-scheduler','securityContext':{}}},"
                    + "'volumeClaimTemplates':[{'metadata':{'name':'data',"
                    + "'creationTimestamp':null},'spec':{'accessModes':['ReadWriteOnce'],"
                    + "'resources':{'requests':{'storage':'1Gi'}},'volumeMode':'Filesystem'},"
                    + "'apiVersion':'v1','kind':'PersistentVolumeClaim',"
                    + "'status':{'phase':'Pending'}}],'replicas':1,"
                    + "'podManagementPolicy':'OrderedReady','revisionHistoryLimit':10,"
                    + "'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'partition':0}},"
                    + "'persistentVolumeClaimRetentionPolicy':{'whenDeleted':'Retain',"
                    + "'whenScaled':'Retain'}},'status':{'replicas':0,'availableReplicas':0}}"));
  }

  @Test
  void zero_replicas_stay_zero_and_null_means_one() {
    assertThat(defaulted("replicas", "0").spec().path("replicas").asInt()).isZero();
    assertThat(defaulted("replicas", "null").spec().path("replicas").asInt()).isEqualTo(1);
  }

  @Test
  void input_and_terminals_in_a_template_are_left_out_with_a_warning() {
    ObjectNode tree = Objects.json(Objects.SET);
    ((ObjectNode) tree.at("/spec/template/spec/containers/0")).put("stdin", true).put("tty", true);
    ApiObject set = Objects.defaulted(kind, tree);
    assertThat(kind.validateCreate(set)).isEmpty();
    assertThat(kind.validateUpdate(set, Objects.defaulted(kind, Objects.json(Objects.SET))))
        .isEmpty();
    assertThat(kind.warnings(set))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("spec.template.spec.containers[0].stdin: ignored; containers have no input");
  }

  @Test
  void a_good_set_has_no_faults_and_no_warnings() {
    ApiObject set = Objects.defaulted(kind, Objects.json(Objects.SET));
    assertThat(kind.validateCreate(set)).isEmpty();
    assertThat(kind.warnings(set)).isEmpty();
    assertThat(kind.validateUpdate(set, new ApiObject(Objects.json(Objects.SET)))).isEmpty();
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "replicas | -1 | spec.replicas: Invalid value: -1: must be greater than or equal to 0",
        "minReadySeconds | -1 | spec.minReadySeconds: Invalid value: -1: must be greater than or"
            + " equal to 0",
        "ordinals | {'start':-2} | spec.ordinals.start: Invalid value: -2: must be greater than or"
            + " equal to 0",
        "selector | null | spec.selector: Required value",
        "selector | {} | spec.selector: Invalid value: map[string]string{}: empty selector is"
            + " invalid for statefulset",
        "selector | {'matchLabels':{'app':'other'}} | spec.template.metadata.labels: Invalid value:"
            + " map[string]string{\"app\":\"web\"}: `selector` does not match template `labels`",
        "podManagementPolicy | 'Foo' | spec.podManagementPolicy: Invalid value: \"Foo\": must be"
            + " 'OrderedReady' or 'Parallel'",
        "updateStrategy | {'type':'Foo'} | spec.updateStrategy: Invalid value: \"Foo\": must be"
            + " 'RollingUpdate' or 'OnDelete'",
        "updateStrategy | {'rollingUpdate':{'partition':-1}} |"
            + " spec.updateStrategy.rollingUpdate.partition: Invalid value: -1: must be greater"
            + " than or equal to 0",
        "updateStrategy | {'rollingUpdate':{'maxUnavailable':0}} |"
            + " spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: 0: cannot be 0",
        "updateStrategy | {'rollingUpdate':{'maxUnavailable':'120%'}} |"
            + " spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: \"120%\": must not"
            + " be greater than 100%",
        "persistentVolumeClaimRetentionPolicy | {'whenScaled':'Never'} |"
            + " spec.persistentVolumeClaimRetentionPolicy.whenScaled: Unsupported value: \"Never\":"
            + " supported values: \"Delete\", \"Retain\"",
        "serviceName | 'My_Service' | spec.serviceName: Invalid value: \"My_Service\": a lowercase"
            + " RFC 1123 label must consist of lower case alphanumeric characters or '-', and must"
            + " start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex"
            + " used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
      })
  void a_wrong_field_is_told_as_by_kubernetes(String field, String value, String fault) {
    ApiObject set = defaulted(field, value);
    assertThat(Objects.told(kind.validateCreate(set))).containsExactly(fault);
  }

  @Test
  void all_faults_are_told_at_once() {
    ObjectNode tree = Objects.json(Objects.SET);
    ObjectNode spec = (ObjectNode) tree.get("spec");
    spec.put("replicas", -1);
    spec.put("podManagementPolicy", "Foo");
    ObjectNode pod = (ObjectNode) tree.at("/spec/template/spec");
    pod.put("restartPolicy", "Never");
    ((ObjectNode) pod.at("/containers/0")).remove("image");
    ((ObjectNode) tree.at("/spec/volumeClaimTemplates/0/spec")).remove("accessModes");
    assertThat(Objects.told(kind.validateCreate(Objects.defaulted(kind, tree))))
        .containsExactlyInAnyOrder(
            "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
            "spec.podManagementPolicy: Invalid value: \"Foo\": must be 'OrderedReady' or"
                + " 'Parallel'",
            "spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values:"
                + " \"Always\"",
            "spec.template.spec.containers[0].image: Required value",
            "spec.volumeClaimTemplates[0].spec.accessModes: Required value: at least 1 access mode"
                + " is required");
  }

  @Test
  void causes_carry_reason_and_field_besides_the_message() {
    assertThat(kind.validateCreate(defaulted("replicas", "-1")))
        .containsExactly(
            new Cause(
                "FieldValueInvalid",
                "Invalid value: -1: must be greater than or equal to 0",
                "spec.replicas"));
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "replicas | 5 | true",
        "ordinals | {'start':3} | true",
        "updateStrategy | {'type':'OnDelete'} | true",
        "revisionHistoryLimit | 2 | true",
        "minReadySeconds | 3 | true",
        "persistentVolumeClaimRetentionPolicy | {'whenScaled':'Delete'} | true",
        "volumeClaimTemplates | [] | false",
        "serviceName | 'other' | false",
        "podManagementPolicy | 'Parallel' | false",
        "selector | {'matchLabels':{'app':'web','more':'x'}} | false",
      })
  void only_some_fields_may_change(String field, String value, boolean allowed) {
    ApiObject old = Objects.defaulted(kind, Objects.json(Objects.SET));
    List<String> told = Objects.told(kind.validateUpdate(defaulted(field, value), old));
    if (allowed) assertThat(told).isEmpty();
    else assertThat(told).contains(IMMUTABLE);
  }

  @Test
  void a_long_name_gets_a_warning_and_a_dotted_one_is_refused() {
    ObjectNode tree = Objects.json(Objects.SET);
    ((ObjectNode) tree.get("metadata")).put("name", "n".repeat(53));
    assertThat(kind.warnings(Objects.defaulted(kind, tree))).hasSize(1);
    ((ObjectNode) tree.get("metadata")).put("name", "a.b");
    assertThat(Syntax.name(kind.nameRule(), "a.b"))
        .singleElement()
        .asString()
        .startsWith("a lowercase RFC 1123 label must consist of");
  }

  @Test
  void a_change_keeps_the_status() {
    ObjectNode old = Objects.json(Objects.SET);
    old.putObject("status").put("readyReplicas", 2);
    ObjectNode changed = Objects.json(Objects.SET);
    changed.putObject("status").put("readyReplicas", 99);
    kind.prepareForUpdate(changed, new ApiObject(old));
    assertThat(changed.at("/status/readyReplicas").asInt()).isEqualTo(2);
  }

  @Test
  void the_row_tells_ready_replicas_and_images() {
    ObjectNode tree = Objects.defaulted(kind, Objects.json(Objects.SET)).tree();
    ((ObjectNode) tree.get("metadata")).put("creationTimestamp", "2026-01-01T00:00:00Z");
    ((ObjectNode) tree.get("spec")).put("replicas", 3);
    ((ObjectNode) tree.get("status")).put("readyReplicas", 2);
    assertThat(kind.cells(new ApiObject(tree), Instant.parse("2026-01-01T00:05:00Z")))
        .containsExactly("web", "2/3", "5m", "c", "counter:1");
  }

  private ApiObject defaulted(String field, String value) {
    ObjectNode tree = Objects.json(Objects.SET);
    ((ObjectNode) tree.get("spec")).set(field, Objects.json("{'v':" + value + "}").get("v"));
    return Objects.defaulted(kind, tree);
  }
}
