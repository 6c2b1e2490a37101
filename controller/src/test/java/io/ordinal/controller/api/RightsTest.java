package io.ordinal.controller.api;

import static io.ordinal.controller.api.ServedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.ServedApi.Reply;
import io.ordinal.controller.api.access.BuiltInRoles;
import io.ordinal.controller.api.auth.Authenticator;
import io.ordinal.controller.api.auth.Identity;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is hard about rights: subresources, writes that are something else too, grants. */
class RightsTest {
  private static final String DEFAULT = "/api/v1/namespaces/default/";
  private static final String ACCESS = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/";
  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final String MERGE = "application/merge-patch+json";
  private static ServedApi api;
  private static int users;

  @BeforeAll
  static void serve() {
    Authenticator byHeader =
        request ->
            request
                .getHeader("X-User")
                .map(HttpHeader::value)
                .map(name -> new Identity(name, Set.of(Identity.AUTHENTICATED)))
                .orElse(ServedApi.ADMIN);
    api = new ServedApi(byHeader, Optional.empty(), true);
    new BuiltInRoles(api.store, InstantSource.system(), () -> UUID.randomUUID().toString())
        .lay()
        .toCompletableFuture()
        .join();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"exec", "attach", "portforward"})
  void a_stream_is_opened_by_the_verb_of_its_method_and_by_its_own_subresource(String stream) {
    String path = DEFAULT + "pods/absent/" + stream + "?command=id&ports=80";
    String getter = user(rule("get", "", "pods/" + stream));
    assertThat(as(getter, "GET", path, null).code()).isNotEqualTo(403);
    assertThat(as(getter, "POST", path, "").message())
        .contains("cannot create resource \"pods/" + stream + "\"");
    String creator = user(rule("create", "", "pods/" + stream));
    assertThat(as(creator, "POST", path, "").code()).isNotEqualTo(403);
    assertThat(as(creator, "GET", path, null).message())
        .contains("cannot get resource \"pods/" + stream + "\"");
    String ofPods = user(rule("*", "", "pods"), rule("*", "", "pods/log"));
    assertThat(as(ofPods, "GET", path, null).code()).isEqualTo(403);
    assertThat(as(ofPods, "POST", path, "").code()).isEqualTo(403);
  }

  @Test
  void who_reads_pods_does_not_read_their_logs_nor_the_other_way_round() {
    String ofPods = user(rule("get", "", "pods"));
    assertThat(as(ofPods, "GET", DEFAULT + "pods/absent", null).code()).isEqualTo(404);
    assertThat(as(ofPods, "GET", DEFAULT + "pods/absent/log", null).code()).isEqualTo(403);
    String ofLogs = user(rule("get", "", "pods/log"));
    assertThat(as(ofLogs, "GET", DEFAULT + "pods/absent/log", null).code()).isEqualTo(404);
    assertThat(as(ofLogs, "GET", DEFAULT + "pods/absent", null).code()).isEqualTo(403);
  }

  @Test
  void view_opens_no_stream_and_edit_does() {
    String viewer = bound("view");
    String editor = bound("edit");
    for (String stream : new String[] {"exec", "attach", "portforward"}) {
      String path = DEFAULT + "pods/absent/" + stream + "?command=id";
      assertThat(as(viewer, "GET", path, null).code()).as(stream).isEqualTo(403);
      assertThat(as(viewer, "POST", path, "").code()).as(stream).isEqualTo(403);
      assertThat(as(editor, "GET", path, null).code()).as(stream).isNotEqualTo(403);
      assertThat(as(editor, "POST", path, "").code()).as(stream).isNotEqualTo(403);
    }
    assertThat(as(viewer, "GET", DEFAULT + "pods/absent/log", null).code()).isEqualTo(404);
  }

  @Test
  void who_lists_does_not_watch() {
    String lister = user(rule("list", "", "configmaps"));
    assertThat(as(lister, "GET", DEFAULT + "configmaps", null).code()).isEqualTo(200);
    String watch = DEFAULT + "configmaps?watch=true&timeoutSeconds=1";
    assertThat(as(lister, "GET", watch, null).message()).contains("cannot watch resource");
    String watcher = user(rule("watch", "", "configmaps"));
    assertThat(as(watcher, "GET", watch, null).code()).isEqualTo(200);
    assertThat(as(watcher, "GET", DEFAULT + "configmaps", null).code()).isEqualTo(403);
  }

  @Test
  void who_deletes_one_does_not_delete_all() {
    ok(api.post(DEFAULT + "configmaps", json("{'metadata':{'name':'kept'}}")));
    String deleter = user(rule("delete", "", "configmaps"), rule("list", "", "configmaps"));
    Reply refused = as(deleter, "DELETE", DEFAULT + "configmaps", null);
    assertThat(refused.message()).contains("cannot deletecollection resource \"configmaps\"");
    assertThat(api.get(DEFAULT + "configmaps/kept").code()).isEqualTo(200);
    String collector = user(rule("deletecollection", "", "configmaps"));
    assertThat(as(collector, "DELETE", DEFAULT + "configmaps/kept", null).code()).isEqualTo(403);
    ok(as(collector, "DELETE", DEFAULT + "configmaps?fieldSelector=metadata.name=kept", null));
    assertThat(api.get(DEFAULT + "configmaps/kept").code()).isEqualTo(404);
  }

  @Test
  void a_put_or_an_apply_that_creates_needs_the_right_to_create() {
    String service =
        json(
            "{'apiVersion':'v1','kind':'Service','metadata':{'name':'s'},'spec':{'clusterIP':'None'}}");
    String path = DEFAULT + "services/s";
    String apply = "application/apply-patch+yaml";
    String writer = user(rule("update", "", "services"), rule("patch", "", "services"));
    assertThat(as(writer, "PUT", path, service).message())
        .contains("cannot create resource \"services\"");
    assertThat(typed(writer, "PATCH", path + "?fieldManager=me", service, apply).message())
        .contains("cannot create resource \"services\"");
    assertThat(api.get(path).code()).isEqualTo(404);
    String creator = user(rule("update", "", "services"), rule("create", "", "services"));
    assertThat(as(creator, "PUT", path, service).code()).isEqualTo(201);
    assertThat(typed(writer, "PATCH", path + "?fieldManager=me", service, apply).code())
        .isEqualTo(200);
  }

  @Test
  void who_may_escalate_writes_roles_beyond_their_own_rights_and_nobody_else() {
    String wide = json("{'metadata':{'name':'wide'},'rules':[" + rule("get", "", "secrets") + "]}");
    String plain = user(rule("create", RBAC, "roles"));
    assertThat(as(plain, "POST", ACCESS + "roles", wide).message())
        .contains("attempting to grant RBAC permissions not currently held");
    assertThat(api.get(ACCESS + "roles/wide").code()).isEqualTo(404);
    String able = user(rule("create", RBAC, "roles"), rule("escalate", RBAC, "roles"));
    assertThat(as(able, "POST", ACCESS + "roles", wide).code()).isEqualTo(201);
    String holder = user(rule("create", RBAC, "roles"), rule("get", "", "secrets"));
    String own = wide.replace("\"wide\"", "\"own\"");
    assertThat(as(holder, "POST", ACCESS + "roles", own).code()).isEqualTo(201);
  }

  @Test
  void who_may_bind_a_role_gives_that_one_and_no_other() {
    String able =
        user(
            rule("create", RBAC, "rolebindings"),
            "{'verbs':['bind'],'apiGroups':['"
                + RBAC
                + "'],'resources':['clusterroles'],"
                + "'resourceNames':['view']}");
    assertThat(as(able, "POST", ACCESS + "rolebindings", binding("v", "view", able)).code())
        .isEqualTo(201);
    assertThat(as(able, "POST", ACCESS + "rolebindings", binding("e", "edit", able)).message())
        .contains("attempting to grant RBAC permissions not currently held");
    assertThat(api.get(ACCESS + "rolebindings/e").code()).isEqualTo(404);
    assertThat(as(able, "GET", DEFAULT + "configmaps", null).code()).isEqualTo(200);
    assertThat(as(able, "GET", DEFAULT + "secrets", null).code()).isEqualTo(403);
  }

  @Test
  void a_binding_is_not_widened_to_others_by_who_lacks_its_rights() {
    ok(api.post(ACCESS + "rolebindings", binding("team", "edit", "alice")));
    String path = ACCESS + "rolebindings/team";
    String writer = user(rule("*", RBAC, "rolebindings"));
    String wider =
        json("{'subjects':[{'kind':'User','name':'alice'},{'kind':'User','name':'%s'}]}")
            .formatted(writer);
    assertNotHeld(typed(writer, "PATCH", path, wider, MERGE));
    assertNotHeld(typed(writer, "PATCH", path + "?dryRun=All", wider, MERGE));
    assertNotHeld(as(writer, "PUT", path, binding("team", "edit", writer)));
    assertThat(api.get(path).body()).doesNotContain(writer);
    String label = json("{'metadata':{'labels':{'a':'b'}}}");
    assertThat(typed(writer, "PATCH", path, label, MERGE).code()).isEqualTo(200);
    assertThat(as(writer, "DELETE", path, null).code()).isEqualTo(200);
  }

  @Test
  void a_role_is_not_widened_by_who_lacks_what_it_gains() {
    String narrow = rule("get", "", "pods");
    ok(api.post(ACCESS + "roles", json("{'metadata':{'name':'r'},'rules':[" + narrow + "]}")));
    String writer = user(rule("*", RBAC, "roles").replace("'*'", "'patch','update'"), narrow);
    String wider = json("{'rules':[" + narrow + "," + rule("get", "", "secrets") + "]}");
    String path = ACCESS + "roles/r";
    assertNotHeld(typed(writer, "PATCH", path, wider, MERGE));
    assertNotHeld(
        as(writer, "PUT", path, wider.replaceFirst("\\{", "{\"metadata\":{\"name\":\"r\"},")));
    assertThat(api.get(path).body()).doesNotContain("secrets");
  }

  @Test
  void edit_is_taken_for_accounts_of_its_namespace_and_for_nobody_else() {
    ok(api.post(DEFAULT + "serviceaccounts", json("{'metadata':{'name':'robot'}}")));
    String editor = bound("edit");
    String robot = "system:serviceaccount:default:robot";
    assertThat(taken(editor, robot, "").message()).contains("User \"" + robot + "\" cannot list");
    assertThat(taken(editor, "system:serviceaccount:other:robot", "").message())
        .contains("cannot impersonate resource \"serviceaccounts\"");
    assertThat(taken(editor, "jane", "").message())
        .contains("cannot impersonate resource \"users\"");
    assertThat(taken(editor, robot, Identity.MASTERS).message())
        .contains("cannot impersonate resource \"groups\"");
  }

  private static void assertNotHeld(Reply reply) {
    assertThat(reply.code()).isEqualTo(403);
    assertThat(reply.message()).contains("attempting to grant RBAC permissions not currently held");
  }

  private static Reply taken(String user, String as, String group) {
    Map<String, String> headers = new HashMap<>(Map.of("X-User", user, "Impersonate-User", as));
    if (!group.isEmpty()) headers.put("Impersonate-Group", group);
    return api.send("GET", DEFAULT + "configmaps", null, headers);
  }

  private static Reply as(String user, String method, String path, String body) {
    return typed(user, method, path, body, "application/json");
  }

  private static Reply typed(String user, String method, String path, String body, String type) {
    return api.send(method, path, body, Map.of("X-User", user, "Content-Type", type));
  }

  /** A fresh user who may do that in the namespace. */
  private static String user(String... rules) {
    String name = "user" + ++users;
    String role = "{'metadata':{'name':'" + name + "'},'rules':[" + String.join(",", rules) + "]}";
    ok(api.post(ACCESS + "roles", json(role)));
    String binding = binding(name, name, name).replace("ClusterRole", "Role");
    ok(api.post(ACCESS + "rolebindings", binding));
    return name;
  }

  /** A fresh user with a role of the cluster in the namespace. */
  private static String bound(String role) {
    String name = "user" + ++users;
    ok(api.post(ACCESS + "rolebindings", binding(name, role, name)));
    return name;
  }

  private static String rule(String verb, String group, String resource) {
    return "{'verbs':['%s'],'apiGroups':['%s'],'resources':['%s']}"
        .formatted(verb, group, resource);
  }

  private static String binding(String name, String role, String user) {
    return json(
        ("{'metadata':{'name':'%s'},'roleRef':{'kind':'ClusterRole','name':'%s'},"
                + "'subjects':[{'kind':'User','name':'%s'}]}")
            .formatted(name, role, user));
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
