package io.ordinal.controller.api.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.api.auth.AccountClaims;
import io.ordinal.controller.api.auth.AccountName;
import io.ordinal.controller.api.auth.BearerTokens;
import io.ordinal.controller.api.auth.ClusterSecrets;
import io.ordinal.controller.api.auth.Identity;
import io.ordinal.controller.api.auth.Rotation;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.KeptView;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one controller was told, asked of another whose copy is behind and which hears no hint. */
class OtherControllerTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final AccountName ROBOT = new AccountName("shop", "robot");
  private final ActorTestKit kit = ActorTestKit.create(ConfigFactory.load());
  private final InMemoryObjectStore one = new InMemoryObjectStore();
  private final Behind other = new Behind(one);
  private final AccessSettings settings =
      new AccessSettings(Duration.ofMillis(50), Duration.ofHours(1), Duration.ofHours(1), true);
  private final AccessIndex index = new AccessIndex(other, settings, kit.system());
  private final Authorizer authorizer = new Authorizer(index);
  private final BearerTokens tokens = new BearerTokens(index, true, () -> NOW);
  private final SecureRandom random = new SecureRandom();

  /** A copy that knows what it must when a read is linearizable, and nothing sooner. */
  private static final class Behind implements ObjectStore {
    private final InMemoryObjectStore leader;
    private final InMemoryObjectStore copy = new InMemoryObjectStore();
    private final Deque<Transaction> log = new ArrayDeque<>();

    Behind(InMemoryObjectStore leader) {
      this.leader = leader;
    }

    @Override
    public synchronized CompletionStage<Outcome> commit(Transaction transaction) {
      log.add(transaction);
      return leader.commit(transaction);
    }

    @Override
    public synchronized <T> CompletionStage<T> read(Freshness freshness, Function<View, T> query) {
      if (freshness == Freshness.LINEARIZABLE) {
        for (Transaction next = log.poll(); next != null; next = log.poll()) copy.commit(next);
      }
      return copy.read(Freshness.LOCAL, query);
    }

    @Override
    public synchronized CompletionStage<KeptView> keep() {
      return copy.keep();
    }

    @Override
    public AutoCloseable onChange(Consumer<Revision> listener) {
      return () -> {};
    }
  }

  @AfterEach
  void stop() {
    index.close();
    kit.shutdownTestKit();
  }

  @Test
  void every_grant_holds_at_once_and_no_other() {
    put(AccessKinds.CLUSTER_ROLES, "", "reader", READER);
    Random chance = new Random(7);
    Set<Integer> granted = new HashSet<>();
    for (int round = 0; round < 300; round++) {
      int user = chance.nextInt(20);
      if (granted.remove(user)) {
        delete(AccessKinds.BINDINGS, "shop", "b" + user);
        index.caughtUp().toCompletableFuture().join();
      } else {
        granted.add(user);
        put(AccessKinds.BINDINGS, "shop", "b" + user, BINDING.formatted("u" + user));
      }
      int asked = chance.nextBoolean() ? user : chance.nextInt(20);
      assertThat(mayRead("u" + asked))
          .as("user %d in round %d", asked, round)
          .isEqualTo(granted.contains(asked));
    }
  }

  @Test
  void a_new_account_and_a_new_key_are_believed_at_once() {
    ClusterSecrets first = commit(ClusterSecrets.settle(other, random));
    put(AccessKinds.ACCOUNTS, "shop", "robot", "");
    String token = claims().sign(first.key());
    assertThat(believed(token)).isTrue();
    ClusterSecrets second =
        commit(ClusterSecrets.rotate(other, new Rotation(Optional.of(NOW), true), NOW, random))
            .orElseThrow();
    assertThat(believed(claims().sign(second.key()))).isTrue();
    assertThat(believed(token)).as("of the key that is not to be believed").isFalse();
    assertThat(believed(first.adminToken())).isFalse();
    assertThat(believed(second.adminToken())).isTrue();
  }

  private static final String READER =
      ",'rules':[{'verbs':['get'],'apiGroups':[''],'resources':['pods']}]";
  private static final String BINDING =
      ",'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'ClusterRole','name':'reader'},"
          + "'subjects':[{'kind':'User','apiGroup':'rbac.authorization.k8s.io','name':'%s'}]";

  private boolean mayRead(String user) {
    Action action = new Action.OnResource("get", "", "pods", "", "shop", "web-0");
    Identity identity = new Identity(user, Set.of(Identity.AUTHENTICATED));
    return commit(authorizer.rule(identity, action)).allowed();
  }

  private boolean believed(String token) {
    return commit(tokens.identify(token)).isPresent();
  }

  private static AccountClaims claims() {
    return new AccountClaims(
        ROBOT,
        "uid",
        List.of(AccountClaims.ISSUER),
        NOW,
        NOW.plus(Duration.ofMinutes(30)),
        "t",
        Optional.empty());
  }

  private void put(ResourceName resource, String namespace, String name, String more) {
    String text =
        "{'metadata':{'name':'%s','namespace':'%s','uid':'uid','creationTimestamp':'%s'}%s}"
            .formatted(name, namespace, NOW, more);
    ApiObject object = new ApiObject(Json.object(text.replace('\'', '"').getBytes(UTF_8)));
    Operation put =
        new Operation.Put(new ObjectKey(resource, namespace, name), object.draft(), Condition.ANY);
    commit(other.commit(Transaction.of(put)));
  }

  private void delete(ResourceName resource, String namespace, String name) {
    ObjectKey key = new ObjectKey(resource, namespace, name);
    commit(other.commit(Transaction.of(new Operation.Delete(key, Condition.ANY))));
  }

  private static <T> T commit(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
