package io.ordinal.controller.api.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.ordinal.controller.document.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class StrategicMergePatchTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "new elements go first"
            + "|{'spec':{'containers':[{'name':'c1','image':'a'},{'name':'c2'}]}}"
            + "|{'spec':{'containers':[{'name':'c0'}]}}"
            + "|{'spec':{'containers':[{'name':'c0'},{'name':'c1','image':'a'},{'name':'c2'}]}}",
        "elements with the same key merge in place"
            + "|{'spec':{'containers':[{'name':'a','image':'x'},{'name':'b','image':'y'}]}}"
            + "|{'spec':{'containers':[{'name':'b','image':'z','tty':true}]}}"
            + "|{'spec':{'containers':[{'name':'a','image':'x'},"
            + "{'name':'b','image':'z','tty':true}]}}",
        "an element can be deleted while another is added"
            + "|{'spec':{'containers':[{'name':'c','env':[{'name':'A'},{'name':'B'}]}]}}"
            + "|{'spec':{'containers':[{'name':'c','env':"
            + "[{'name':'C'},{'name':'A','$patch':'delete'}]}]}}"
            + "|{'spec':{'containers':[{'name':'c','env':[{'name':'C'},{'name':'B'}]}]}}",
        "the element order alone only reorders"
            + "|{'spec':{'containers':[{'name':'a','image':'1'},{'name':'b','image':'2'}]}}"
            + "|{'spec':{'$setElementOrder/containers':[{'name':'b'},{'name':'a'}]}}"
            + "|{'spec':{'containers':[{'name':'b','image':'2'},{'name':'a','image':'1'}]}}",
        "a new element stands where the element order puts it"
            + "|{'spec':{'containers':[{'name':'a'},{'name':'live-only'}]}}"
            + "|{'spec':{'$setElementOrder/containers':[{'name':'a'},{'name':'b'}],"
            + "'containers':[{'name':'b'}]}}"
            + "|{'spec':{'containers':[{'name':'a'},{'name':'b'},{'name':'live-only'}]}}",
        "a list can be replaced by an element that says so"
            + "|{'spec':{'containers':[{'name':'a'},{'name':'b'}]}}"
            + "|{'spec':{'containers':[{'$patch':'replace'},{'name':'c'}]}}"
            + "|{'spec':{'containers':[{'name':'c'}]}}",
        "finalizers unite and new ones go first"
            + "|{'metadata':{'finalizers':['a/b','c/d']}}"
            + "|{'metadata':{'finalizers':['e/f']}}"
            + "|{'metadata':{'finalizers':['e/f','a/b','c/d']}}",
        "finalizers can be removed one by one"
            + "|{'metadata':{'finalizers':['a/b','c/d']}}"
            + "|{'metadata':{'$deleteFromPrimitiveList/finalizers':['a/b']}}"
            + "|{'metadata':{'finalizers':['c/d']}}",
        "retained keys drop the old volume source"
            + "|{'spec':{'volumes':[{'name':'v','emptyDir':{}}]}}"
            + "|{'spec':{'volumes':[{'name':'v','hostPath':{'path':'/x'},"
            + "'$retainKeys':['name','hostPath']}]}}"
            + "|{'spec':{'volumes':[{'name':'v','hostPath':{'path':'/x'}}]}}",
        "without retained keys both volume sources stay"
            + "|{'spec':{'volumes':[{'name':'v','emptyDir':{}}]}}"
            + "|{'spec':{'volumes':[{'name':'v','hostPath':{'path':'/x'}}]}}"
            + "|{'spec':{'volumes':[{'name':'v','emptyDir':{},'hostPath':{'path':'/x'}}]}}",
        "lists without a rule are replaced"
            + "|{'spec':{'tolerations':[{'key':'a'}],'containers':[{'name':'c','args':['1']}]}}"
            + "|{'spec':{'tolerations':[{'key':'b'}],'containers':[{'name':'c','args':['2']}]}}"
            + "|{'spec':{'tolerations':[{'key':'b'}],'containers':[{'name':'c','args':['2']}]}}",
        "null deletes a key and means nothing where nothing was"
            + "|{'metadata':{'labels':{'a':'1','b':'2'}}}"
            + "|{'metadata':{'labels':{'a':null},'annotations':{'x':null}}}"
            + "|{'metadata':{'labels':{'b':'2'},'annotations':{}}}",
        "a map can be replaced"
            + "|{'metadata':{'labels':{'a':'1'}}}"
            + "|{'metadata':{'labels':{'$patch':'replace','b':'2'}}}"
            + "|{'metadata':{'labels':{'b':'2'}}}",
        "a map can be deleted"
            + "|{'spec':{'securityContext':{'runAsUser':1},'hostname':'h'}}"
            + "|{'spec':{'securityContext':{'$patch':'delete'}}}"
            + "|{'spec':{'hostname':'h'}}",
        "directives in new parts are not stored"
            + "|{'spec':{}}"
            + "|{'spec':{'$setElementOrder/containers':[{'name':'a'}],'containers':"
            + "[{'name':'a','$setElementOrder/ports':[{'containerPort':1}],"
            + "'ports':[{'containerPort':1}]}]}}"
            + "|{'spec':{'containers':[{'name':'a','ports':[{'containerPort':1}]}]}}",
        "ports merge on the container port alone"
            + "|{'spec':{'containers':[{'name':'c','ports':[{'containerPort':53,'protocol':'UDP'},"
            + "{'containerPort':53,'protocol':'TCP'}]}]}}"
            + "|{'spec':{'containers':[{'name':'c','ports':[{'containerPort':53,'name':'dns'}]}]}}"
            + "|{'spec':{'containers':[{'name':'c','ports':[{'containerPort':53,'protocol':'UDP',"
            + "'name':'dns'},{'containerPort':53,'protocol':'TCP'}]}]}}",
      })
  void pods_are_patched_as_by_kubernetes(String what, String live, String patch, String wanted) {
    assertThat(patched(Pod.class, live, patch)).as(what).isEqualTo(json(wanted));
  }

  @Test
  void a_rollback_replaces_the_template_whole() {
    String live =
        "{'spec':{'replicas':3,'template':{'metadata':{'labels':{'a':'1','new':'x'}},"
            + "'spec':{'containers':[{'name':'new'}]}}}}";
    String data =
        "{'spec':{'template':{'$patch':'replace','metadata':{'labels':{'a':'1'}},"
            + "'spec':{'containers':[{'name':'old','env':[{'name':'A','value':'1'}]}]}}}}";
    assertThat(patched(StatefulSet.class, live, data))
        .isEqualTo(
            json(
                "{'spec':{'replicas':3,'template':{'metadata':{'labels':{'a':'1'}},"
                    + "'spec':{'containers':[{'name':'old',"
                    + "'env':[{'name':'A','value':'1'}]}]}}}}"));
  }

  @Test
  void claim_templates_are_replaced_and_templates_below_a_set_merge_by_name() {
    String live =
        "{'spec':{'volumeClaimTemplates':[{'metadata':{'name':'a'}}],"
            + "'template':{'spec':{'containers':[{'name':'c','image':'1'},{'name':'d'}]}}}}";
    String patch =
        "{'spec':{'volumeClaimTemplates':[{'metadata':{'name':'b'}}],"
            + "'template':{'spec':{'containers':[{'name':'c','image':'2'}]}}}}";
    assertThat(patched(StatefulSet.class, live, patch))
        .isEqualTo(
            json(
                "{'spec':{'volumeClaimTemplates':[{'metadata':{'name':'b'}}],"
                    + "'template':{'spec':{'containers':"
                    + "[{'name':'c','image':'2'},{'name':'d'}]}}}}"));
  }

  @Test
  void service_ports_merge_by_port_and_node_conditions_by_type() {
    assertThat(
            patched(
                Service.class,
                "{'spec':{'ports':[{'port':80,'name':'a'},{'port':81}]}}",
                "{'spec':{'ports':[{'port':80,'name':'b'}]}}"))
        .isEqualTo(json("{'spec':{'ports':[{'port':80,'name':'b'},{'port':81}]}}"));
    assertThat(
            patched(
                Node.class,
                "{'status':{'conditions':[{'type':'Ready','status':'True'},{'type':'Other'}]}}",
                "{'status':{'conditions':[{'type':'Ready','status':'False'}]}}"))
        .isEqualTo(
            json(
                "{'status':{'conditions':[{'type':'Ready','status':'False'},"
                    + "{'type':'Other'}]}}"));
  }

  @Test
  void a_patch_of_kubectl_apply_gives_the_new_manifest() {
    String live =
        "{'spec':{'replicas':2,'template':{'spec':{'containers':["
            + "{'name':'a','image':'x:1','env':[{'name':'A','value':'1'},{'name':'B'}],"
            + "'resources':{}},{'name':'b','image':'y:1'}],"
            + "'volumes':[{'name':'v','emptyDir':{}}],'restartPolicy':'Always'}}}}";
    String sentByKubectl =
        "{'spec':{'replicas':3,'template':{'spec':{"
            + "'$setElementOrder/containers':[{'name':'a'},{'name':'c'}],"
            + "'$setElementOrder/volumes':[{'name':'v'}],'containers':[{"
            + "'$setElementOrder/env':[{'name':'A'},{'name':'C'}],'env':[{'name':'C',"
            + "'value':'3'},{'$patch':'delete','name':'B'}],'image':'x:2','name':'a'},"
            + "{'image':'z:1','name':'c'},{'$patch':'delete','name':'b'}],'volumes':[{"
            + "'$retainKeys':['configMap','name'],'configMap':{'name':'m'},'emptyDir':null,"
            + "'name':'v'}]}}}}";
    assertThat(patched(StatefulSet.class, live, sentByKubectl))
        .isEqualTo(
            json(
                "{'spec':{'replicas':3,'template':{'spec':{'containers':["
                    + "{'name':'a','image':'x:2','env':[{'name':'A','value':'1'},"
                    + "{'name':'C','value':'3'}],'resources':{}},{'name':'c','image':'z:1'}],"
                    + "'volumes':[{'name':'v','configMap':{'name':'m'}}],"
                    + "'restartPolicy':'Always'}}}}"));
  }

  @Test
  void the_live_object_is_left_as_it_was() {
    ObjectNode live = json("{'spec':{'containers':[{'name':'a','env':[{'name':'X'}]}]}}");
    ObjectNode before = live.deepCopy();
    StrategicMergePatch.apply(
        live,
        json("{'spec':{'containers':[{'name':'a','env':[{'name':'X','value':'1'}]}]}}"),
        PatchSchema.of(Pod.class));
    assertThat(live).isEqualTo(before);
  }

  @Test
  void an_element_without_its_merge_key_is_told_as_kubernetes_tells_it() {
    Patched refused =
        StrategicMergePatch.apply(
            json("{'spec':{'containers':[{'name':'a'}]}}"),
            json("{'spec':{'containers':[{'image':'x'}]}}"),
            PatchSchema.of(Pod.class));
    assertThat(refused)
        .isEqualTo(
            new Patched.Refused(
                Patched.Fault.MALFORMED,
                "map: map[image:x] does not contain declared merge key: name",
                ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'metadata':{'$patch':'sideways'}}",
        "{'spec':{'containers':[{'name':'a','$patch':'sideways'}]}}",
        "{'spec':{'containers':['a']}}",
        "{'spec':{'$setElementOrder/containers':'a'}}",
        "{'metadata':{'$deleteFromPrimitiveList/finalizers':'a'}}",
        "{'spec':{'$retainKeys':['a'],'hostname':'b'}}",
        "{'spec':{'$retainKeys':'a'}}",
        "{'spec':{'$setElementOrder/containers':[{'name':'a'}],'containers':[{'name':'b'}]}}",
      })
  void a_malformed_patch_is_refused(String patch) {
    Patched patched =
        StrategicMergePatch.apply(
            json("{'metadata':{'finalizers':[]},'spec':{'containers':[{'name':'a'}]}}"),
            json(patch),
            PatchSchema.of(Pod.class));
    assertThat(patched)
        .isInstanceOfSatisfying(
            Patched.Refused.class,
            refused -> assertThat(refused.fault()).isEqualTo(Patched.Fault.MALFORMED));
  }

  private static ObjectNode patched(Class<?> kind, String live, String patch) {
    Patched patched = StrategicMergePatch.apply(json(live), json(patch), PatchSchema.of(kind));
    assertThat(patched).isInstanceOf(Patched.Done.class);
    return ((Patched.Done) patched).tree();
  }

  static ObjectNode json(String text) {
    return Json.object(text.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
