package io.ordinal.controller.api.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.http.BodyReader;
import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.document.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class OwnershipTest {
  private static final KindRegistry KINDS = KindRegistry.standard();
  private static final ResourceKind SETS = KINDS.find("apps", "v1", "statefulsets").orElseThrow();
  private static final ResourceKind MAPS = KINDS.find("", "v1", "configmaps").orElseThrow();
  private static final Writer WRITER = new Writer("w", "", Instant.parse("2026-01-02T03:04:05Z"));

  @Test
  void a_new_object_is_owned_as_kubernetes_says() {
    ObjectNode set =
        yaml(
            "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: web, labels: {app: web}},"
                + " spec: {replicas: 2, selector: {matchLabels: {app: web}}, updateStrategy:"
                + " {type: RollingUpdate, rollingUpdate: {partition: 0}}, template: {metadata:"
                + " {labels: {app: web}}, spec: {containers: [{name: c, image: i, resources: {},"
                + " ports: [{containerPort: 80, protocol: TCP}], env: [{name: A, valueFrom:"
                + " {fieldRef: {fieldPath: metadata.name}}}], livenessProbe: {httpGet: {port:"
                + " 80}}}], securityContext: {}}}}, status: {replicas: 0}}");
    assertThat(Ownership.ofNew(SETS, set, WRITER))
        .isEqualTo(
            yaml("{a: [{manager: w, operation: Update, apiVersion: apps/v1, time:"
                    + " '2026-01-02T03:04:05Z', fieldsType: FieldsV1, fieldsV1: {'f:metadata':"
                    + " {'f:labels': {'.': {}, 'f:app': {}}}, 'f:spec': {'f:replicas': {},"
                    + " 'f:selector': {}, 'f:template': {'f:metadata': {'f:labels': {'.': {},"
                    + " 'f:app': {}}}, 'f:spec': {'f:containers': {'k:{\"name\":\"c\"}': {'.':"
                    + " {}, 'f:env': {'.': {}, 'k:{\"name\":\"A\"}': {'.': {}, 'f:name': {},"
                    + " 'f:valueFrom': {'.': {}, 'f:fieldRef': {}}}}, 'f:image': {},"
                    + " 'f:livenessProbe': {'.': {}, 'f:httpGet': {'.': {}, 'f:port': {}}},"
                    + " 'f:name': {}, 'f:ports': {'.': {},"
                    + " 'k:{\"containerPort\":80,\"protocol\":\"TCP\"}': {'.': {},"
                    + " 'f:containerPort': {}, 'f:protocol': {}}}, 'f:resources': {}}},"
                    + " 'f:securityContext': {}}}, 'f:updateStrategy': {'f:rollingUpdate':"
                    + " {'.': {}, 'f:partition': {}}, 'f:type': {}}}}}]}")
                .get("a"));
  }

  @Test
  void who_says_the_same_again_later_changes_nothing_beside_other_owners() {
    ObjectNode map = yaml("{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {z: '0'}}");
    map.withObject("/metadata").set("managedFields", Ownership.ofNew(MAPS, map, WRITER));
    for (int i = 0; i < 3; i++) map = applied(map, "a" + i, i);
    ObjectNode again = applied(map, "a0", 60);
    assertThat(again).isEqualTo(map);
    assertThat(again.at("/metadata/managedFields").toString())
        .isEqualTo(map.at("/metadata/managedFields").toString());
  }

  private static ObjectNode applied(ObjectNode live, String manager, int seconds) {
    Writer writer = new Writer(manager, "", WRITER.now().plusSeconds(seconds));
    ObjectNode said =
        yaml(
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {%s: x}}"
                .formatted(manager));
    Applied applied = ServerSideApply.apply(MAPS, live, said, writer, false);
    assertThat(applied).isInstanceOf(Applied.Done.class);
    ObjectNode next = ((Applied.Done) applied).tree();
    next.withObject("/metadata").set("managedFields", ((Applied.Done) applied).managedFields());
    return next;
  }

  @Test
  void too_many_updaters_become_one() {
    ObjectNode map = yaml("{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {k: '0'}}");
    map.withObject("/metadata").set("managedFields", Ownership.ofNew(MAPS, map, WRITER));
    for (int i = 1; i <= 15; i++) {
      ObjectNode next = map.deepCopy();
      next.withObject("/data").put("k" + i, "x");
      Writer writer = new Writer("u" + i, "", WRITER.now().plusSeconds(i));
      JsonNode managed =
          Ownership.ofChanged(MAPS, map, map.at("/metadata/managedFields"), next, writer);
      next.withObject("/metadata").set("managedFields", managed);
      map = next;
    }
    JsonNode managed = map.at("/metadata/managedFields");
    assertThat(managed).hasSize(10);
    assertThat(managed.get(0).path("manager").asString()).isEqualTo("ancient-changes");
    assertThat(managed.get(9).path("manager").asString()).isEqualTo("u15");
    FieldSet all = ManagedFields.parse(managed).orElseThrow().all();
    assertThat(all.child("f:data").children()).hasSize(16);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[a,b,c]|[c,a]|[b,c,a]",
        "[b,a]|[x,a]|[b,x,a]",
        "[a,b]|[x,a]|[x,a,b]",
        "[a,c,b]|[c,a,y]|[c,b,a,y]",
        "[a,b]|[]|[a,b]",
        "[a]|[b]|[a,b]",
      })
  void elements_of_both_lists_find_their_places(String live, String wanted, String merged) {
    Mode mode = Mode.of(MAPS.schema());
    ObjectNode found =
        StructuredMerge.of(
            yaml("{metadata: {finalizers: " + live + "}}"),
            yaml("{metadata: {finalizers: " + wanted + "}}"),
            mode);
    assertThat(found).isEqualTo(yaml("{metadata: {finalizers: " + merged + "}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "f:name|.name",
        "k:{\"containerPort\":80,\"protocol\":\"TCP\"}|[containerPort=80,protocol=\"TCP\"]",
        "v:\"x\"|[=\"x\"]",
        "i:3|[3]"
      })
  void steps_are_shown_as_kubernetes_shows_them(String element, String shown) {
    assertThat(PathElement.isValid(element)).isTrue();
    assertThat(PathElement.shown(element)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"name", "x:1", "k:[1]", "k:{", "i:x", "v:", "f", "k:{} {}"})
  void what_is_no_step_is_not_read(String element) {
    assertThat(FieldSet.parse(Json.object().set(element, Json.object()))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{spec: {foo: 1}}|.spec.foo: field not declared in schema",
        "{spec: {template: {spec: {containers: [{name: a, foo: 1}]}}}}"
            + "|.spec.template.spec.containers[name=\"a\"].foo: field not declared in schema",
        "{spec: {template: {spec: {containers: [{image: a}]}}}}|.spec.template.spec.containers:"
            + " element 0: associative list with keys has an element that omits key field \"name\""
            + " (and doesn't have default value)",
        "{spec: {template: {spec: {containers: [{name: a}, {name: a}]}}}}"
            + "|.spec.template.spec.containers: duplicate entries for key [name=\"a\"]",
        "{spec: {template: {spec: {containers: [null]}}}}|.spec.template.spec.containers: element"
            + " 0: associative list with keys may not have a null element",
        "{metadata: {finalizers: [{a: 1}]}}|.metadata.finalizers: element 0: associative list"
            + " without keys has an element that's a map type",
      })
  void what_cannot_be_owned_is_told(String configuration, String fault) {
    assertThat(ServerSideApply.faults(SETS, yaml(configuration))).containsExactly(fault);
  }

  @Test
  void broken_managed_fields_of_a_client_do_not_count() {
    ObjectNode map = yaml("{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {k: '0'}}");
    JsonNode present = Ownership.ofNew(MAPS, map, WRITER);
    map.withObject("/metadata").set("managedFields", present);
    for (String broken :
        new String[] {
          "[{manager: x}]",
          "[{manager: x, operation: Apply, fieldsType: FieldsV1, fieldsV1: {a: 1}}]",
          "[{manager: x, operation: Foo, fieldsType: FieldsV1}]",
          "[1]",
          "[]",
          "x"
        }) {
      JsonNode asked = yaml("{a: " + broken + "}").get("a");
      assertThat(Ownership.ofChanged(MAPS, map, asked, map, WRITER)).as(broken).isEqualTo(present);
    }
  }

  private static ObjectNode yaml(String text) {
    return (ObjectNode) BodyReader.yaml(text.getBytes(StandardCharsets.UTF_8)).tree();
  }
}
