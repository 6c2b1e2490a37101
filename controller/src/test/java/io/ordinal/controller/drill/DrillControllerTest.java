package io.ordinal.controller.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.document.drill.Drill;
import io.ordinal.controller.document.drill.DrillPhase;
import io.ordinal.controller.document.drill.DrillStatus;
import io.ordinal.controller.document.drill.DrillVerdict;
import io.ordinal.controller.event.EventNote;
import io.ordinal.controller.replica.ReplicaCommand;
import io.ordinal.protocol.agent.AgentCommand.Inject;
import io.ordinal.protocol.agent.AgentCommand.Revert;
import io.ordinal.protocol.agent.Fault;
import io.ordinal.protocol.agent.FrontDoorRequest.Injected.State;
import io.ordinal.protocol.id.ReplicaId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class DrillControllerTest {
  private static final String FREEZE =
      "{'target':{'replica':'default/web-1'},'way':'Freeze','duration':'10m','timeout':'20m',"
          + "'probe':{'tcp':{'port':80},'interval':'10ms'}}";

  private final DrillStage stage = new DrillStage();

  @AfterEach
  void stop() {
    stage.close();
  }

  private void awaitPhase(String name, DrillPhase phase) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(stage.status(name).phase()).isEqualTo(phase));
  }

  private void frozen() {
    stage.drill("d", FREEZE);
    stage.controller();
    await().until(() -> !stage.told(Inject.class).isEmpty());
    stage.report("n2", "d", State.ACTIVE);
    awaitPhase("d", DrillPhase.OBSERVING);
  }

  @Test
  void injects_observes_reverts_and_judges() {
    stage.drill("d", FREEZE.replace("'10m'", "'1s'"));
    stage.controller();
    await().until(() -> !stage.told(Inject.class).isEmpty());
    Inject inject = stage.told(Inject.class).get(0);
    assertThat(inject.fault())
        .isEqualTo(new Fault.FreezeReplica(new ReplicaId("default", "web-1")));
    assertThat(inject.drill()).isEqualTo(stage.drill("d").orElseThrow().uid());
    assertThat(inject.duration()).isEqualTo(Duration.ofSeconds(1));
    assertThat(stage.drill("d").orElseThrow().finalizers()).containsExactly(Drill.FINALIZER);
    stage.report("n2", "d", State.ACTIVE);
    stage.pod("web-1", "n2", 11, false, 0);
    await().until(() -> !stage.told(Revert.class).isEmpty());
    stage.report("n2", "d", State.REVERTED);
    stage.pod("web-1", "n2", 11, true, 0);
    awaitPhase("d", DrillPhase.DONE);

    DrillStatus done = stage.status("d");
    assertThat(done.verdict()).as(done.message()).isEqualTo(DrillVerdict.PASSED);
    assertThat(done.times().detected()).isNotNull();
    assertThat(done.times().ready()).isGreaterThanOrEqualTo(done.times().detected());
    assertThat(done.targets()).extracting("state").containsExactly("Reverted");
    assertThat(done.requests().sent()).isPositive();
    assertThat(done.requests().lost()).isZero();
    assertThat(done.service().writes().sent()).isPositive();
    assertThat(done.service().writes().lost()).isZero();
    assertThat(done.message()).contains("no write taken for");
    assertThat(stage.drill("d").orElseThrow().finalizers()).isEmpty();
    assertThat(stage.hasRecord(DrillRecords.LOCK)).isFalse();
    assertThat(stage.notes).extracting(EventNote::reason).contains("Injecting", "Passed");
    String writes = done.service() + " of " + stage.drill("d").orElseThrow().uid();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(stage.records(DrillRecords.WRITES)).as(writes).isEmpty());
  }

  @Test
  void aborting_takes_the_fault_back() {
    frozen();
    stage.change("d", drill -> ((ObjectNode) drill.path("spec")).put("abort", true));
    await().until(() -> !stage.told(Revert.class).isEmpty());
    stage.report("n2", "d", State.REVERTED);
    awaitPhase("d", DrillPhase.DONE);
    assertThat(stage.status("d").verdict()).isEqualTo(DrillVerdict.ABORTED);
    assertThat(stage.status("d").reasons()).containsExactly("spec.abort was set");
  }

  @Test
  void so_does_an_annotation() {
    frozen();
    stage.change(
        "d",
        drill ->
            drill
                .withObjectProperty("metadata")
                .withObjectProperty("annotations")
                .put(Drill.ABORT_ANNOTATION, "true"));
    await().until(() -> !stage.told(Revert.class).isEmpty());
  }

  @Test
  void a_deleted_drill_goes_only_once_its_fault_is_taken_back() {
    frozen();
    stage.change(
        "d",
        drill ->
            drill.withObjectProperty("metadata").put("deletionTimestamp", "2026-01-01T00:00:00Z"));
    await().until(() -> !stage.told(Revert.class).isEmpty());
    assertThat(stage.drill("d")).isPresent();
    stage.report("n2", "d", State.REVERTED);
    await().until(() -> stage.drill("d").isEmpty());
    assertThat(stage.hasRecord(DrillRecords.LOCK)).isFalse();
  }

  @Test
  void a_drill_that_vanished_has_its_fault_taken_back_all_the_same() {
    frozen();
    stage.remove(DrillDocument.key("d"));
    await().until(() -> !stage.told(Revert.class).isEmpty());
    await().until(() -> !stage.hasRecord(DrillRecords.LOCK));
  }

  @Test
  void another_controller_goes_on_where_the_first_one_was() {
    stage.drill("d", FREEZE.replace("'10m'", "'2s'"));
    ActorRef<DrillController.Command> first = stage.controller();
    await().until(() -> !stage.told(Inject.class).isEmpty());
    stage.kit.stop(first);
    stage.report("n2", "d", State.ACTIVE);
    stage.controller();
    await().atMost(Duration.ofSeconds(20)).until(() -> !stage.told(Revert.class).isEmpty());
    stage.report("n2", "d", State.REVERTED);
    awaitPhase("d", DrillPhase.DONE);
    assertThat(stage.status("d").verdict()).isEqualTo(DrillVerdict.PASSED);
  }

  @Test
  void two_controllers_at_once_agree_on_one_drill() {
    stage.drill("a", FREEZE);
    stage.drill("b", FREEZE);
    stage.controller();
    stage.controller();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                List.of("a", "b").stream()
                    .anyMatch(each -> stage.status(each).phase() == DrillPhase.DONE));
    assertThat(List.of(stage.status("a").phase(), stage.status("b").phase()))
        .containsExactlyInAnyOrder(DrillPhase.INJECTING, DrillPhase.DONE);
    String refused = stage.status("a").phase() == DrillPhase.DONE ? "a" : "b";
    assertThat(stage.status(refused).verdict()).isEqualTo(DrillVerdict.REFUSED);
    assertThat(stage.status(refused).message()).contains("is not done");
    assertThat(stage.told(Inject.class))
        .extracting(Inject::drill)
        .containsOnly(stage.drill(refused.equals("a") ? "b" : "a").orElseThrow().uid());
  }

  @Test
  void a_graceful_end_of_a_replica_deletes_its_pod() {
    stage.drill(
        "d",
        "{'target':{'replica':'default/web-1'},'way':'Graceful','duration':'10m',"
            + "'timeout':'20m'}");
    stage.controller();
    await().until(() -> !stage.deletions.isEmpty());
    assertThat(stage.deletions.get(0).replica()).isEqualTo(new ReplicaId("default", "web-1"));
    assertThat(((ReplicaCommand.Delete) stage.deletions.get(0)).uid()).isPresent();
    assertThat(stage.told).isEmpty();
  }

  @Test
  void a_degraded_set_is_left_alone() {
    stage.pod("web-0", "n1", 10, false, 0);
    stage.drill("d", FREEZE);
    stage.controller();
    awaitPhase("d", DrillPhase.DONE);
    assertThat(stage.status("d").verdict()).isEqualTo(DrillVerdict.REFUSED);
    assertThat(stage.told).isEmpty();
  }

  @Test
  void a_node_that_allows_no_drills_is_not_asked_for_any() {
    stage.closed("n2");
    stage.drill("d", FREEZE.replace("'duration'", "'dryRun':true,'duration'"));
    stage.drill("e", FREEZE);
    stage.controller();
    for (String each : List.of("d", "e")) {
      awaitPhase(each, DrillPhase.DONE);
      assertThat(stage.status(each).verdict()).isEqualTo(DrillVerdict.REFUSED);
      assertThat(stage.status(each).reasons())
          .containsExactly(
              "node n2 does not allow drills: ordinal.agent.drills.enabled in its configuration");
    }
    assertThat(stage.told).isEmpty();
  }

  @Test
  void a_controller_that_allows_no_drills_is_not_asked_for_any() {
    stage.drill("d", "{'target':{'controller':'n3'},'way':'Freeze','duration':'10s'}");
    stage.controller();
    awaitPhase("d", DrillPhase.DONE);
    assertThat(stage.status("d").reasons())
        .contains(
            "controller n3 does not allow drills: ordinal.agent.drills.enabled in its configuration");
    assertThat(stage.told).isEmpty();
  }

  @Test
  void a_schedule_makes_drills_of_its_own() {
    stage.drill("daily", "{'schedule':'* * * * *'," + FREEZE.substring(1));
    stage.change(
        "daily",
        drill ->
            drill
                .withObjectProperty("metadata")
                .put("creationTimestamp", Instant.now().minusSeconds(61).toString()));
    stage.controller();
    await().until(() -> stage.status("daily").active() != null);
    String child = stage.status("daily").active().get(0);
    assertThat(stage.drill(child).orElseThrow().spec().has("schedule")).isFalse();
    assertThat(stage.drill(child).orElseThrow().owners())
        .extracting("name")
        .containsExactly("daily");
    await().until(() -> !stage.told(Inject.class).isEmpty());
  }
}
