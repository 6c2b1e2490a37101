package io.ordinal.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.kubernetes.client.extended.leaderelection.LeaderElector;
import io.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoordinationV1Api;
import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.util.Config;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs that elect a leader on a Lease with the official client for Java. */
@Tag("long")
class OfficialElectionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration DEADLINE = Duration.ofSeconds(8); // Others write at the same time.
  private static final Duration RETRY = Duration.ofSeconds(1); // The client waits in whole seconds.
  private static final int ADDITIONS = 50;
  private static final String COUNT = "example.com/count";

  private static RunningCluster cluster;
  private static final List<ApiClient> CLIENTS = new ArrayList<>();

  private final List<String> heard = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void up() {
    cluster = RunningCluster.started();
  }

  @AfterAll
  static void down() {
    for (ApiClient each : CLIENTS) {
      each.getHttpClient().dispatcher().executorService().shutdown();
      each.getHttpClient().connectionPool().evictAll();
    }
    if (cluster != null) cluster.close();
  }

  /** A program's own, with connections of its own. */
  private static ApiClient client() throws IOException {
    ApiClient client = Config.fromConfig(cluster.kubeconfig().toString());
    CLIENTS.add(client);
    return client;
  }

  /** A program that wants to lead. */
  private final class Candidate implements AutoCloseable {
    private final LeaderElector elector;
    private final CompletableFuture<Void> run;

    Candidate(String lease, String name) throws IOException {
      LeaseLock lock = new LeaseLock("default", lease, name, client());
      elector = new LeaderElector(new LeaderElectionConfig(lock, LEASE, DEADLINE, RETRY));
      run =
          CompletableFuture.runAsync(
              () ->
                  elector.run(
                      () -> heard.add(name + " leads"),
                      () -> heard.add(name + " stopped"),
                      leader -> heard.add(name + " knows " + leader)),
              task -> new Thread(task, name).start());
    }

    @Override
    public void close() {
      elector.close();
    }
  }

  private void awaitHeard(String what) {
    await().atMost(PATIENCE).until(() -> heard.contains(what));
  }

  @Test
  void one_leads_until_it_is_closed_and_the_other_takes_over() throws Exception {
    CoordinationV1Api api = new CoordinationV1Api(client());
    try (Candidate first = new Candidate("closed", "first")) {
      awaitHeard("first leads");
      try (Candidate second = new Candidate("closed", "second")) {
        awaitHeard("second knows first");
        V1Lease held = renewed(api, "closed");
        assertThat(held.getSpec().getHolderIdentity()).isEqualTo("first");
        assertThat(held.getSpec().getLeaseDurationSeconds()).isEqualTo(10);
        assertThat(heard).doesNotContain("second leads", "first stopped");
        first.close(); // Between two renewals; so it gives the Lease up, and nobody waits for it.
        assertThat(holder(api, "closed")).isNotEqualTo(Optional.of("first"));
        awaitHeard("second leads");
        first.run.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(heard).contains("first stopped").doesNotContain("second stopped");
        V1Lease taken = renewed(api, "closed");
        assertThat(taken.getSpec().getHolderIdentity()).isEqualTo("second");
        assertThat(taken.getSpec().getLeaseTransitions()).isEqualTo(1);
        assertThat(taken.getMetadata().getUid()).isEqualTo(held.getMetadata().getUid());
      }
    }
  }

  @Test
  void who_writes_the_lease_at_the_same_time_is_told_and_nothing_is_lost() throws Exception {
    CoordinationV1Api api = new CoordinationV1Api(client());
    try (Candidate leader = new Candidate("shared", "leader");
        Candidate waiting = new Candidate("shared", "waiting")) {
      await().atMost(PATIENCE).until(() -> holder(api, "shared").isPresent());
      String holder = holder(api, "shared").orElseThrow();
      V1Lease stale = read(api, "shared");
      OffsetDateTime renewal = renewed(api, "shared").getSpec().getRenewTime();
      stale.getSpec().setHolderIdentity("thief");
      assertThatThrownBy(() -> replace(api, "shared", stale))
          .satisfies(OfficialElectionTest::isConflict);
      List<CompletableFuture<Void>> writers = new ArrayList<>();
      CyclicBarrier begin = new CyclicBarrier(2);
      for (int i = 0; i < 2; i++) {
        CoordinationV1Api own = new CoordinationV1Api(client());
        writers.add(CompletableFuture.runAsync(() -> add("shared", own, begin)));
      }
      for (CompletableFuture<Void> each : writers) {
        each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      V1Lease after = renewed(api, "shared"); // With what the others have written before.
      assertThat(after.getMetadata().getAnnotations())
          .isEqualTo(Map.of(COUNT, Integer.toString(2 * ADDITIONS)));
      assertThat(after.getSpec().getHolderIdentity()).isEqualTo(holder);
      assertThat(after.getSpec().getLeaseTransitions()).isZero();
      assertThat(after.getSpec().getRenewTime()).isAfter(renewal);
      assertThat(heard).contains(holder + " leads");
      assertThat(heard).noneMatch(each -> each.endsWith(" stopped"));
    }
  }

  /** Adds to a number in the Lease, again where somebody was faster. */
  private static void add(String lease, CoordinationV1Api api, CyclicBarrier begin) {
    try {
      begin.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      for (int done = 0; done < ADDITIONS; ) {
        V1Lease read = read(api, lease);
        Map<String, String> annotations = new HashMap<>();
        if (read.getMetadata().getAnnotations() != null) {
          annotations.putAll(read.getMetadata().getAnnotations());
        }
        annotations.merge(
            COUNT, "1", (count, one) -> Integer.toString(Integer.parseInt(count) + 1));
        read.getMetadata().setAnnotations(annotations);
        try {
          replace(api, lease, read);
          done++;
        } catch (ApiException refused) {
          isConflict(refused);
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void isConflict(Throwable refused) {
    assertThat(refused)
        .isInstanceOfSatisfying(
            ApiException.class,
            each -> {
              assertThat(each.getCode()).isEqualTo(409);
              assertThat(each.getResponseBody())
                  .contains("\"reason\":\"Conflict\"", "the object has been modified");
            });
  }

  /** The Lease as it is when its holder has renewed it once more. */
  private static V1Lease renewed(CoordinationV1Api api, String lease) throws ApiException {
    OffsetDateTime before = read(api, lease).getSpec().getRenewTime();
    return await()
        .atMost(PATIENCE)
        .until(
            () -> read(api, lease),
            found ->
                found.getSpec().getRenewTime() != null
                    && !found.getSpec().getRenewTime().equals(before));
  }

  /** Nobody's as long as there is no such Lease, and when it was given up. */
  private static Optional<String> holder(CoordinationV1Api api, String lease) throws ApiException {
    try {
      return Optional.ofNullable(read(api, lease).getSpec().getHolderIdentity());
    } catch (ApiException none) {
      if (none.getCode() != 404) throw none;
      return Optional.empty();
    }
  }

  private static V1Lease read(CoordinationV1Api api, String lease) throws ApiException {
    return api.readNamespacedLease(lease, "default").execute();
  }

  private static void replace(CoordinationV1Api api, String name, V1Lease lease)
      throws ApiException {
    api.replaceNamespacedLease(name, "default", lease).execute();
  }
}
