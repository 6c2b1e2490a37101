package io.ordinal.controller.replica;

import static io.ordinal.controller.replica.ReplicaWorld.NODE;
import static io.ordinal.controller.replica.ReplicaWorld.WEB_0;
import static io.ordinal.controller.replica.ReplicaWorld.podOfSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.replica.ReplicaCommand.Create;
import io.ordinal.controller.replica.ReplicaCommand.Wake;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.replica.ReplicaState.Releasing;
import io.ordinal.controller.replica.ReplicaState.Vacant;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.ContainerState;
import io.ordinal.protocol.agent.LifeStatus.ContainerStatus;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that has no address for a pod, and what becomes of the pod. */
class AddressLackTest {
  private static final Session OTHER = ReplicaWorld.session("node-b", 2);
  private ReplicaWorld world;

  @BeforeEach
  void open() {
    world = ReplicaWorld.furnished();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void begin() {
    world.begin(podOfSet());
  }

  private void waitsForAddress(Session session, long version, int restarts) {
    LifeStatus said =
        new LifeStatus(
            WEB_0,
            world.state().incarnation(),
            version,
            Phase.PREPARING,
            false,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(
                new ContainerStatus(
                    "main",
                    "counter",
                    false,
                    false,
                    restarts,
                    new ContainerState.Waiting(LifeStatus.NO_ADDRESS, "no address is left"),
                    Optional.empty(),
                    "")),
            "",
            "",
            false);
    world.report(session, said).receiveMessage();
  }

  private void placedOn(Session session) {
    await()
        .until(
            () ->
                world.state() instanceof Placed placed && placed.stay().session().equals(session));
  }

  /** Counts from here on. */
  private void seesThatItWaits() {
    world.tell(new Wake(WEB_0));
    await().during(Duration.ofMillis(300)).until(() -> world.state() instanceof Placed);
  }

  /** Long enough for several looks. */
  private void staysOn(Session session) {
    seesThatItWaits();
    world.now = world.now.plus(Duration.ofMinutes(5));
    world.tell(new Wake(WEB_0));
    await().during(Duration.ofMillis(400)).until(() -> world.state() instanceof Placed);
    assertThat(((Placed) world.state()).stay().session()).isEqualTo(session);
  }

  private void leavesItsNode() {
    begin();
    placedOn(NODE);
    world.openNode(OTHER);
    waitsForAddress(NODE, 1, 0);
    seesThatItWaits();
    world.now = world.now.plus(Duration.ofSeconds(30));
    world.tell(new Wake(WEB_0));
    await().until(() -> world.state() instanceof Releasing);
  }

  private void beginsAnew() {
    Incarnation life = world.state().incarnation();
    world.report(NODE, ReplicaWorld.status(life, 2, Phase.ENDED, 0)).receiveMessage();
    await().until(() -> world.state() instanceof Vacant);
    begin();
  }

  @Test
  void a_pod_of_a_set_goes_elsewhere_after_a_while() {
    leavesItsNode();
    assertThat(world.notes).extracting("reason").contains("NoAddress");
    beginsAnew();
    placedOn(OTHER);
  }

  @Test
  void it_says_which_node_it_passes_over_while_no_other_takes_it() {
    leavesItsNode();
    world.put(OTHER, Standing.FENCED);
    beginsAnew();
    await()
        .untilAsserted(
            () ->
                assertThat(world.pod().orElseThrow().status().toString())
                    .contains("Not tried for a while, since there was no address for it: node-a."));
    world.now = world.now.plus(Duration.ofMinutes(10));
    placedOn(NODE);
  }

  @Test
  void it_waits_at_its_node_while_every_other_had_no_address_lately() {
    leavesItsNode();
    beginsAnew();
    placedOn(OTHER);
    waitsForAddress(OTHER, 1, 0);
    staysOn(OTHER);
    world.now = world.now.plus(Duration.ofMinutes(10));
    world.tell(new Wake(WEB_0));
    await().until(() -> world.state() instanceof Releasing);
  }

  @Test
  void it_stays_where_no_other_node_is() {
    begin();
    placedOn(NODE);
    waitsForAddress(NODE, 1, 0);
    staysOn(NODE);
  }

  @Test
  void what_ran_there_already_stays() {
    begin();
    placedOn(NODE);
    world.openNode(OTHER);
    waitsForAddress(NODE, 1, 1);
    staysOn(NODE);
  }

  @Test
  void a_bare_pod_stays_since_nobody_would_make_it_anew() {
    world.done(asker -> new Create(WEB_0, ReplicaWorld.barePod(""), asker));
    placedOn(NODE);
    world.openNode(OTHER);
    waitsForAddress(NODE, 1, 0);
    staysOn(NODE);
  }
}
