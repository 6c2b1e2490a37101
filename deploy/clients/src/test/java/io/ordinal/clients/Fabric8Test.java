package io.ordinal.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Programs with fabric8's client. */
class Fabric8Test {
  private static RunningCluster cluster;
  private static KubernetesClient client;

  @BeforeAll
  static void up() {
    cluster = RunningCluster.started();
    Config config = Config.fromKubeconfig(cluster.kubeconfig().toFile());
    client = new KubernetesClientBuilder().withConfig(config).build();
  }

  @AfterAll
  static void down() {
    if (client != null) client.close();
    if (cluster != null) cluster.close();
  }

  @Test
  void it_finds_out_what_is_served() {
    assertThat(client.getKubernetesVersion().getMinor()).isEqualTo("32");
    assertThat(client.supports(StatefulSet.class)).isTrue();
    assertThat(client.hasApiGroup("apps", true)).isTrue();
    assertThat(client.getApiResources("apps/v1").getResources())
        .anyMatch(each -> each.getName().equals("statefulsets/scale"));
  }

  @Test
  void an_object_is_made_read_edited_and_deleted() {
    client.resource(map("typed", "a", "1")).create();
    var one = client.configMaps().inNamespace("default").withName("typed");
    assertThat(one.get().getData()).containsEntry("a", "1");
    one.edit(map -> new ConfigMapBuilder(map).addToData("b", "2").build());
    one.patch(PatchContext.of(PatchType.STRATEGIC_MERGE), "{\"data\":{\"c\":\"3\"}}");
    one.patch(PatchContext.of(PatchType.JSON), "[{\"op\":\"remove\",\"path\":\"/data/a\"}]");
    ConfigMap stale = one.get();
    assertThat(stale.getData()).isEqualTo(Map.of("b", "2", "c", "3"));
    one.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"b\":null}}");
    stale.getData().put("late", "x");
    assertThatThrownBy(() -> client.resource(stale).lockResourceVersion().update())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refused -> assertThat(refused.getCode()).isEqualTo(409));
    assertThat(client.resource(map("typed", "a", "1")).createOr(each -> each.update()).getData())
        .isEqualTo(Map.of("a", "1"));
    one.withTimeout(10, TimeUnit.SECONDS).delete();
    assertThat(one.get()).isNull();
  }

  @Test
  void lists_are_selected_and_deleted_together() {
    for (String name : List.of("s1", "s2", "s3")) {
      ConfigMap map = map(name, "a", "1");
      map.getMetadata().setLabels(Map.of("sort", name.equals("s3") ? "other" : "same"));
      client.resource(map).create();
    }
    var same = client.configMaps().inNamespace("default").withLabel("sort", "same");
    assertThat(names(same.list().getItems())).containsExactly("s1", "s2");
    same.delete();
    assertThat(same.list().getItems()).isEmpty();
    assertThat(client.configMaps().inNamespace("default").withName("s3").get()).isNotNull();
    assertThat(
            client.configMaps().inAnyNamespace().withField("metadata.name", "s3").list().getItems())
        .hasSize(1);
  }

  @Test
  void an_informer_follows() {
    List<String> heard = new CopyOnWriteArrayList<>();
    client.resource(map("informed-before", "a", "1")).create();
    try (SharedIndexInformer<ConfigMap> informer =
        client
            .configMaps()
            .inNamespace("default")
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(ConfigMap map) {
                    heard.add("added " + map.getMetadata().getName());
                  }

                  @Override
                  public void onUpdate(ConfigMap old, ConfigMap map) {
                    heard.add("updated " + map.getMetadata().getName());
                  }

                  @Override
                  public void onDelete(ConfigMap map, boolean unknown) {
                    heard.add("deleted " + map.getMetadata().getName() + " " + unknown);
                  }
                })) {
      assertThat(informer.hasSynced()).isTrue();
      assertThat(heard).contains("added informed-before");
      var one = client.resource(map("informed", "a", "1"));
      one.create();
      heard("added informed", heard);
      one.edit(map -> new ConfigMapBuilder(map).addToData("b", "2").build());
      heard("updated informed", heard);
      assertThat(informer.getStore().getByKey("default/informed").getData())
          .containsEntry("b", "2");
      one.delete();
      heard("deleted informed false", heard);
      assertThat(informer.getStore().getByKey("default/informed")).isNull();
    }
  }

  private static void heard(String what, List<String> heard) {
    await().atMost(Duration.ofSeconds(20)).until(() -> heard.contains(what));
  }

  @Test
  void managers_apply_side_by_side_and_conflict() {
    client.resource(map("applied", "mine", "1")).fieldManager("one").serverSideApply();
    ConfigMap both =
        client.resource(map("applied", "yours", "2")).fieldManager("two").serverSideApply();
    assertThat(both.getData()).isEqualTo(Map.of("mine", "1", "yours", "2"));
    assertThat(both.getMetadata().getManagedFields())
        .extracting(each -> each.getManager() + " " + each.getOperation())
        .containsExactlyInAnyOrder("one Apply", "two Apply");
    var theft = client.resource(map("applied", "mine", "stolen")).fieldManager("two");
    assertThatThrownBy(theft::serverSideApply)
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refused -> {
              assertThat(refused.getCode()).isEqualTo(409);
              assertThat(refused.getStatus().getDetails().getCauses().get(0).getField())
                  .isEqualTo(".data.mine");
            });
    assertThat(theft.forceConflicts().serverSideApply().getData())
        .isEqualTo(Map.of("mine", "stolen")); // And "yours" is given up.
  }

  @Test
  void one_leads_and_another_takes_over() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    CompletableFuture<?> first = elector("first", heard).start();
    heard("first leads", heard);
    CompletableFuture<?> second = elector("second", heard).start();
    heard("now first", heard);
    first.cancel(true);
    heard("second leads", heard);
    assertThat(heard.indexOf("first stopped")).isLessThan(heard.indexOf("second leads"));
    assertThat(
            client
                .leases()
                .inNamespace("default")
                .withName("elected")
                .get()
                .getSpec()
                .getHolderIdentity())
        .isEqualTo("second");
    second.cancel(true);
    heard("second stopped", heard);
  }

  private static LeaderElector elector(String name, List<String> heard) {
    return new LeaderElector(
        client,
        new LeaderElectionConfigBuilder()
            .withName("test")
            .withLock(new LeaseLock("default", "elected", name))
            .withLeaseDuration(Duration.ofSeconds(3))
            .withRenewDeadline(Duration.ofSeconds(2))
            .withRetryPeriod(Duration.ofMillis(300))
            .withReleaseOnCancel(true)
            .withLeaderCallbacks(
                new LeaderCallbacks(
                    () -> heard.add(name + " leads"),
                    () -> heard.add(name + " stopped"),
                    leader -> heard.add("now " + leader)))
            .build(),
        ForkJoinPool.commonPool());
  }

  @Test
  void a_set_runs_is_scaled_and_says_something() {
    StatefulSet set =
        new StatefulSetBuilder()
            .withNewMetadata()
            .withName("web")
            .withNamespace("default")
            .endMetadata()
            .withNewSpec()
            .withReplicas(1)
            .withServiceName("web")
            .withNewSelector()
            .addToMatchLabels("app", "web")
            .endSelector()
            .withNewTemplate()
            .withNewMetadata()
            .addToLabels("app", "web")
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("main")
            .withImage("busybox")
            .withCommand("sh", "-c", "echo hello from $HOSTNAME; exec sleep 1000")
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    client.resource(set).create();
    var web = client.apps().statefulSets().inNamespace("default").withName("web");
    web.waitUntilReady(60, TimeUnit.SECONDS);
    web.scale(2);
    Pod second =
        client.pods().inNamespace("default").withName("web-1").waitUntilReady(60, TimeUnit.SECONDS);
    assertThat(second.getStatus().getPodIP()).isNotEmpty();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(client.pods().inNamespace("default").withName("web-0").getLog())
                    .contains("hello from"));
    assertThat(
            names(client.pods().inNamespace("default").withLabel("app", "web").list().getItems()))
        .containsExactly("web-0", "web-1");
    web.withTimeout(60, TimeUnit.SECONDS).delete();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                client
                    .pods()
                    .inNamespace("default")
                    .withLabel("app", "web")
                    .list()
                    .getItems()
                    .isEmpty());
  }

  private static <T extends io.fabric8.kubernetes.api.model.HasMetadata> List<String> names(
      List<T> all) {
    return all.stream().map(each -> each.getMetadata().getName()).toList();
  }

  private static ConfigMap map(String name, String key, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .endMetadata()
        .addToData(key, value)
        .build();
  }
}
