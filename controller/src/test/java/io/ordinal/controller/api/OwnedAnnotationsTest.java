package io.ordinal.controller.api;

import static io.ordinal.controller.api.ServedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.ServedApi.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Annotations that the system alone writes, as clients would have them. */
class OwnedAnnotationsTest {
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String POD = PODS + "/a";
  private static final String NODE = "/api/v1/nodes/n";
  private static final String TOLD =
      "299 - \"metadata.annotations[ordinal.io/incarnation]: Ordinal alone writes it (it numbers the"
          + " lives of a replica): what you ask of it is passed over\"";
  private final ServedApi api = new ServedApi();

  @BeforeEach
  void a_pod() {
    api.replicas.store(
        "default",
        "a",
        pod(
            "'namespace':'default','uid':'u','annotations':{'ordinal.io/incarnation':'7'},"
                + "'managedFields':[{'manager':'kubectl','operation':'Update','apiVersion':'v1',"
                + "'time':'2026-11-20T12:00:00Z','fieldsType':'FieldsV1',"
                + "'fieldsV1':{'f:spec':{}}}]"));
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void a_patch_that_sets_or_removes_one_changes_nothing_of_it_and_is_told() {
    for (String value : List.of("'9'", "null")) {
      Reply patched = annotate(POD, "'ordinal.io/incarnation':%s,'mine':'1'".formatted(value));
      assertThat(warnings(patched)).containsExactly(TOLD);
      assertThat(patched.json().at("/metadata/annotations").toString())
          .isEqualTo("{\"ordinal.io/incarnation\":\"7\",\"mine\":\"1\"}");
      assertThat(patched.json().at("/metadata/managedFields").toString())
          .contains("f:mine")
          .doesNotContain("f:ordinal.io/incarnation");
    }
  }

  @Test
  void server_side_apply_is_told_too() {
    Reply applied =
        api.patch(
            POD + "?fieldManager=me",
            "apply-patch+yaml",
            pod("'annotations':{'ordinal.io/incarnation':'9'}"));
    assertThat(warnings(ok(applied))).containsExactly(TOLD);
    assertThat(applied.body()).contains("\"ordinal.io/incarnation\":\"7\"");
  }

  @Test
  void others_are_taken_without_a_word_and_so_is_a_replacement_that_leaves_it_out() {
    assertThat(warnings(annotate(POD, "'ordinal.io/failover':'manual'"))).isEmpty();
    assertThat(warnings(annotate(POD, "'ordinal.io/incarnation':'7'"))).isEmpty();
    Reply replaced = ok(api.put(POD, pod("'labels':{'a':'b'}")));
    assertThat(warnings(replaced)).isEmpty();
    assertThat(replaced.body()).contains("\"ordinal.io/incarnation\":\"7\"");
    Reply other = ok(api.put(POD, pod("'annotations':{'ordinal.io/incarnation':'9'}")));
    assertThat(warnings(other)).containsExactly(TOLD);
  }

  @Test
  void a_new_pod_does_not_number_itself() {
    String pod = pod("'annotations':{'ordinal.io/incarnation':'9'}").replace("\"a\"", "\"b\"");
    assertThat(warnings(ok(api.post(PODS, pod)))).containsExactly(TOLD);
    assertThat(api.get(PODS + "/b").body()).doesNotContain("ordinal.io/incarnation");
  }

  @Test
  void what_names_the_session_and_the_state_of_a_node_is_its_own() {
    ok(api.post("/api/v1/nodes", "{\"metadata\":{\"name\":\"n\"}}"));
    Reply patched = annotate(NODE, "'ordinal.io/session':'5','ordinal.io/state-uuid':'x'");
    assertThat(warnings(patched)).hasSize(2).allMatch(each -> each.contains("Ordinal alone"));
    assertThat(api.get(NODE).body()).doesNotContain("ordinal.io/session", "ordinal.io/state-uuid");
  }

  private Reply annotate(String path, String annotations) {
    String patch = "{'metadata':{'annotations':{%s}}}".formatted(annotations);
    return ok(api.patch(path, "merge-patch+json", patch.replace('\'', '"')));
  }

  private static List<String> warnings(Reply reply) {
    return reply.raw().headers().allValues("Warning");
  }

  private static String pod(String metadata) {
    return ("{'apiVersion':'v1','kind':'Pod','metadata':{'name':'a',%s},"
            + "'spec':{'containers':[{'name':'c','image':'busybox'}]}}")
        .formatted(metadata)
        .replace('\'', '"');
  }
}
