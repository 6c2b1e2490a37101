package io.ordinal.controller.garbage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class DefaultAccountsTest {
  private final ActorTestKit kit = ActorTestKit.create();
  private final InMemoryObjectStore store = new InMemoryObjectStore();

  @BeforeEach
  void begin() {
    namespace("old", false);
    kit.spawn(
        DefaultAccounts.create(
            store,
            () -> Instant.parse("2030-01-01T00:00:00Z"),
            () -> UUID.randomUUID().toString(),
            new GarbageSettings(
                Duration.ofMinutes(1),
                Duration.ofMillis(20),
                Duration.ofMillis(20),
                4,
                Duration.ZERO)));
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void every_namespace_has_an_account_the_old_ones_and_the_new_ones() {
    await().until(() -> account("old").isPresent());
    namespace("new", false);
    await().until(() -> account("new").isPresent());
    assertThat(ApiObject.of(account("new").orElseThrow()).kind()).isEqualTo("ServiceAccount");
  }

  @Test
  void an_account_that_is_deleted_is_made_anew() {
    await().until(() -> account("old").isPresent());
    StoredObject first = account("old").orElseThrow();
    commit(new Operation.Delete(first.key(), Condition.ANY));
    await().until(() -> account("old").filter(each -> !each.uid().equals(first.uid())).isPresent());
  }

  @Test
  void a_namespace_that_ends_gets_none() {
    namespace("ending", true);
    namespace("later", false);
    await().until(() -> account("later").isPresent());
    assertThat(account("ending")).isEmpty();
  }

  private Optional<StoredObject> account(String namespace) {
    ObjectKey key = new ObjectKey(new ResourceName("serviceaccounts"), namespace, "default");
    return store.read(Freshness.LINEARIZABLE, view -> view.get(key)).toCompletableFuture().join();
  }

  private void namespace(String name, boolean ending) {
    ObjectNode tree = Json.object().put("kind", "Namespace").put("apiVersion", "v1");
    ObjectNode metadata = tree.putObject("metadata").put("name", name).put("uid", name);
    if (ending) metadata.put("deletionTimestamp", "2030-01-01T00:00:00Z");
    ObjectKey key = GarbageIndex.namespaceKey(name);
    commit(new Operation.Put(key, new ApiObject(tree).draft(), Condition.ANY));
  }

  private void commit(Operation operation) {
    store.commit(Transaction.of(operation)).toCompletableFuture().join();
  }
}
