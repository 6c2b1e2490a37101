package io.ordinal.controller.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.api.auth.AccountName;
import io.ordinal.controller.api.auth.Identity;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class AuthorizerTest {
  private static final Identity BOB = new Identity("bob", Set.of("devs", Identity.AUTHENTICATED));
  private static final Action GET_POD =
      new Action.OnResource("get", "", "pods", "", "shop", "web-0");
  private static final Action GET_WIDGET =
      new Action.OnResource("get", "example.org", "widgets", "", "shop", "w");

  private final ActorTestKit kit = ActorTestKit.create();
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final BuiltInRoles roles =
      new BuiltInRoles(store, () -> Instant.EPOCH, () -> UUID.randomUUID().toString());
  private AccessIndex index;
  private Authorizer authorizer;

  @BeforeEach
  void begin() {
    index =
        new AccessIndex(
            store,
            AccessSettings.from(ConfigFactory.load().getConfig("ordinal.api.access")),
            kit.system());
    authorizer = new Authorizer(index);
    lay();
  }

  @AfterEach
  void stop() {
    index.close();
    kit.shutdownTestKit();
  }

  @Test
  void a_grant_holds_as_soon_as_it_is_acknowledged() {
    for (int round = 0; round < 20; round++) {
      bind("b" + round, "user" + round, "view");
      Identity user = new Identity("user" + round, Set.of(Identity.AUTHENTICATED));
      assertThat(rule(user, GET_POD))
          .isEqualTo(
              Ruling.allowed(
                  "RBAC: allowed by RoleBinding \"b%d/shop\" of ClusterRole \"view\" to User \"user%d\""
                      .formatted(round, round)));
    }
  }

  @Test
  void a_binding_holds_in_its_namespace_only_and_a_binding_of_nothing_nowhere() {
    bind("b", "bob", "view");
    bind("void", "bob", "missing");
    assertThat(rule(BOB, GET_POD).allowed()).isTrue();
    Action elsewhere = new Action.OnResource("get", "", "pods", "", "other", "web-0");
    assertThat(rule(BOB, elsewhere)).isEqualTo(Ruling.REFUSED);
    Action everywhere = new Action.OnResource("list", "", "pods", "", "", "");
    assertThat(rule(BOB, everywhere)).isEqualTo(Ruling.REFUSED);
  }

  @Test
  void what_is_taken_away_ends() {
    bind("b", "bob", "view");
    assertThat(rule(BOB, GET_POD).allowed()).isTrue();
    commit(new Operation.Delete(key(AccessKinds.BINDINGS, "shop", "b"), Condition.ANY));
    Awaitility.await().until(() -> !authorizer.decide(BOB, GET_POD).allowed());
  }

  @Test
  void a_role_gathers_the_rules_of_others_by_their_labels() {
    bind("b", "bob", "view");
    assertThat(rule(BOB, GET_WIDGET).allowed()).isFalse();
    put(
        key(AccessKinds.CLUSTER_ROLES, "", "widget-viewer"),
        "{'kind':'ClusterRole','metadata':{'name':'widget-viewer','labels':"
            + "{'rbac.authorization.k8s.io/aggregate-to-view':'true'}},'rules':"
            + "[{'verbs':['get'],'apiGroups':['example.org'],'resources':['widgets']}]}");
    assertThat(rule(BOB, GET_WIDGET).allowed()).isTrue();
  }

  @Test
  void everybody_known_may_ask_about_themselves_and_strangers_get_version_and_health() {
    Action ask =
        new Action.OnResource(
            "create", "authorization.k8s.io", "selfsubjectaccessreviews", "", "", "");
    assertThat(rule(BOB, ask).allowed()).isTrue();
    assertThat(rule(Identity.ANONYMOUS, ask).allowed()).isFalse();
    assertThat(rule(BOB, new Action.OnPath("get", "/apis/apps")).allowed()).isTrue();
    assertThat(rule(Identity.ANONYMOUS, new Action.OnPath("get", "/apis")).allowed()).isFalse();
    assertThat(rule(Identity.ANONYMOUS, new Action.OnPath("get", "/version")).allowed()).isTrue();
    assertThat(rule(BOB, new Action.OnPath("get", "/metrics")).allowed()).isFalse();
  }

  @Test
  void a_member_reads_pods_and_nothing_else() {
    Identity member =
        new Identity("ordinal:member:n1", Set.of("ordinal:members", Identity.AUTHENTICATED));
    assertThat(rule(member, GET_POD).allowed()).isTrue();
    Action node = new Action.OnResource("patch", "", "nodes", "", "", "n1");
    assertThat(rule(member, node).allowed()).isTrue();
    assertThat(rule(member, new Action.OnResource("patch", "", "nodes", "", "", "n2")).allowed())
        .isFalse();
    assertThat(rule(member, GET_WIDGET).allowed()).isFalse();
    Action foreign = new Action.OnResource("get", "metrics.k8s.io", "pods", "", "shop", "p");
    assertThat(rule(member, foreign).allowed()).isFalse();
  }

  @Test
  void a_start_puts_back_rules_that_are_missing_and_leaves_what_was_added() {
    ObjectKey view = key(AccessKinds.CLUSTER_ROLES, "", "view");
    ObjectNode role = read(view).copy();
    int rules = role.path("rules").size();
    role.withArray("rules").remove(0);
    role.withArray("rules").addObject().putArray("verbs").add("own");
    put(view, role.toString());
    lay();
    assertThat(read(view).tree().path("rules").size()).isEqualTo(rules + 1);
    String revision = read(view).resourceVersion();
    lay();
    assertThat(read(view).resourceVersion()).isEqualTo(revision);
  }

  @Test
  void what_a_start_lays_is_laid_though_somebody_writes_a_role_meanwhile() {
    ObjectKey view = key(AccessKinds.CLUSTER_ROLES, "", "view");
    ObjectKey edit = key(AccessKinds.CLUSTER_ROLES, "", "edit");
    int rules = read(view).tree().path("rules").size();
    ObjectNode role = read(view).copy();
    role.withArray("rules").remove(0);
    put(view, role.toString());
    commit(new Operation.Delete(edit, Condition.ANY));
    role.withObject("/metadata/labels").put("written", "meanwhile");
    store.beforeNextCommit(() -> put(view, role.toString()));
    lay();
    assertThat(read(view).tree().path("rules").size()).isEqualTo(rules);
    assertThat(read(view).labels()).containsEntry("written", "meanwhile");
    assertThat(read(edit).name()).isEqualTo("edit");
  }

  @Test
  void a_start_leaves_alone_what_is_kept_as_it_is() {
    ObjectKey view = key(AccessKinds.CLUSTER_ROLES, "", "view");
    ObjectNode role = read(view).copy();
    role.withObject("/metadata/annotations")
        .put("rbac.authorization.kubernetes.io/autoupdate", "false");
    role.putArray("rules");
    put(view, role.toString());
    lay();
    assertThat(read(view).tree().path("rules")).isEmpty();
  }

  @Test
  void accounts_are_known_by_uid() {
    ObjectKey key = key(AccessKinds.ACCOUNTS, "shop", "robot");
    put(key, "{'kind':'ServiceAccount','metadata':{'name':'robot','namespace':'shop','uid':'u1'}}");
    index.caughtUp().toCompletableFuture().join();
    AccountName robot = new AccountName("shop", "robot");
    assertThat(index.uid(robot)).isEqualTo(Optional.of("u1"));
    commit(new Operation.Delete(key, Condition.ANY));
    index.caughtUp().toCompletableFuture().join();
    assertThat(index.uid(robot)).isEmpty();
  }

  private Ruling rule(Identity identity, Action action) {
    return authorizer.rule(identity, action).toCompletableFuture().join();
  }

  private void lay() {
    roles.lay().toCompletableFuture().join();
  }

  private void bind(String name, String user, String role) {
    put(
        key(AccessKinds.BINDINGS, "shop", name),
        ("{'kind':'RoleBinding','metadata':{'name':'%s','namespace':'shop'},'roleRef':"
                + "{'kind':'ClusterRole','name':'%s'},'subjects':[{'kind':'User','name':'%s'}]}")
            .formatted(name, role, user));
  }

  private ApiObject read(ObjectKey key) {
    return store
        .read(Freshness.LINEARIZABLE, view -> ApiObject.of(view.get(key).orElseThrow()))
        .toCompletableFuture()
        .join();
  }

  private static ObjectKey key(ResourceName resource, String namespace, String name) {
    return new ObjectKey(resource, namespace, name);
  }

  private void put(ObjectKey key, String json) {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    ApiObject object = new ApiObject(Json.object(bytes));
    commit(new Operation.Put(key, object.draft(), Condition.ANY));
  }

  private void commit(Operation operation) {
    store.commit(Transaction.of(operation)).toCompletableFuture().join();
  }
}
