package io.ordinal.controller.replica;

import static io.ordinal.controller.replica.ReplicaWorld.NODE;
import static io.ordinal.controller.replica.ReplicaWorld.WEB_0;
import static io.ordinal.controller.replica.ReplicaWorld.barePod;
import static io.ordinal.controller.replica.ReplicaWorld.podOfSet;
import static io.ordinal.controller.replica.ReplicaWorld.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.replica.ReplicaCommand.Create;
import io.ordinal.controller.replica.ReplicaCommand.Wake;
import io.ordinal.controller.replica.ReplicaState.Ended;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.replica.ReplicaState.Vacant;
import io.ordinal.controller.replica.wire.StoredReplicaCodec;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Operation;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ReplicaNodeLossTest {
  private static final Session RETURNED = ReplicaWorld.session("node-a", 2);

  private ReplicaWorld world;

  @BeforeEach
  void open() {
    world = ReplicaWorld.furnished();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_fenced_life_of_a_set_goes_when_its_session_is_over() {
    begin(withFailover("automatic"));
    assertThat(((Placed) world.state()).stay().fenced()).isTrue();
    world.put(NODE, Standing.FENCED);
    world.tell(new Wake(WEB_0));
    await().until(() -> world.state() instanceof Vacant);
    assertThat(world.pod()).isEmpty();
    assertThat(world.notes).extracting("reason").contains("NodeLost");
  }

  @Test
  void a_fenced_bare_pod_fails_when_its_session_is_over() {
    ObjectNode pod = Json.object(barePod(""));
    pod.withObjectProperty("metadata")
        .withObjectProperty("annotations")
        .put("ordinal.io/failover", "automatic");
    world.done(asker -> new Create(WEB_0, Json.bytes(pod), asker));
    await().until(() -> world.state() instanceof Placed);
    world.put(NODE, Standing.CLOSED);
    world.tell(new Wake(WEB_0));
    await().until(() -> world.state() instanceof Ended);
    assertThat(world.pod().orElseThrow().status().path("reason").asString()).isEqualTo("NodeLost");
  }

  @Test
  void a_kept_life_waits_for_its_node_and_goes_on_under_the_next_session() {
    begin(podOfSet());
    Incarnation life = world.state().incarnation();
    world.report(NODE, status(life, 5, Phase.RUNNING, 0)).receiveMessage();
    world.put(NODE, Standing.FENCED);
    world.tell(new Wake(WEB_0));
    await().until(() -> ready().equals("False"));
    assertThat(world.state()).isInstanceOf(Placed.class);

    world.openNode(RETURNED);
    await().until(() -> ((Placed) world.state()).stay().session().equals(RETURNED));
    assertThat(world.state().incarnation()).isEqualTo(life);
    await().until(() -> world.toldToStart(RETURNED, life));
    // The same version as before it was away: what it says counts again.
    world.report(RETURNED, status(life, 5, Phase.RUNNING, 0)).receiveMessage();
    assertThat(ready()).isEqualTo("True");
  }

  @Test
  void a_report_under_the_next_session_is_answered_once_the_life_was_adopted() {
    begin(podOfSet());
    Incarnation life = world.state().incarnation();
    world.put(NODE, Standing.CLOSED);
    world.openNode(RETURNED);
    world.report(RETURNED, status(life, 6, Phase.RUNNING, 0));
    await().until(() -> ((Placed) world.state()).stay().session().equals(RETURNED));
    world.report(RETURNED, status(life, 6, Phase.RUNNING, 0)).receiveMessage();
  }

  @Test
  void another_machine_of_the_same_name_does_not_get_a_kept_life() {
    begin(podOfSet());
    world.put(NODE, Standing.FENCED);
    world.openNode(new Session(NODE.node(), new java.util.UUID(1, 1), "other-boot", 3));
    world.tell(new Wake(WEB_0));
    await().until(() -> ready().equals("False"));
    assertThat(((Placed) world.state()).stay().session()).isEqualTo(NODE);
  }

  @Test
  void a_deleted_pod_says_what_it_waits_for_when_its_node_is_back_without_memory() {
    begin(podOfSet());
    world.put(NODE, Standing.FENCED);
    world.done(
        asker ->
            new ReplicaCommand.Delete(
                WEB_0, Optional.empty(), Optional.empty(), Optional.empty(), false, asker));
    await().until(() -> world.state() instanceof ReplicaState.Releasing);
    world.tell(new Wake(WEB_0));
    await().until(() -> readyMessage().contains("waits for node node-a to come back"));

    world.openNode(new Session(NODE.node(), new java.util.UUID(1, 1), NODE.bootId(), 3));
    world.tell(new Wake(WEB_0));
    await()
        .untilAsserted(
            () ->
                assertThat(readyMessage())
                    .contains("another state directory", "kubectl taint node node-a"));
    assertThat(world.state()).isInstanceOf(ReplicaState.Releasing.class);

    world.put(NODE, Standing.OFF);
    world.tell(new Wake(WEB_0));
    await().until(() -> world.state() instanceof Vacant);
  }

  @Test
  void an_adopted_life_is_not_over_for_the_session_before() {
    begin(podOfSet());
    Incarnation life = world.state().incarnation();
    world.put(NODE, Standing.CLOSED);
    world.openNode(RETURNED);
    world.tell(new Wake(WEB_0));
    await().until(() -> ((Placed) world.state()).stay().session().equals(RETURNED));

    assertThat(confirm(NODE, life)).isCompletedExceptionally();
    assertThat(confirm(RETURNED, life)).isCompletedWithValueMatching(Optional::isPresent);
  }

  @Test
  void a_start_that_arrives_after_its_life_was_lost_is_over_wherever_it_arrives() {
    begin(withFailover("automatic"));
    Incarnation lost = world.state().incarnation();
    assertThat(confirm(NODE, lost)).isCompletedWithValueMatching(Optional::isPresent);
    world.put(NODE, Standing.FENCED);
    assertThat(confirm(NODE, lost))
        .as("although its replica has not heard of it yet")
        .isCompletedWithValueMatching(Optional::isEmpty);
    world.tell(new Wake(WEB_0));
    await().until(() -> world.state() instanceof Vacant);
    world.openNode(RETURNED);
    world.begin(podOfSet());
    await().until(() -> world.state() instanceof Placed);
    Incarnation next = world.state().incarnation();

    for (Session asking : List.of(NODE, RETURNED)) {
      assertThat(confirm(asking, lost)).isCompletedWithValueMatching(Optional::isEmpty);
    }
    assertThat(confirm(RETURNED, next)).isCompletedWithValueMatching(Optional::isPresent);
  }

  @Test
  void a_life_on_a_machine_that_an_operator_calls_off_is_over_although_it_is_kept() {
    begin(podOfSet());
    Incarnation life = world.state().incarnation();
    world.put(NODE, Standing.OFF);
    assertThat(confirm(NODE, life)).isCompletedWithValueMatching(Optional::isEmpty);
    world.tell(new Wake(WEB_0));
    await().until(() -> world.state() instanceof Vacant);
  }

  @Test
  void a_life_that_was_stopped_with_its_member_is_not_ready_until_the_member_is_back() {
    begin(podOfSet());
    Incarnation life = world.state().incarnation();
    world.report(NODE, status(life, 5, Phase.RUNNING, 0)).receiveMessage();
    world.put(NODE, Standing.RESTING);
    world.tell(new Wake(WEB_0));
    await().during(Duration.ofMillis(300)).until(() -> ready().equals("True"));
    node("'annotations':{'ordinal.io/stopped-with-workloads':'true'}", "");
    await().until(() -> ready().equals("False"));
    assertThat(readyMessage()).isEqualTo("node node-a was stopped with its workloads");

    node("'annotations':{}", "");
    world.put(NODE, Standing.READY);
    await().until(() -> ((Placed) world.state()).stay().noted() == 0);
    world.report(NODE, status(life, 5, Phase.RUNNING, 0)).receiveMessage();
    assertThat(ready()).isEqualTo("True");
  }

  private void node(String metadata, String spec) {
    world.commit(
        new Operation.Put(
            ReplicaRecords.node(NODE.node()),
            ReplicaWorld.object(
                    "{'kind':'Node','metadata':{'name':'node-a','uid':'n',%s},'spec':{%s}}",
                    metadata, spec)
                .draft(),
            Condition.ANY));
  }

  @Test
  void a_pod_leaves_a_node_whose_taint_it_does_not_tolerate() {
    begin(podOfSet());
    node("'labels':{}", "'taints':[{'key':'k','effect':'NoExecute'}]");
    world.tell(new Wake(WEB_0));
    await().until(() -> world.state() instanceof ReplicaState.Releasing);
    assertThat(world.notes).extracting("reason").contains("TaintManagerEviction");
  }

  @Test
  void a_kept_life_is_over_for_another_machine_of_the_same_name() {
    begin(podOfSet());
    Session other = new Session(NODE.node(), new java.util.UUID(1, 1), "other-boot", 3);
    assertThat(confirm(other, world.state().incarnation()))
        .isCompletedWithValueMatching(Optional::isEmpty);
  }

  private CompletableFuture<Optional<LifeOrder>> confirm(Session session, Incarnation life) {
    var lives =
        new ReplicaLives(
            world.store, new StoredReplicaCodec(), world.replicas(), new NoCredentials());
    CompletableFuture<Optional<LifeOrder>> answer =
        lives.confirm(session, WEB_0, life).toCompletableFuture();
    await().until(answer::isDone);
    return answer;
  }

  private void begin(byte[] pod) {
    world.begin(pod);
    await().until(() -> world.state() instanceof Placed);
  }

  private String ready() {
    return ready("status");
  }

  private String readyMessage() {
    return ready("message");
  }

  private String ready(String field) {
    ApiObject pod = world.pod().orElseThrow();
    for (var each : pod.status().path("conditions")) {
      if (each.path("type").asString().equals("Ready")) return each.path(field).asString("");
    }
    return "";
  }

  private static byte[] withFailover(String choice) {
    ObjectNode pod = Json.object(podOfSet());
    pod.withObjectProperty("metadata")
        .withObjectProperty("annotations")
        .put("ordinal.io/failover", choice);
    return Json.bytes(pod);
  }
}
