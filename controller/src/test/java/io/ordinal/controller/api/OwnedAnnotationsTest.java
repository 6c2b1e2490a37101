package io.ordinal.controller.api;

import static io.ordinal.controller.api.ServedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.ServedApi.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Annotations that the system alone writes, as clients would have them. */
class OwnedAnnotationsTest {
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String POD = PODS + "/a";
  private static final String NODE = "/api/v1/nodes/n";
  private static final String NODE_MADE =
      "{'apiVersion':'v1','kind':'Node','metadata':{'name':'n',%s}}";
  private static final String TOLD =
      "299 - \"metadata.annotations[ordinal.io/incarnation]: Ordinal alone writes it (it numbers the"
          + " lives of a replica): what you ask of it is passed over\"";
  private final ServedApi api = new ServedApi();

  /** As the system makes it: nobody is told apart who owns its fields. */
  @BeforeEach
  void a_pod() {
    stored("[]");
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void a_patch_that_sets_or_removes_one_changes_nothing_of_it_and_is_told() {
    stored(owning("kubectl", "Update", "'f:spec':{}"));
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
  void server_side_apply_is_told_too_and_does_not_own_it() {
    for (String force : List.of("", "&force=true")) {
      Reply applied = apply(POD, force, pod("'annotations':{'ordinal.io/incarnation':'9'}"));
      assertThat(warnings(ok(applied))).as(force).containsExactly(TOLD);
      assertThat(applied.body()).contains("\"ordinal.io/incarnation\":\"7\"");
      assertThat(owned(applied, "me")).contains("f:spec").doesNotContain("f:annotations");
    }
    Reply other = apply(POD, "", pod("'annotations':{'ordinal.io/incarnation':'9','mine':'1'}"));
    assertThat(warnings(ok(other))).containsExactly(TOLD);
    assertThat(owned(other, "me")).contains("f:mine").doesNotContain("f:ordinal.io/incarnation");
  }

  @Test
  void server_side_apply_that_says_what_is_so_or_nothing_more_is_told_nothing() {
    String same = pod("'annotations':{'ordinal.io/incarnation':'7'}");
    assertThat(warnings(ok(apply(POD, "", same)))).isEmpty();
    ok(apply(POD, "", pod("'annotations':{'ordinal.io/incarnation':'9'}")));
    Reply silent = ok(apply(POD, "", pod("'labels':{'a':'b'}")));
    assertThat(warnings(silent)).isEmpty();
    assertThat(silent.body()).contains("\"ordinal.io/incarnation\":\"7\"");
  }

  /** As one was written that older versions let own it. */
  @Test
  void who_applied_it_once_and_owns_it_gives_it_up_without_a_word() {
    String fields = "'f:metadata':{'f:annotations':{'f:ordinal.io/incarnation':{}}}";
    stored(owning("me", "Apply", fields));
    Reply silent = ok(apply(POD, "", pod("'labels':{'a':'b'}")));
    assertThat(warnings(silent)).isEmpty();
    assertThat(silent.body()).contains("\"ordinal.io/incarnation\":\"7\"");
    assertThat(owned(silent, "me")).contains("f:labels").doesNotContain("f:annotations");
  }

  @Test
  void server_side_apply_of_a_new_object_owns_none() {
    String node = NODE_MADE.formatted("'annotations':{'ordinal.io/session':'9'}");
    Reply made = ok(apply(NODE, "", node.replace('\'', '"')));
    assertThat(warnings(made)).hasSize(1).allMatch(each -> each.contains("Ordinal alone"));
    assertThat(made.body()).doesNotContain("ordinal.io/session\"");
    String other = NODE_MADE.formatted("'annotations':{'ordinal.io/session':'8'}");
    Reply applied = ok(apply(NODE, "", other.replace('\'', '"')));
    assertThat(warnings(applied)).hasSize(1);
    assertThat(applied.body()).doesNotContain("ordinal.io/session\"");
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

  private void stored(String managedFields) {
    String metadata =
        "'namespace':'default','uid':'u','annotations':{'ordinal.io/incarnation':'7'},"
            + "'managedFields':";
    api.replicas.store("default", "a", pod(metadata + managedFields));
  }

  private static String owning(String manager, String operation, String fields) {
    return ("[{'manager':'%s','operation':'%s','apiVersion':'v1','time':'2026-11-20T12:00:00Z',"
            + "'fieldsType':'FieldsV1','fieldsV1':{%s}}]")
        .formatted(manager, operation, fields);
  }

  private Reply annotate(String path, String annotations) {
    String patch = "{'metadata':{'annotations':{%s}}}".formatted(annotations);
    return ok(api.patch(path, "merge-patch+json", patch.replace('\'', '"')));
  }

  private Reply apply(String path, String terms, String configuration) {
    return api.patch(path + "?fieldManager=me" + terms, "apply-patch+yaml", configuration);
  }

  /** What an applier owns. */
  private static String owned(Reply reply, String manager) {
    for (JsonNode each : reply.json().at("/metadata/managedFields")) {
      boolean applied = each.path("operation").asString("").equals("Apply");
      if (applied && each.path("manager").asString("").equals(manager)) return each.toString();
    }
    throw new AssertionError("nothing is owned by " + manager + ": " + reply.body());
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
