package io.ordinal.controller.api;

import static io.ordinal.controller.api.ServedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.ServedApi.Reply;
import io.ordinal.controller.api.auth.Identity;
import io.ordinal.controller.replica.ReplicaCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EvictionTest {
  private static final String BUDGETS = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";
  private static final String PODS = "/api/v1/namespaces/default/pods/";
  private ServedApi api;

  @BeforeEach
  void serve() {
    api = new ServedApi();
    for (int n = 0; n < 3; n++) pod("p" + n, "'Running'", true);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_pod_without_a_budget_is_deleted_as_the_eviction_says() {
    Reply evicted = evict("p0", "{'gracePeriodSeconds':7}");
    assertThat(evicted.code()).isEqualTo(201);
    assertThat(evicted.json().path("status").asString()).isEqualTo("Success");
    assertThat(deletes()).hasSize(1);
    assertThat(deletes().get(0).grace()).hasValue(Duration.ofSeconds(7));
    assertThat(deletes().get(0).uid()).hasValue("uid-p0");
    assertThat(evict("p0", "{}").code()).isEqualTo(404);
  }

  @Test
  void a_budget_refuses_what_it_cannot_bear_in_the_words_of_kubernetes() {
    budget("b", "'minAvailable':3");
    Reply refused = evict("p0", "{}");
    assertThat(refused.code()).isEqualTo(429);
    assertThat(refused.reason()).isEqualTo("TooManyRequests");
    assertThat(refused.message())
        .isEqualTo("Cannot evict pod as it would violate the pod's disruption budget.");
    assertThat(refused.json().at("/details/causes/0/reason").asString())
        .isEqualTo("DisruptionBudget");
    assertThat(refused.json().at("/details/causes/0/message").asString())
        .isEqualTo("The disruption budget b needs 3 healthy pods and has 3 currently");
    // With it clients would repeat the request by themselves, out of the sight of their users.
    assertThat(refused.raw().headers().firstValue("Retry-After")).isEmpty();
    assertThat(deletes()).isEmpty();
  }

  @Test
  void evictions_at_the_same_time_never_overdraw_a_budget() {
    for (int n = 3; n < 12; n++) pod("p" + n, "'Running'", true);
    budget("b", "'minAvailable':10");
    List<CompletableFuture<Reply>> asked =
        IntStream.range(0, 12)
            .mapToObj(n -> CompletableFuture.supplyAsync(() -> evict("p" + n, "{}")))
            .toList();
    List<Integer> codes = new ArrayList<>();
    asked.forEach(each -> codes.add(each.join().code()));
    assertThat(codes).filteredOn(code -> code == 201).hasSize(2);
    assertThat(codes).filteredOn(code -> code == 429).hasSize(10);
    assertThat(deletes()).hasSize(2);
    assertThat(ok(api.get(BUDGETS + "/b")).object().status().has("disruptedPods")).isFalse();
  }

  @Test
  void a_dry_run_changes_nothing() {
    budget("b", "'minAvailable':2");
    String before = ok(api.get(BUDGETS + "/b")).object().resourceVersion();
    assertThat(evict("p0", "{'dryRun':['All']}").code()).isEqualTo(201);
    assertThat(deletes()).isEmpty();
    assertThat(ok(api.get(BUDGETS + "/b")).object().resourceVersion()).isEqualTo(before);
  }

  @Test
  void preconditions_and_names_must_fit() {
    assertThat(evict("p0", "{'preconditions':{'uid':'other'}}").code()).isEqualTo(409);
    assertThat(api.post(PODS + "p0/eviction", json("{'metadata':{'name':'p1'}}")).message())
        .isEqualTo("name in URL does not match name in Eviction object");
    assertThat(api.post(PODS + "p0/eviction", json("{'kind':'Pod'}")).code()).isEqualTo(400);
    assertThat(api.get(PODS + "p0/eviction").code()).isEqualTo(405);
    assertThat(api.post(PODS + "p0", "{}").code()).isEqualTo(405);
    assertThat(deletes()).isEmpty();
  }

  @Test
  void a_pod_that_does_not_run_is_not_protected() {
    budget("b", "'minAvailable':4");
    pod("waiting", "'Pending'", false);
    assertThat(evict("waiting", "{}").code()).isEqualTo(201);
  }

  @Test
  void replicas_of_an_ordered_set_leave_one_by_one() {
    ok(api.post("/api/v1/nodes", json("{'metadata':{'name':'a'},'spec':{'unschedulable':true}}")));
    orderedSet(2);
    Reply early = evict("web-0", "{}");
    assertThat(early.code()).isEqualTo(429);
    assertThat(early.message())
        .isEqualTo("Cannot evict pod now: web-1, of the same ordered set, leaves this node first.");
    assertThat(evict("web-1", "{}").code()).isEqualTo(201);
    assertThat(evict("web-0", "{}").message()).contains("ordinal 1");
    ok(
        api.patch(
            "/apis/apps/v1/namespaces/default/statefulsets/web",
            "merge-patch+json",
            json("{'metadata':{'annotations':{'ordinal.io/eviction-order':'none'}}}")));
    assertThat(evict("web-0", "{}").code()).isEqualTo(201);
  }

  @Test
  void evictions_at_the_same_time_never_take_two_replicas_of_an_ordered_set() {
    orderedSet(8);
    List<CompletableFuture<Reply>> asked =
        IntStream.range(0, 8)
            .mapToObj(n -> CompletableFuture.supplyAsync(() -> evict("web-" + n, "{}")))
            .toList();
    assertThat(asked).filteredOn(each -> each.join().code() == 201).hasSize(1);
    assertThat(deletes()).hasSize(1);
  }

  private void orderedSet(int replicas) {
    ok(
        api.post(
            "/apis/apps/v1/namespaces/default/statefulsets",
            json(
                ("{'metadata':{'name':'web'},'spec':{'serviceName':'web','replicas':%d,"
                        + "'selector':{'matchLabels':{'app':'web'}},"
                        + "'template':{'metadata':{'labels':{'app':'web'}},"
                        + "'spec':{'containers':[{'name':'c','image':'x'}]}}}}")
                    .formatted(replicas))));
    String uid = ok(api.get("/apis/apps/v1/namespaces/default/statefulsets/web")).object().uid();
    for (int n = 0; n < replicas; n++) member("web-" + n, uid);
  }

  @Test
  void a_member_may_empty_its_own_node_and_nothing_else() {
    try (ServedApi other =
        new ServedApi(
            request -> new Identity("ordinal:member:a", Set.of("ordinal:members")),
            Optional.empty(),
            false)) {
      String pod =
          "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'%s','namespace':'default',"
              + "'uid':'u'},'spec':{'nodeName':'%s'},'status':{'phase':'Running'}}";
      other.replicas.store("default", "mine", json(pod.formatted("mine", "a")));
      other.replicas.store("default", "yours", json(pod.formatted("yours", "b")));
      assertThat(other.get("/api/v1/pods").code()).isEqualTo(200);
      assertThat(other.post(PODS + "mine/eviction", "{}").code()).isEqualTo(201);
      assertThat(other.post(PODS + "yours/eviction", "{}").code()).isEqualTo(403);
      assertThat(other.delete(PODS + "yours", "{}").code()).isEqualTo(403);
      assertThat(other.get("/api/v1/nodes/a").code()).isEqualTo(404);
      assertThat(other.get("/api/v1/nodes/b").code()).isEqualTo(403);
      assertThat(other.get("/api/v1/secrets").code()).isEqualTo(403);
    }
  }

  @Test
  void budgets_are_checked_like_those_of_kubernetes() {
    Reply both =
        api.post(
            BUDGETS,
            json("{'metadata':{'name':'x'},'spec':{'minAvailable':1,'maxUnavailable':1}}"));
    assertThat(both.code()).isEqualTo(422);
    assertThat(both.message()).contains("minAvailable and maxUnavailable cannot be both set");
    assertThat(
            api.post(BUDGETS, json("{'metadata':{'name':'x'},'spec':{'minAvailable':'101%'}}"))
                .message())
        .contains("must not be greater than 100%");
    Reply made = budget("b", "'maxUnavailable':'25%'");
    assertThat(made.object().generation()).isEqualTo(1);
    Reply table = api.get(BUDGETS, "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");
    assertThat(table.json().at("/rows/0/cells").toString()).startsWith("[\"b\",\"N/A\",\"25%\",0,");
  }

  @Test
  void discovery_tells_kubectl_that_pods_can_be_evicted() {
    Reply found = ok(api.get("/api/v1"));
    assertThat(found.body())
        .contains("\"name\":\"pods/eviction\"")
        .contains("\"group\":\"policy\",\"version\":\"v1\",\"kind\":\"Eviction\"");
    assertThat(ok(api.get("/apis")).body()).contains("\"name\":\"policy\"");
  }

  private Reply evict(String pod, String options) {
    return api.post(
        PODS + pod + "/eviction",
        json(
            ("{'apiVersion':'policy/v1','kind':'Eviction','metadata':{'name':'%s',"
                    + "'namespace':'default'},'deleteOptions':%s}")
                .formatted(pod, options)));
  }

  private Reply budget(String name, String limit) {
    return ok(
        api.post(
            BUDGETS,
            json(
                "{'metadata':{'name':'%s'},'spec':{%s,'selector':{'matchLabels':{'app':'web'}}}}"
                    .formatted(name, limit))));
  }

  private void pod(String name, String phase, boolean ready) {
    put(name, "", phase, ready);
  }

  private void member(String name, String uid) {
    put(
        name,
        (",'ownerReferences':[{'apiVersion':'apps/v1','kind':'StatefulSet','name':'web',"
                + "'uid':'%s','controller':true}]")
            .formatted(uid),
        "'Running'",
        true);
  }

  private void put(String name, String owners, String phase, boolean ready) {
    api.replicas.store(
        "default",
        name,
        json(
            ("{'apiVersion':'v1','kind':'Pod','metadata':{'name':'%s','namespace':'default',"
                    + "'uid':'uid-%s','creationTimestamp':'2020-01-01T00:00:00Z',"
                    + "'labels':{'app':'web'}%s},'spec':{'nodeName':'a','containers':[{'name':'c',"
                    + "'image':'x'}]},'status':{'phase':%s,'conditions':[{'type':'Ready',"
                    + "'status':'%s'}]}}")
                .formatted(name, name, owners, phase, ready ? "True" : "False")));
  }

  private List<ReplicaCommand.Delete> deletes() {
    return api.replicas.received().stream()
        .filter(ReplicaCommand.Delete.class::isInstance)
        .map(ReplicaCommand.Delete.class::cast)
        .toList();
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
