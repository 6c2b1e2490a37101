package io.ordinal.controller.replica;

import static io.ordinal.controller.replica.ReplicaWorld.NODE;
import static io.ordinal.controller.replica.ReplicaWorld.WEB_0;
import static io.ordinal.controller.replica.ReplicaWorld.basis;
import static io.ordinal.controller.replica.ReplicaWorld.podOfSet;
import static io.ordinal.controller.replica.ReplicaWorld.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.replica.ReplicaCommand.Edit;
import io.ordinal.controller.replica.ReplicaCommand.Wake;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.replica.ReplicaState.Vacant;
import io.ordinal.protocol.agent.AgentCommand.SetFenced;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.Revision;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ReplicaFenceTest {
  private ReplicaWorld world;

  @BeforeEach
  void open() {
    world = ReplicaWorld.furnished();
    world.begin(podOfSet());
    await().until(() -> world.state() instanceof Placed);
    report(1, false, 0);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_running_life_is_fenced_only_once_its_node_has_acknowledged_it() {
    assertThat(condition("status")).isEqualTo("False");
    choose("automatic");
    await().until(() -> asked().filter(SetFenced::fenced).isPresent());
    assertThat(fence().fenced()).isFalse();
    assertThat(condition("message")).contains("not acknowledged");

    report(2, true, asked().orElseThrow().basis());

    assertThat(fence().fenced()).isTrue();
    assertThat(condition("status")).isEqualTo("True");
    assertThat(condition("message")).doesNotContain("not acknowledged");
    world.put(NODE, Standing.FENCED);
    world.tell(new Wake(WEB_0));
    await().until(() -> world.state() instanceof Vacant);
  }

  @Test
  void a_life_whose_node_is_lost_before_it_acknowledged_is_kept() {
    choose("automatic");
    await().until(() -> asked().isPresent());
    world.put(NODE, Standing.FENCED);
    world.tell(new Wake(WEB_0));
    await().until(() -> ready().equals("False"));
    assertThat(world.state()).isInstanceOf(Placed.class);
  }

  @Test
  void a_life_is_kept_as_soon_as_that_is_committed_and_the_node_is_told_until_it_knows() {
    choose("automatic");
    await().until(() -> asked().isPresent());
    report(2, true, asked().orElseThrow().basis());
    choose("manual");
    await().until(() -> asked().filter(each -> !each.fenced()).isPresent());
    assertThat(fence().fenced()).isFalse();
    assertThat(fence().settled()).isFalse();

    report(3, false, asked().orElseThrow().basis());
    assertThat(fence().settled()).isTrue();
  }

  @Test
  void the_word_on_an_earlier_wish_is_no_answer() {
    choose("automatic");
    await().until(() -> asked().isPresent());
    long first = asked().orElseThrow().basis();
    choose("manual");
    await().until(() -> !asked().orElseThrow().fenced());
    choose("automatic");
    await().until(() -> asked().orElseThrow().fenced() && asked().get().basis() > first);
    report(2, true, first);
    assertThat(fence().fenced()).isFalse();
  }

  private void choose(String failover) {
    ObjectNode pod = world.pod().orElseThrow().copy();
    pod.withObjectProperty("metadata")
        .withObjectProperty("annotations")
        .put(Failover.ANNOTATION, failover);
    Revision seen = new Revision(Long.parseLong(new ApiObject(pod).resourceVersion()));
    world.done(asker -> new Edit(WEB_0, seen, Json.bytes(pod), asker));
  }

  private void report(long version, boolean fenced, long basis) {
    Incarnation life = world.state().incarnation();
    world
        .report(NODE, fenced(status(life, version, Phase.RUNNING, 0), fenced, basis))
        .receiveMessage();
  }

  private Optional<SetFenced> asked() {
    return world.told.stream()
        .map(ReplicaWorld.Told::command)
        .filter(SetFenced.class::isInstance)
        .map(SetFenced.class::cast)
        .reduce((first, last) -> last);
  }

  private Fence fence() {
    return ((Placed) world.state()).stay().fence();
  }

  private String ready() {
    return condition("Ready", "status");
  }

  private String condition(String field) {
    return condition(PodConditions.FENCED, field);
  }

  private String condition(String type, String field) {
    for (JsonNode each : world.pod().orElseThrow().status().path("conditions")) {
      if (each.path("type").asString("").equals(type)) return each.path(field).asString("");
    }
    return "";
  }

  /** The same with a word on how the life is fenced. */
  private static LifeStatus fenced(LifeStatus status, boolean fenced, long basis) {
    return new LifeStatus(
        status.replica(),
        status.incarnation(),
        status.version(),
        status.phase(),
        status.ready(),
        status.address(),
        status.startedAt(),
        status.initContainers(),
        status.containers(),
        status.reason(),
        status.message(),
        fenced,
        basis);
  }
}
