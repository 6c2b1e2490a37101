package io.ordinal.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1DeleteOptions;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Scale;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V1StatefulSetSpec;
import io.kubernetes.client.util.CallGeneratorParams;
import io.kubernetes.client.util.Config;
import io.kubernetes.client.util.PatchUtils;
import io.kubernetes.client.util.Watch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs with the official client for Java. */
@Tag("long")
class OfficialJavaTest {
  private static RunningCluster cluster;
  private static ApiClient client;
  private static CoreV1Api core;

  @BeforeAll
  static void up() throws IOException {
    cluster = RunningCluster.started();
    client = Config.fromConfig(cluster.kubeconfig().toString());
    client.setReadTimeout(0);
    core = new CoreV1Api(client);
  }

  @AfterAll
  static void down() {
    if (client != null) {
      client.getHttpClient().dispatcher().executorService().shutdown();
      client.getHttpClient().connectionPool().evictAll();
    }
    if (cluster != null) cluster.close();
  }

  @Test
  void an_object_is_made_read_replaced_patched_and_deleted() throws ApiException {
    V1ConfigMap made = core.createNamespacedConfigMap("default", map("typed", "a", "1")).execute();
    assertThat(made.getMetadata().getUid()).isNotEmpty();
    assertThat(made.getMetadata().getCreationTimestamp()).isNotNull();
    V1ConfigMap read = core.readNamespacedConfigMap("typed", "default").execute();
    read.putDataItem("b", "2");
    core.replaceNamespacedConfigMap("typed", "default", read).execute();
    assertThatThrownBy(() -> core.replaceNamespacedConfigMap("typed", "default", read).execute())
        .isInstanceOfSatisfying(
            ApiException.class,
            refused -> {
              assertThat(refused.getCode()).isEqualTo(409);
              assertThat(refused.getResponseBody()).contains("\"reason\":\"Conflict\"");
            });
    assertThat(
            patched("[{\"op\":\"remove\",\"path\":\"/data/a\"}]", V1Patch.PATCH_FORMAT_JSON_PATCH))
        .isEqualTo(Map.of("b", "2"));
    assertThat(patched("{\"data\":{\"c\":\"3\"}}", V1Patch.PATCH_FORMAT_STRATEGIC_MERGE_PATCH))
        .isEqualTo(Map.of("b", "2", "c", "3"));
    assertThat(patched("{\"data\":{\"b\":null}}", V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH))
        .isEqualTo(Map.of("c", "3"));
    assertThat(core.deleteNamespacedConfigMap("typed", "default").execute().getStatus())
        .isEqualTo("Success");
    assertThatThrownBy(() -> core.readNamespacedConfigMap("typed", "default").execute())
        .isInstanceOfSatisfying(
            ApiException.class, refused -> assertThat(refused.getCode()).isEqualTo(404));
  }

  private static Map<String, String> patched(String patch, String format) throws ApiException {
    return PatchUtils.patch(
            V1ConfigMap.class,
            () ->
                core.patchNamespacedConfigMap("typed", "default", new V1Patch(patch))
                    .buildCall(null),
            format,
            client)
        .getData();
  }

  @Test
  void a_list_comes_in_pages_and_goes_together() throws ApiException {
    for (int i = 0; i < 5; i++) {
      V1ConfigMap map = map("page-" + i, "a", "1");
      map.getMetadata().putLabelsItem("paged", "yes");
      core.createNamespacedConfigMap("default", map).execute();
    }
    List<String> names = new ArrayList<>();
    String next = null;
    String revision = null;
    do {
      V1ConfigMapList page =
          core.listNamespacedConfigMap("default")
              .labelSelector("paged=yes")
              .limit(2)
              ._continue(next)
              .execute();
      page.getItems().forEach(each -> names.add(each.getMetadata().getName()));
      if (revision == null) revision = page.getMetadata().getResourceVersion();
      assertThat(page.getMetadata().getResourceVersion()).isEqualTo(revision);
      next = page.getMetadata().getContinue();
    } while (next != null && !next.isEmpty());
    assertThat(names).containsExactly("page-0", "page-1", "page-2", "page-3", "page-4");
    core.deleteCollectionNamespacedConfigMap("default")
        .labelSelector("paged=yes")
        .body(new V1DeleteOptions())
        .execute();
    assertThat(
            core.listNamespacedConfigMap("default").labelSelector("paged=yes").execute().getItems())
        .isEmpty();
  }

  @Test
  void a_watch_tells_what_happens() throws ApiException, IOException {
    String from =
        core.listNamespacedConfigMap("default").execute().getMetadata().getResourceVersion();
    core.createNamespacedConfigMap("default", map("watched", "a", "1")).execute();
    core.deleteNamespacedConfigMap("watched", "default").execute();
    try (Watch<V1ConfigMap> watch =
        Watch.createWatch(
            client,
            core.listNamespacedConfigMap("default")
                .watch(true)
                .resourceVersion(from)
                .fieldSelector("metadata.name=watched")
                .timeoutSeconds(30)
                .buildCall(null),
            new com.google.gson.reflect.TypeToken<Watch.Response<V1ConfigMap>>() {}.getType())) {
      assertThat(watch.next().type).isEqualTo("ADDED");
      Watch.Response<V1ConfigMap> deleted = watch.next();
      assertThat(deleted.type).isEqualTo("DELETED");
      assertThat(deleted.object.getMetadata().getName()).isEqualTo("watched");
    }
  }

  @Test
  void an_informer_follows() throws ApiException {
    List<String> heard = new CopyOnWriteArrayList<>();
    SharedInformerFactory factory = new SharedInformerFactory(client);
    SharedIndexInformer<V1ConfigMap> informer =
        factory.sharedIndexInformerFor(
            (CallGeneratorParams params) ->
                core.listNamespacedConfigMap("default")
                    .resourceVersion(params.resourceVersion)
                    .timeoutSeconds(params.timeoutSeconds)
                    .watch(params.watch)
                    .buildCall(null),
            V1ConfigMap.class,
            V1ConfigMapList.class);
    informer.addEventHandler(
        new ResourceEventHandler<>() {
          @Override
          public void onAdd(V1ConfigMap map) {
            heard.add("added " + map.getMetadata().getName());
          }

          @Override
          public void onUpdate(V1ConfigMap old, V1ConfigMap map) {
            heard.add("updated " + map.getMetadata().getName());
          }

          @Override
          public void onDelete(V1ConfigMap map, boolean unknown) {
            heard.add("deleted " + map.getMetadata().getName());
          }
        });
    factory.startAllRegisteredInformers();
    try {
      await().atMost(Duration.ofSeconds(20)).until(informer::hasSynced);
      core.createNamespacedConfigMap("default", map("informed", "a", "1")).execute();
      heard("added informed", heard);
      V1ConfigMap read = core.readNamespacedConfigMap("informed", "default").execute();
      read.putDataItem("b", "2");
      core.replaceNamespacedConfigMap("informed", "default", read).execute();
      heard("updated informed", heard);
      core.deleteNamespacedConfigMap("informed", "default").execute();
      heard("deleted informed", heard);
    } finally {
      factory.stopAllRegisteredInformers();
    }
  }

  @Test
  void a_set_is_made_scaled_and_deleted() throws ApiException {
    AppsV1Api apps = new AppsV1Api(client);
    V1StatefulSet set =
        new V1StatefulSet()
            .metadata(new V1ObjectMeta().name("typed"))
            .spec(
                new V1StatefulSetSpec()
                    .replicas(1)
                    .serviceName("typed")
                    .selector(new V1LabelSelector().putMatchLabelsItem("app", "typed"))
                    .template(
                        new V1PodTemplateSpec()
                            .metadata(new V1ObjectMeta().putLabelsItem("app", "typed"))
                            .spec(
                                new V1PodSpec()
                                    .addContainersItem(
                                        new V1Container()
                                            .name("main")
                                            .image("busybox")
                                            .command(List.of("sleep", "1000"))))));
    apps.createNamespacedStatefulSet("default", set).execute();
    V1Scale scale = apps.readNamespacedStatefulSetScale("typed", "default").execute();
    scale.getSpec().setReplicas(2);
    scale.getMetadata().setResourceVersion(null); // The set's status changes at this moment.
    assertThat(
            apps.replaceNamespacedStatefulSetScale("typed", "default", scale)
                .execute()
                .getSpec()
                .getReplicas())
        .isEqualTo(2);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(
                        apps.readNamespacedStatefulSet("typed", "default")
                            .execute()
                            .getStatus()
                            .getReadyReplicas())
                    .isEqualTo(2));
    assertThat(core.listNamespacedPod("default").labelSelector("app=typed").execute().getItems())
        .allSatisfy(pod -> assertThat(pod.getStatus().getPhase()).isEqualTo("Running"));
    apps.deleteNamespacedStatefulSet("typed", "default").propagationPolicy("Foreground").execute();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                core.listNamespacedPod("default")
                    .labelSelector("app=typed")
                    .execute()
                    .getItems()
                    .isEmpty());
  }

  private static void heard(String what, List<String> heard) {
    await().atMost(Duration.ofSeconds(20)).until(() -> heard.contains(what));
  }

  private static V1ConfigMap map(String name, String key, String value) {
    return new V1ConfigMap()
        .metadata(new V1ObjectMeta().name(name))
        .data(new java.util.HashMap<>(Map.of(key, value)));
  }
}
