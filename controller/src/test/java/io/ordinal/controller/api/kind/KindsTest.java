package io.ordinal.controller.api.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.ApiObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** What holds for all kinds, and the smaller kinds one by one. */
class KindsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

  static Stream<ResourceKind> kinds() {
    return KindRegistry.standard().all().stream().filter(kind -> !kind.measured());
  }

  private static ObjectNode sample(ResourceKind kind) {
    String text =
        switch (kind.plural()) {
          case "statefulsets" -> Objects.SET;
          case "pods" -> Objects.POD;
          case "services" -> "{'spec':{'clusterIP':'None','ports':[{'port':80}]}}";
          case "secrets" -> "{'stringData':{'a':'b'}}";
          case "configmaps" -> "{'data':{'a':'b'},'binaryData':{'c':'AAA='}}";
          case "persistentvolumeclaims" ->
              "{'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':"
                  + "{'storage':'1Gi'}}}}";
          case "persistentvolumes" ->
              "{'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce'],"
                  + "'hostPath':{'path':'/x'}}}";
          case "storageclasses" -> "{'provisioner':'ordinal.io/local'}";
          case "controllerrevisions" -> "{'data':{'spec':{'x':null}},'revision':2}";
          case "events" ->
              kind.group().isEmpty()
                  ? "{'involvedObject':{'kind':'Pod','name':'p','namespace':'default'},"
                      + "'reason':'R','message':'m','lastTimestamp':'2026-01-01T23:59:00Z',"
                      + "'count':2}"
                  : "{'regarding':{'kind':'Pod','name':'p','namespace':'default'},'reason':'R',"
                      + "'note':'m','eventTime':'2026-01-01T23:59:00Z','type':'Normal',"
                      + "'action':'A','reportingController':'c','reportingInstance':'i'}";
          case "endpoints" ->
              "{'subsets':[{'addresses':[{'ip':'10.0.0.1'}],'ports':[{'port':80}]}]}";
          case "endpointslices" ->
              "{'addressType':'IPv4','endpoints':[{'addresses':['10.0.0.1']}],"
                  + "'ports':[{'port':80}]}";
          case "leases" ->
              "{'spec':{'holderIdentity':'a','leaseDurationSeconds':15,"
                  + "'renewTime':'2026-01-01T00:00:00.5Z'}}";
          case "roles", "clusterroles" ->
              "{'rules':[{'verbs':['get'],'apiGroups':[''],'resources':['pods']}]}";
          case "rolebindings", "clusterrolebindings" ->
              "{'roleRef':{'kind':'ClusterRole','name':'view'},"
                  + "'subjects':[{'kind':'User','name':'bob'}]}";
          case "drills" -> "{'spec':{'target':{'node':'n1'},'probe':{'http':{'port':80}}}}";
          default -> "{}";
        };
    ObjectNode object = Objects.json(text);
    ObjectNode metadata = object.withObject("metadata");
    metadata.put("name", "x").put("creationTimestamp", "2026-01-01T00:00:00Z");
    if (kind.namespaced()) metadata.put("namespace", "default");
    return object;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void defaults_are_added_once(ResourceKind kind) {
    ApiObject once = Objects.defaulted(kind, sample(kind));
    assertThat(Objects.defaulted(kind, once.tree()).tree()).isEqualTo(once.tree());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void a_good_object_is_taken_and_fits_its_own_schema(ResourceKind kind) {
    ApiObject object = Objects.defaulted(kind, sample(kind));
    kind.prepareForCreate(object.tree());
    assertThat(kind.validateCreate(object)).isEmpty();
    assertThat(kind.validateUpdate(object, object)).isEmpty();
    assertThat(FieldCheck.of(kind.schema(), object.tree()))
        .isEqualTo(new FieldCheck.Findings(java.util.Optional.empty(), List.of(), false));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void a_row_has_a_cell_for_every_column(ResourceKind kind) {
    ApiObject full = Objects.defaulted(kind, sample(kind));
    ApiObject empty = new ApiObject(Objects.json("{'metadata':{'name':'x'}}"));
    for (ApiObject object : List.of(full, empty)) {
      List<Object> cells = kind.cells(object, NOW);
      assertThat(cells).hasSameSizeAs(kind.columns());
      assertThat(cells)
          .allMatch(
              each -> each instanceof String || each instanceof Number || each instanceof Boolean);
    }
    assertThat(kind.columns()).extracting(ResourceKind.Column::format).contains("name");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void selectable_fields_can_be_read_from_any_object(ResourceKind kind) {
    kind.selectableFields()
        .forEach((name, read) -> assertThat(read.apply(Objects.json("{}"))).as(name).isNotNull());
  }

  @Test
  void kinds_are_found_by_every_name() {
    KindRegistry kinds = KindRegistry.standard();
    ResourceKind set = kinds.find("apps", "v1", "statefulsets").orElseThrow();
    assertThat(kinds.find(set.resource())).containsSame(set);
    assertThat(kinds.find("apps", "v1beta1", "statefulsets")).isEmpty();
    assertThat(kinds.byGroup().keySet()).contains("", "apps", "storage.k8s.io");
  }

  @Test
  void a_namespace_carries_its_name_as_a_label_and_is_held_by_its_finalizer() {
    ResourceKind kind = Objects.kind("namespaces");
    ObjectNode namespace = Objects.defaulted(kind, sample(kind)).tree();
    kind.prepareForCreate(namespace);
    assertThat(namespace.at("/metadata/labels"))
        .isEqualTo(Objects.json("{'kubernetes.io/metadata.name':'x'}"));
    assertThat(namespace.get("spec")).isEqualTo(Objects.json("{'finalizers':['kubernetes']}"));
    assertThat(namespace.get("status")).isEqualTo(Objects.json("{'phase':'Active'}"));
  }

  @Test
  void texts_of_a_secret_become_data_and_win() {
    ResourceKind kind = Objects.kind("secrets");
    ObjectNode secret =
        Objects.json("{'data':{'a':'b2xk','k':'a2VwdA=='},'stringData':{'a':'new'}}");
    kind.applyDefaults(secret);
    assertThat(secret)
        .isEqualTo(Objects.json("{'data':{'a':'bmV3','k':'a2VwdA=='},'type':'Opaque'}"));
  }

  @Test
  void what_is_wrong_with_a_secret_is_told_without_its_value() {
    ResourceKind kind = Objects.kind("secrets");
    ApiObject secret =
        Objects.defaulted(
            kind, Objects.json("{'type':'kubernetes.io/tls','data':{'tls.crt':'hunter2!'}}"));
    assertThat(Objects.told(kind.validateCreate(secret)))
        .containsExactly(
            "data[tls.crt]: Invalid value: \"<redacted>\": illegal base64 data",
            "data[tls.key]: Required value");
  }

  @Test
  void a_secret_that_waits_for_a_token_is_refused() {
    ResourceKind kind = Objects.kind("secrets");
    String type = "'type':'kubernetes.io/service-account-token'";
    ApiObject waiting = Objects.defaulted(kind, Objects.json("{" + type + "}"));
    assertThat(Objects.told(kind.validateCreate(waiting)))
        .singleElement()
        .asString()
        .startsWith("type: Forbidden: Ordinal puts no tokens into secrets; kubectl create token");
    ApiObject whole = Objects.defaulted(kind, Objects.json("{" + type + ",'data':{'token':''}}"));
    assertThat(kind.validateCreate(whole)).isEmpty();
  }

  @Test
  void an_immutable_configuration_stays() {
    ResourceKind kind = Objects.kind("configmaps");
    ApiObject old = new ApiObject(Objects.json("{'immutable':true,'data':{'a':'1'}}"));
    ApiObject changed = new ApiObject(Objects.json("{'data':{'a':'2','b c':''}}"));
    assertThat(Objects.told(kind.validateUpdate(changed, old)))
        .contains(
            "immutable: Forbidden: field is immutable when `immutable` is set",
            "data: Forbidden: field is immutable when `immutable` is set")
        .anyMatch(each -> each.startsWith("data[b c]: Invalid value: \"b c\": a valid config key"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'type':'NodePort','ports':[{'port':80}]} | spec.type: Forbidden: services of type NodePort"
            + " are not supported by Ordinal yet; use ClusterIP",
        "{'ports':[]} | spec.ports: Required value",
        "{'ports':[{'port':0}]} | spec.ports[0].port: Invalid value: 0: must be between 1 and"
            + " 65535, inclusive",
        "{'ports':[{'port':1},{'port':2,'name':'b'}]} | spec.ports[0].name: Required value",
        "{'type':'ExternalName'} | spec.externalName: Required value",
      })
  void a_wrong_service_is_told(String spec, String fault) {
    ResourceKind kind = Objects.kind("services");
    ApiObject service = Objects.defaulted(kind, Objects.json("{'spec':" + spec + "}"));
    assertThat(Objects.told(kind.validateCreate(service))).contains(fault);
  }

  @Test
  void a_service_with_an_address_is_warned_of_and_a_headless_one_is_not() {
    ResourceKind kind = Objects.kind("services");
    ApiObject plain = Objects.defaulted(kind, Objects.json("{'spec':{'ports':[{'port':80}]}}"));
    assertThat(kind.validateCreate(plain)).isEmpty();
    assertThat(kind.warnings(plain)).hasSize(1);
    ApiObject headless = Objects.defaulted(kind, Objects.json("{'spec':{'clusterIP':'None'}}"));
    assertThat(kind.validateCreate(headless)).isEmpty();
    assertThat(kind.warnings(headless)).isEmpty();
    assertThat(headless.spec().path("clusterIPs").path(0).asString()).isEqualTo("None");
    assertThat(plain.spec().at("/ports/0/targetPort").asInt()).isEqualTo(80);
  }

  @Test
  void times_of_a_lease_have_six_digits() {
    ResourceKind kind = Objects.kind("leases");
    ApiObject lease = Objects.defaulted(kind, sample(kind));
    assertThat(lease.spec().path("renewTime").asString()).isEqualTo("2026-01-01T00:00:00.500000Z");
  }

  @Test
  void a_lease_lasts_and_changes_hands_as_often_as_can_be() {
    ResourceKind kind = Objects.kind("leases");
    ApiObject lease =
        Objects.defaulted(
            kind, Objects.json("{'spec':{'leaseDurationSeconds':0,'leaseTransitions':-1}}"));
    assertThat(Objects.told(kind.validateCreate(lease)))
        .containsExactly(
            "spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0",
            "spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0");
  }

  @Test
  void a_bound_claim_neither_grows_nor_shrinks_and_otherwise_stays() {
    ResourceKind kind = Objects.kind("persistentvolumeclaims");
    ObjectNode old = Objects.defaulted(kind, sample(kind)).tree();
    ((ObjectNode) old.get("spec")).put("volumeName", "pv");
    ObjectNode changed = old.deepCopy();
    ObjectNode requests = (ObjectNode) changed.at("/spec/resources/requests");
    requests.put("storage", "2Gi");
    assertThat(kind.validateUpdate(new ApiObject(changed), new ApiObject(old))).isEmpty();
    assertThat(kind.forbidsUpdate(new ApiObject(changed), new ApiObject(old)))
        .hasValue(
            "only dynamically provisioned pvc can be resized and the storageclass that provisions"
                + " the pvc must support resize");
    requests.put("storage", "1024Mi");
    assertThat(kind.validateUpdate(new ApiObject(changed), new ApiObject(old))).isEmpty();
    assertThat(kind.forbidsUpdate(new ApiObject(changed), new ApiObject(old))).isEmpty();
    requests.put("storage", "1Mi");
    ((ObjectNode) changed.get("spec")).putArray("accessModes").add("ReadWriteMany");
    assertThat(Objects.told(kind.validateUpdate(new ApiObject(changed), new ApiObject(old))))
        .containsExactly(
            "spec: Forbidden: spec is immutable after creation except resources.requests and"
                + " volumeAttributesClassName for bound claims",
            "spec.resources.requests.storage: Forbidden: field can not be less than previous"
                + " value");
  }

  @Test
  void rows_of_small_kinds_read_as_in_kubernetes() {
    assertRow(
        "nodes",
        "{'metadata':{'name':'n','labels':{'node-role.kubernetes.io/db':'','kubernetes.io/role':"
            + "'a'}},'spec':{'unschedulable':true},'status':{'conditions':[{'type':'Ready',"
            + "'status':'True'}],'addresses':[{'type':'InternalIP','address':'10.0.0.1'}]}}",
        "n|Ready,SchedulingDisabled|a,db|<unknown>||10.0.0.1|<none>|<unknown>|<unknown>|<unknown>");
    assertRow(
        "persistentvolumeclaims",
        "{'metadata':{'name':'c'},'spec':{'volumeName':'pv','storageClassName':'local',"
            + "'volumeMode':'Filesystem'},'status':{'phase':'Bound','capacity':{'storage':'1Gi'},"
            + "'accessModes':['ReadWriteMany','ReadWriteOnce']}}",
        "c|Bound|pv|1Gi|RWO,RWX|local|<unset>|<unknown>|Filesystem");
    assertRow(
        "services",
        "{'metadata':{'name':'s'},'spec':{'type':'ClusterIP','clusterIP':'None',"
            + "'ports':[{'port':80,'protocol':'TCP'},{'port':53,'protocol':'UDP'}],"
            + "'selector':{'b':'2','a':'1'}}}",
        "s|ClusterIP|None|<none>|80/TCP,53/UDP|<unknown>|a=1,b=2");
    assertRow(
        "controllerrevisions",
        "{'metadata':{'name':'r','ownerReferences':[{'apiVersion':'apps/v1','kind':'StatefulSet',"
            + "'name':'web','controller':true}]},'revision':3}",
        "r|statefulset.apps/web|3|<unknown>");
    assertRow(
        "events",
        "{'metadata':{'name':'e'},'type':'Warning','reason':'R','involvedObject':{'kind':'Pod',"
            + "'name':'p'},'source':{'component':'c','host':'h'},'message':' m ',"
            + "'firstTimestamp':'2026-01-01T23:00:00Z','lastTimestamp':'2026-01-01T23:59:00Z',"
            + "'count':4}",
        "60s|Warning|R|pod/p||c, h|m|60m|4|e");
    assertRow(
        "storageclasses",
        "{'metadata':{'name':'local','annotations':"
            + "{'storageclass.kubernetes.io/is-default-class':'true'}},'provisioner':'p',"
            + "'reclaimPolicy':'Delete','volumeBindingMode':'Immediate'}",
        "local (default)|p|Delete|Immediate|false|<unknown>");
  }

  @ParameterizedTest
  @CsvSource({
    "-2s, <invalid>",
    "-1s, 0s",
    "0s, 0s",
    "119s, 119s",
    "120s, 2m",
    "121s, 2m1s",
    "599s, 9m59s",
    "600s, 10m",
    "179m, 179m",
    "180m, 3h",
    "181m, 3h1m",
    "8h, 8h",
    "47h, 47h",
    "48h, 2d",
    "49h, 2d1h",
    "191h, 7d23h",
    "192h, 8d",
    "17519h, 729d",
    "17520h, 2y",
    "17544h, 2y1d",
    "70080h, 8y",
    "80000h, 9y",
  })
  void durations_are_shortened_as_in_kubernetes(String duration, String shown) {
    assertThat(Durations.shown(Duration.parse("PT" + duration))).isEqualTo(shown);
  }

  private static void assertRow(String plural, String object, String expected) {
    List<Object> cells = Objects.kind(plural).cells(new ApiObject(Objects.json(object)), NOW);
    assertThat(String.join("|", cells.stream().map(Object::toString).toList())).isEqualTo(expected);
  }
}
