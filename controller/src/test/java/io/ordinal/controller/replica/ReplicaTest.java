package io.ordinal.controller.replica;

import static io.ordinal.controller.replica.ReplicaWorld.NODE;
import static io.ordinal.controller.replica.ReplicaWorld.WEB_0;
import static io.ordinal.controller.replica.ReplicaWorld.basis;
import static io.ordinal.controller.replica.ReplicaWorld.podOfSet;
import static io.ordinal.controller.replica.ReplicaWorld.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.replica.ReplicaCommand.Begin;
import io.ordinal.controller.replica.ReplicaCommand.Delete;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.replica.ReplicaState.Releasing;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import io.ordinal.protocol.id.Incarnation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplicaTest {
  private ReplicaWorld world;

  @BeforeEach
  void open() {
    world = new ReplicaWorld();
    world.openTerm();
    world.openSet(1);
    world.openNode(NODE);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void lives_from_begin_to_the_end_and_begins_anew_with_a_higher_incarnation() {
    Incarnation first = beginAndRun();
    ApiObject ready = world.pod().orElseThrow();
    assertThat(ready.status().path("phase").asString()).isEqualTo("Running");
    assertThat(ready.status().path("podIP").asString()).isEqualTo("127.64.0.2");
    assertThat(ready.annotations()).containsEntry("ordinal.io/incarnation", first.toString());

    ApiObject ending = world.done(asker -> delete(Optional.empty(), asker));
    assertThat(ending.deletionTimestamp()).contains(world.now.plusSeconds(30));
    assertThat(world.stop(first).orElseThrow().grace()).isEqualTo(Duration.ofSeconds(30));
    assertThat(world.state()).isInstanceOf(Releasing.class);

    world.report(NODE, status(first, 2, Phase.ENDED, 0)).receiveMessage();
    assertThat(world.pod()).isEmpty();

    assertThat(beginAndRun()).isGreaterThan(first);
  }

  private Incarnation beginAndRun() {
    world.done(asker -> new Begin(WEB_0, basis(1, 1), podOfSet(), List.of(), asker));
    await().until(() -> world.state() instanceof Placed);
    Incarnation life = world.state().incarnation();
    await().until(() -> world.toldToStart(NODE, life));
    world.report(NODE, status(life, 1, Phase.RUNNING, 0)).receiveMessage();
    return life;
  }

  private static Delete delete(
      Optional<Duration> grace,
      org.apache.pekko.actor.typed.ActorRef<
              io.ordinal.controller.model.Verdict<io.ordinal.controller.store.StoredObject>>
          asker) {
    return new Delete(WEB_0, Optional.empty(), Optional.empty(), grace, false, asker);
  }
}
