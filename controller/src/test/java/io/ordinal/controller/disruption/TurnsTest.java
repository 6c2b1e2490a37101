package io.ordinal.controller.disruption;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.disruption.Turns.Turn;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.setting.Section;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.upkeep.UpkeepSettings;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final DisruptionSettings settings =
      new DisruptionSettings(
          new UpkeepSettings(
              new Section("here"),
              Duration.ofMinutes(10),
              Duration.ofMillis(10),
              Duration.ofMillis(20),
              4),
          PATIENCE,
          Duration.ofMinutes(5));

  @BeforeEach
  void two_replicas_are_available() {
    put(
        DisruptionNames.SETS,
        "web",
        "{'metadata':{'name':'web','namespace':'default','uid':'set'},'spec':{'replicas':2}}");
    pod("web-0", "uid-0");
    pod("web-1", "uid-1");
  }

  @Test
  void of_two_turns_judged_on_the_same_state_one_is_granted() {
    Turn first = turn("web-0", NOW);
    Turn second = turn("web-1", NOW);
    assertThat(first.obstacle()).isEmpty();
    assertThat(second.obstacle()).isEmpty();
    assertThat(commit(first)).isInstanceOf(Outcome.Committed.class);
    assertThat(commit(second)).isNotInstanceOf(Outcome.Committed.class);
  }

  @Test
  void who_got_the_turn_counts_as_leaving_before_it_leaves() {
    commit(turn("web-0", NOW));
    assertThat(turn("web-1", NOW).obstacle())
        .hasValue("web-0, of the same ordered set, is still leaving");
    assertThat(turn("web-0", NOW).obstacle()).as("asked for again").isEmpty();
  }

  @Test
  void a_turn_that_nobody_took_lapses() {
    commit(turn("web-0", NOW));
    Turn late = turn("web-1", NOW.plus(PATIENCE));
    assertThat(late.obstacle()).isEmpty();
    assertThat(commit(late)).isInstanceOf(Outcome.Committed.class);
  }

  @Test
  void the_next_life_of_the_same_name_has_not_got_the_turn() {
    commit(turn("web-0", NOW));
    pod("web-0", "uid-of-the-next");
    assertThat(turn("web-1", NOW).obstacle()).isEmpty();
  }

  private Turn turn(String pod, Instant now) {
    ObjectKey key = new ObjectKey(DisruptionNames.PODS, "default", pod);
    return store
        .read(
            Freshness.LINEARIZABLE,
            view -> Turns.of(view, ApiObject.of(view.get(key).orElseThrow()), settings, now))
        .toCompletableFuture()
        .join();
  }

  private Outcome commit(Turn turn) {
    return store.commit(new Transaction(turn.charges())).toCompletableFuture().join();
  }

  private void pod(String name, String uid) {
    put(
        DisruptionNames.PODS,
        name,
        ("{'metadata':{'name':'%s','namespace':'default','uid':'%s',"
                + "'creationTimestamp':'2020-01-01T00:00:00Z',"
                + "'ownerReferences':[{'kind':'StatefulSet','name':'web','uid':'set',"
                + "'controller':true}]},'spec':{'nodeName':'a'},"
                + "'status':{'conditions':[{'type':'Ready','status':'True'}]}}")
            .formatted(name, uid));
  }

  private void put(ResourceName resource, String name, String json) {
    byte[] document = json.replace('\'', '"').getBytes(UTF_8);
    ObjectKey key = new ObjectKey(resource, "default", name);
    Operation put =
        new Operation.Put(key, new ApiObject(Json.object(document)).draft(), Condition.ANY);
    store.commit(Transaction.of(put)).toCompletableFuture().join();
  }
}
