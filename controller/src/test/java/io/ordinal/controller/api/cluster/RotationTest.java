package io.ordinal.controller.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.api.auth.ClusterSecrets;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.protocol.id.Revision;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RotationTest {
  private static ClusterKit kit;
  private final ServedCluster cluster = new ServedCluster(kit);

  @BeforeAll
  static void begin() {
    kit = new ClusterKit();
  }

  @AfterAll
  static void end() {
    kit.close();
  }

  @Test
  void the_key_and_the_administrators_token_change_apart() {
    ClusterSecrets first = founded();
    ObjectNode answer = cluster.rotate(Json.object().put("adminToken", true)).join();
    ClusterSecrets second = stored();
    assertThat(second.adminToken()).isNotEqualTo(first.adminToken());
    assertThat(second.keyId()).isEqualTo(first.keyId());
    assertThat(answer.toString()).doesNotContain(second.adminToken());
    answer = cluster.rotate(Json.object().put("signingKey", true).put("oldFor", "PT1H")).join();
    ClusterSecrets third = stored();
    assertThat(third.adminToken()).isEqualTo(second.adminToken());
    assertThat(third.keyId()).isNotEqualTo(first.keyId());
    assertThat(answer.path("oldUntil").asString()).isEqualTo("2030-01-01T01:00:00Z");
    assertThat(cluster.rotate(Json.object().put("signingKey", true)).join().path("oldUntil"))
        .hasToString("\"2031-01-01T00:00:00Z\"");
  }

  @Test
  void what_is_asked_wrongly_changes_nothing() {
    ClusterSecrets first = founded();
    for (ObjectNode wrong :
        List.of(
            Json.object(),
            Json.object().put("signingKey", true).put("oldFor", "1h"),
            Json.object().put("signingKey", true).put("oldFor", "PT-1S"),
            Json.object().put("signingKey", true).put("oldFor", "P366D"))) {
      assertThatThrownBy(() -> cluster.rotate(wrong).join())
          .as("%s", wrong)
          .cause()
          .isInstanceOfSatisfying(
              StatusException.class, refused -> assertThat(refused.status().code()).isEqualTo(400));
    }
    assertThat(stored().keyId()).isEqualTo(first.keyId());
    assertThat(stored().adminToken()).isEqualTo(first.adminToken());
  }

  @Test
  void an_event_tells_people_and_by_that_every_controller() {
    founded();
    List<Revision> hints = new ArrayList<>();
    cluster.store.onChange(hints::add);
    cluster.rotate(Json.object().put("signingKey", true).put("oldFor", "PT0S")).join();
    assertThat(hints).hasSize(1);
    ResourceName events = new ResourceName("events");
    List<String> messages =
        cluster
            .store
            .read(
                Freshness.LOCAL,
                view ->
                    view.list(events, "default").stream()
                        .map(each -> ApiObject.of(each).tree().path("message").asString(""))
                        .toList())
            .toCompletableFuture()
            .join();
    assertThat(messages)
        .containsExactly(
            "another key signs tokens, those of the one before hold until 2030-01-01T00:00:00Z");
  }

  @Test
  void those_who_rotate_at_once_each_get_a_key() {
    founded();
    List<CompletableFuture<ObjectNode>> asked =
        IntStream.range(0, 8)
            .mapToObj(i -> cluster.rotate(Json.object().put("signingKey", true)))
            .toList();
    Set<String> keys = new TreeSet<>();
    asked.forEach(each -> keys.add(each.join().path("signingKey").asString()));
    assertThat(keys).hasSize(8).contains(stored().keyId());
  }

  private ClusterSecrets founded() {
    return ClusterSecrets.settle(cluster.store, new SecureRandom()).toCompletableFuture().join();
  }

  private ClusterSecrets stored() {
    return cluster
        .store
        .read(Freshness.LOCAL, ClusterSecrets::in)
        .toCompletableFuture()
        .join()
        .orElseThrow();
  }
}
