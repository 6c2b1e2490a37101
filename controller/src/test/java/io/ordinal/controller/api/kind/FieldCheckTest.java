package io.ordinal.controller.api.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class FieldCheckTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'spec':{'replicas':'3'}} | json: cannot unmarshal string into Go struct field"
            + " StatefulSetSpec.spec.replicas of type int32",
        "{'spec':{'replicas':1.5}} | json: cannot unmarshal number 1.5 into Go struct field"
            + " StatefulSetSpec.spec.replicas of type int32",
        "{'spec':{'replicas':3000000000}} | json: cannot unmarshal number 3000000000 into Go struct"
            + " field StatefulSetSpec.spec.replicas of type int32",
        "{'metadata':{'labels':{'a':1}}} | json: cannot unmarshal number into Go struct field"
            + " ObjectMeta.metadata.labels of type string",
        "{'spec':{'template':{'spec':{'containers':[{'env':[{'value':1}]}]}}}} | json: cannot"
            + " unmarshal number into Go struct field"
            + " EnvVar.spec.template.spec.containers.env.value of type string",
        "{'spec':'x'} | json: cannot unmarshal string into Go struct field StatefulSet.spec of type"
            + " v1.StatefulSetSpec",
        "{'spec':{'template':{'spec':{'containers':{}}}}} | json: cannot unmarshal object into Go"
            + " struct field PodSpec.spec.template.spec.containers of type []v1.Container",
        "{'metadata':{'labels':[]}} | json: cannot unmarshal array into Go struct field"
            + " ObjectMeta.metadata.labels of type map[string]string",
        "{'spec':{'template':{'spec':{'hostNetwork':'yes'}}}} | json: cannot unmarshal string into"
            + " Go struct field PodSpec.spec.template.spec.hostNetwork of type bool",
        "{'metadata':{'creationTimestamp':'today'}} | parsing time \"today\" as"
            + " \"2006-01-02T15:04:05Z07:00\": cannot parse \"today\" as \"2006\"",
        "{'metadata':{'creationTimestamp':'+10000-01-01T00:00:00Z'}} | parsing time"
            + " \"+10000-01-01T00:00:00Z\" as \"2006-01-02T15:04:05Z07:00\": cannot parse"
            + " \"+10000-01-01T00:00:00Z\" as \"2006\"",
        "{'metadata':{'creationTimestamp':'-0001-12-31T23:59:59Z'}} | parsing time"
            + " \"-0001-12-31T23:59:59Z\" as \"2006-01-02T15:04:05Z07:00\": cannot parse"
            + " \"-0001-12-31T23:59:59Z\" as \"2006\"",
        "{'spec':{'volumeClaimTemplates':[{'spec':{'resources':{'requests':"
            + "{'storage':'1 GB'}}}}]}} | quantities must match the regular expression"
            + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
            + " (spec.volumeClaimTemplates[0].spec.resources.requests.storage: \"1 GB\")",
      })
  void a_value_of_the_wrong_type_is_told_as_go_tells_it(String object, String message) {
    // The regular expression is quoted in the table with the quotes of the objects.
    assertThat(FieldCheck.of(StatefulSet.class, Objects.json(object)).mismatch())
        .hasValueSatisfying(
            told -> assertThat(told.replace("'", "\"")).isEqualTo(message.replace("'", "\"")));
  }

  @Test
  void every_unknown_field_is_named_by_its_path() {
    String set =
        "{'kind':'StatefulSet','foo':1,'metadata':{'lables':{}},'spec':{'Replicas':1,"
            + "'template':{'spec':{'containers':[{'name':'a'},{'image':'b','prot':[]}]}}}}";
    assertThat(FieldCheck.of(StatefulSet.class, Objects.json(set)).unknown())
        .containsExactly(
            "unknown field \"foo\"",
            "unknown field \"metadata.lables\"",
            "unknown field \"spec.Replicas\"",
            "unknown field \"spec.template.spec.containers[1].prot\"");
  }

  @Test
  void numbers_beyond_their_type_do_not_fit() {
    String digits = "9".repeat(400);
    for (String replicas : List.of(digits, "1e300", "2147483648", "0.5")) {
      ObjectNode set = Objects.json("{'spec':{'replicas':" + replicas + "}}");
      assertThat(FieldCheck.of(StatefulSet.class, set).mismatch()).as(replicas).isPresent();
    }
    String pod = "{'spec':{'containers':[{'resources':{'limits':{'cpu':" + digits + "}}}]}}";
    assertThat(FieldCheck.of(Pod.class, Objects.json(pod)).mismatch()).isPresent();
    ObjectNode infinite = Objects.json("{'spec':{'replicas':1}}");
    infinite.withObject("/spec").put("replicas", Double.POSITIVE_INFINITY);
    assertThat(FieldCheck.of(StatefulSet.class, infinite).mismatch()).isPresent();
  }

  @Test
  void elements_that_are_null_become_empty_ones_as_with_go() {
    ObjectNode node =
        Objects.json(
            "{'status':{'conditions':[null,{'type':'Ready'}],'images':[{'names':[null]}]}}");
    assertThat(FieldCheck.of(Node.class, node).strange()).isTrue();
    FieldCheck.normalize(Node.class, node);
    assertThat(node)
        .isEqualTo(
            Objects.json(
                "{'status':{'conditions':[{},{'type':'Ready'}],'images':[{'names':['']}]}}"));
    assertThat(FieldCheck.of(Node.class, node).strange()).isFalse();
  }

  @Test
  void nulls_numbers_as_quantities_and_free_forms_pass() {
    List<FieldCheck.Findings> findings =
        List.of(
            FieldCheck.of(
                StatefulSet.class,
                Objects.json(
                    "{'metadata':{'creationTimestamp':null,'labels':null},'spec':{'replicas':null,"
                        + "'updateStrategy':{'rollingUpdate':{'maxUnavailable':'10%'}}}}")),
            FieldCheck.of(
                Pod.class,
                Objects.json(
                    "{'spec':{'containers':[{'resources':{'limits':{'cpu':2,'memory':'1Gi'}},"
                        + "'livenessProbe':{'httpGet':{'port':80}}}]}}")),
            FieldCheck.of(
                Service.class, Objects.json("{'spec':{'ports':[{'port':1,'targetPort':'web'}]}}")),
            FieldCheck.of(ControllerRevision.class, Objects.json("{'data':{'any':{'thing':[1]}}}")),
            FieldCheck.of(
                Event.class, Objects.json("{'eventTime':'2026-01-01T00:00:00.000000Z'}")));
    assertThat(findings)
        .allSatisfy(
            each -> {
              assertThat(each.mismatch()).isEmpty();
              assertThat(each.unknown()).isEmpty();
            });
  }
}
