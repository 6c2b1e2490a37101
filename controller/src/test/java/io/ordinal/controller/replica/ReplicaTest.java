package io.ordinal.controller.replica;

import static io.ordinal.controller.replica.ReplicaWorld.NODE;
import static io.ordinal.controller.replica.ReplicaWorld.WEB_0;
import static io.ordinal.controller.replica.ReplicaWorld.barePod;
import static io.ordinal.controller.replica.ReplicaWorld.basis;
import static io.ordinal.controller.replica.ReplicaWorld.podOfSet;
import static io.ordinal.controller.replica.ReplicaWorld.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.event.EventNote;
import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.replica.ReplicaCommand.Begin;
import io.ordinal.controller.replica.ReplicaCommand.Create;
import io.ordinal.controller.replica.ReplicaCommand.Delete;
import io.ordinal.controller.replica.ReplicaCommand.Edit;
import io.ordinal.controller.replica.ReplicaCommand.End;
import io.ordinal.controller.replica.ReplicaCommand.Predecessor;
import io.ordinal.controller.replica.ReplicaCommand.Wake;
import io.ordinal.controller.replica.ReplicaState.Ended;
import io.ordinal.controller.replica.ReplicaState.Pending;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.replica.ReplicaState.Releasing;
import io.ordinal.controller.replica.ReplicaState.Vacant;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Revision;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ReplicaTest {
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
  void handles_every_command() {
    Set<String> handlers =
        Arrays.stream(Replica.class.getDeclaredMethods())
            .map(Method::getName)
            .collect(Collectors.toSet());
    for (Class<?> command : ReplicaCommand.class.getPermittedSubclasses()) {
      if (command != ReplicaCommand.ToItself.class) {
        assertThat(handlers).contains("on" + command.getSimpleName());
      }
    }
    for (Class<?> command : Lookout.class.getDeclaredClasses()) {
      assertThat(handlers).contains("on" + command.getSimpleName());
    }
  }

  @Test
  void lives_from_begin_to_the_end_and_begins_anew_with_a_higher_incarnation() {
    Incarnation first = beginAndRun();
    ApiObject ready = world.pod().orElseThrow();
    assertThat(ready.status().path("phase").asString()).isEqualTo("Running");
    assertThat(ready.status().path("podIP").asString()).isEqualTo("127.64.0.2");
    assertThat(ready.status().at("/hostIPs/0/ip")).isEqualTo(ready.status().path("hostIP"));
    assertThat(ready.annotations()).containsEntry("ordinal.io/incarnation", first.toString());

    ApiObject ending = world.done(asker -> delete(Optional.empty(), asker));
    assertThat(ending.deletionTimestamp()).contains(world.now.plusSeconds(30));
    assertThat(world.stop(first).orElseThrow().grace()).isEqualTo(Duration.ofSeconds(30));
    assertThat(world.state()).isInstanceOf(Releasing.class);

    world.report(NODE, status(first, 2, Phase.ENDED, 0)).receiveMessage();
    assertThat(world.pod()).isEmpty();

    assertThat(beginAndRun()).isGreaterThan(first);
  }

  @Test
  void never_reuses_an_incarnation_though_pod_set_and_record_are_gone() {
    Incarnation first = beginAndRun();
    world.done(asker -> delete(Optional.of(Duration.ZERO), asker));
    world.report(NODE, status(first, 2, Phase.ENDED, 0)).receiveMessage();
    assertThat(world.state()).isEqualTo(Vacant.FRESH); // Nothing to remember: no record.
    world.kill();
    world.start();
    assertThat(beginAndRun()).isGreaterThan(first);
  }

  @Test
  void an_order_whose_basis_has_moved_is_refused_and_changes_nothing() {
    refused(basis(2, 1), List.of());
    refused(basis(1, 2), List.of());
    refused(basis(1, 1), List.of(new Predecessor(new ReplicaId("shop", "web-lower"), "lost")));
    beginAndRun(); // And the actor reads again and goes on.
  }

  private void refused(Basis moved, List<Predecessor> after) {
    assertThat(world.ask(asker -> new Begin(WEB_0, moved, after, podOfSet(), List.of(), asker)))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Verdict.Reason.CONFLICT));
    assertThat(world.pod()).isEmpty();
  }

  @Test
  void a_repeated_begin_is_done_already_and_another_sets_is_refused() {
    beginAndRun();
    String uid = world.pod().orElseThrow().uid();
    ApiObject again = world.begin(podOfSet());
    assertThat(again.uid()).isEqualTo(uid);
    Basis other = new Basis(basis(1, 1).term(), ReplicaWorld.SET, "another", 1);
    assertThat(world.ask(asker -> new Begin(WEB_0, other, List.of(), podOfSet(), List.of(), asker)))
        .isInstanceOf(Verdict.Rejected.class);
  }

  @Test
  void an_end_of_another_pod_is_done_without_effect() {
    beginAndRun();
    world.ask(asker -> new End(WEB_0, basis(1, 1), "other-uid", "scaled down", asker));
    assertThat(world.state()).isInstanceOf(Placed.class);
    String uid = world.pod().orElseThrow().uid();
    world.done(asker -> new End(WEB_0, basis(1, 1), uid, "scaled down", asker));
    assertThat(world.state()).isInstanceOf(Releasing.class);
  }

  @Test
  void a_claim_is_created_provisioned_on_the_node_and_found_again_by_the_next_life() {
    world.openClass();
    byte[] pod = ReplicaWorld.podWithClaim();
    List<byte[]> claims = List.of(ReplicaWorld.claim());
    world.done(asker -> new Begin(WEB_0, basis(1, 1), List.of(), pod, claims, asker));
    await().until(() -> world.state() instanceof Placed);
    ClaimBinding bound = world.state().claims().get("data-web-0");
    ApiObject claim = world.claim("data-web-0").orElseThrow();
    assertThat(bound.volume()).isEqualTo("pvc-" + claim.uid());
    assertThat(bound.node()).isEqualTo("node-a");
    assertThat(claim.spec().path("volumeName").asString()).isEqualTo(bound.volume());
    assertThat(claim.status().path("phase").asString()).isEqualTo("Bound");
    assertThat(claim.finalizers()).containsExactly("kubernetes.io/pvc-protection");
    ApiObject volume = world.volume(bound.volume()).orElseThrow();
    assertThat(volume.spec().path("claimRef").path("uid").asString()).isEqualTo(claim.uid());
    assertThat(volume.annotations())
        .containsEntry("ordinal.io/state-directory", NODE.stateUuid().toString());

    Incarnation first = world.state().incarnation();
    world.done(asker -> delete(Optional.of(Duration.ZERO), asker));
    world.report(NODE, status(first, 1, Phase.ENDED, 0)).receiveMessage();
    assertThat(world.state()).isInstanceOf(Vacant.class);
    assertThat(world.state().claims()).containsEntry("data-web-0", bound);

    world.done(asker -> new Begin(WEB_0, basis(1, 1), List.of(), pod, claims, asker));
    await().until(() -> world.state() instanceof Placed);
    assertThat(world.state().claims()).containsEntry("data-web-0", bound);
    assertThat(world.state().incarnation()).isGreaterThan(first);
  }

  @Test
  void a_node_that_was_deleted_is_not_counted_where_there_is_no_place() {
    world.put(NODE, io.ordinal.controller.model.NodeStanding.Standing.FENCED);
    ObjectKey node = new ObjectKey(ReplicaRecords.NODES, "", NODE.node().value());
    world.commit(new Operation.Delete(node, Condition.ANY));
    world.begin(podOfSet());
    await().until(() -> !world.notes.isEmpty());
    ObjectNode pod = world.pod().orElseThrow().tree();
    assertThat(PodConditions.message(pod, PodConditions.SCHEDULED))
        .isEqualTo("no nodes available to schedule pods");
  }

  @Test
  void a_pod_without_a_place_says_why_once_and_goes_when_there_is_one() {
    world.put(NODE, io.ordinal.controller.model.NodeStanding.Standing.FENCED);
    world.begin(podOfSet());
    await().until(() -> !world.notes.isEmpty());
    ObjectNode pod = world.pod().orElseThrow().tree();
    assertThat(PodConditions.message(pod, PodConditions.SCHEDULED))
        .isEqualTo("0/1 nodes are available: 1 node(s) were not ready.");
    world.openNode(ReplicaWorld.session("node-a", 2));
    await().until(() -> world.state() instanceof Placed);
    assertThat(world.notes).extracting("reason").containsExactly("FailedScheduling", "Scheduled");
  }

  @Test
  void a_second_delete_shortens_the_grace_and_never_lengthens_it() {
    Incarnation life = beginAndRun();
    world.done(asker -> delete(Optional.of(Duration.ofSeconds(20)), asker));
    ApiObject longer = world.done(asker -> delete(Optional.of(Duration.ofSeconds(60)), asker));
    assertThat(longer.deletionTimestamp()).contains(world.now.plusSeconds(20));
    ApiObject shorter = world.done(asker -> delete(Optional.of(Duration.ZERO), asker));
    assertThat(shorter.deletionTimestamp()).contains(world.now);
    assertThat(world.stop(life).orElseThrow().grace()).isZero();
    // Forced or not: the object waits for the proof.
    assertThat(world.pod()).isPresent();
  }

  @Test
  void a_pod_that_never_ran_is_deleted_at_once() {
    world.put(NODE, io.ordinal.controller.model.NodeStanding.Standing.FENCED);
    world.done(asker -> new Create(WEB_0, barePod(""), asker));
    assertThat(world.state()).isInstanceOf(Pending.class);
    ApiObject last = world.done(asker -> delete(Optional.empty(), asker));
    assertThat(last.metadata().path("deletionGracePeriodSeconds").asInt()).isZero();
    assertThat(world.pod()).isEmpty();
    assertThat(world.ask(asker -> delete(Optional.empty(), asker)))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> assertThat(rejected.message()).isEqualTo("pods \"web-0\" not found"));
  }

  @Test
  void a_dry_run_answers_what_would_be_and_writes_nothing() {
    beginAndRun();
    ApiObject would =
        world.done(
            asker ->
                new Delete(
                    WEB_0, Optional.empty(), Optional.empty(), Optional.empty(), true, asker));
    assertThat(would.deletionTimestamp()).isPresent();
    assertThat(world.pod().orElseThrow().deletionTimestamp()).isEmpty();
  }

  @Test
  void preconditions_of_a_delete_are_checked() {
    beginAndRun();
    assertThat(
            world.ask(
                asker ->
                    new Delete(
                        WEB_0,
                        Optional.of("other"),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        asker)))
        .isInstanceOf(Verdict.Rejected.class);
    assertThat(
            world.ask(
                asker ->
                    new Delete(
                        WEB_0,
                        Optional.empty(),
                        Optional.of(new Revision(1)),
                        Optional.empty(),
                        false,
                        asker)))
        .isInstanceOf(Verdict.Rejected.class);
    assertThat(world.state()).isInstanceOf(Placed.class);
  }

  @Test
  void finalizers_hold_an_ended_pod_until_the_last_is_removed() {
    world.done(asker -> new Create(WEB_0, barePod(",'finalizers':['a/b']"), asker));
    Incarnation life = run();
    world.done(asker -> delete(Optional.of(Duration.ZERO), asker));
    world.report(NODE, status(life, 2, Phase.ENDED, 0)).receiveMessage();
    assertThat(world.state()).isInstanceOf(Ended.class);
    ApiObject held = world.pod().orElseThrow();
    ObjectNode freed = held.copy();
    freed.withObjectProperty("metadata").remove("finalizers");
    Revision seen = new Revision(Long.parseLong(held.resourceVersion()));
    world.done(asker -> new Edit(WEB_0, seen, Json.bytes(freed), asker));
    assertThat(world.pod()).isEmpty();
    assertThat(world.state()).isInstanceOf(Vacant.class);
  }

  @Test
  void a_bare_pod_that_finishes_stays_as_succeeded_or_failed() {
    world.done(asker -> new Create(WEB_0, barePod(""), asker));
    Incarnation life = run();
    world.report(NODE, status(life, 2, Phase.ENDED, 0)).receiveMessage();
    assertThat(phase()).isEqualTo("Succeeded");
    assertThat(world.state()).isInstanceOf(Ended.class);
    world.done(asker -> delete(Optional.empty(), asker));
    assertThat(world.pod()).isEmpty();

    world.done(asker -> new Create(WEB_0, barePod(""), asker));
    Incarnation second = run();
    world.report(NODE, status(second, 2, Phase.ENDED, 3)).receiveMessage();
    assertThat(phase()).isEqualTo("Failed");
    assertThat(world.ask(asker -> new Create(WEB_0, barePod(""), asker)))
        .isInstanceOf(Verdict.Rejected.class);
  }

  @Test
  void late_words_of_earlier_lives_are_noted_and_change_nothing() {
    Incarnation life = beginAndRun();
    ReplicaState before = world.state();
    Incarnation earlier = new Incarnation(life.value() - 1);
    var noted = world.report(NODE, status(earlier, 9, Phase.ENDED, 0)).receiveMessage();
    assertThat(noted.incarnation()).isEqualTo(earlier);
    world.report(NODE, status(earlier, 8, Phase.RUNNING, 0)).receiveMessage();
    assertThat(world.stop(earlier).orElseThrow().grace()).isZero(); // It must not run any more.
    assertThat(world.state()).isEqualTo(before);
  }

  @Test
  void a_life_nobody_has_heard_of_is_noted_only_after_looking_and_stopped() {
    Incarnation unknown = new Incarnation(999);
    world.report(NODE, status(unknown, 1, Phase.RUNNING, 0)).receiveMessage();
    assertThat(world.stop(unknown)).isPresent();
  }

  @Test
  void an_edit_takes_over_metadata_and_keeps_what_is_the_replicas() {
    beginAndRun();
    ApiObject seen = world.pod().orElseThrow();
    ObjectNode changed = seen.copy();
    changed.withObjectProperty("metadata").withObjectProperty("labels").put("tier", "gold");
    changed.withObjectProperty("metadata").remove("annotations");
    changed.withObjectProperty("status").put("phase", "Failed");
    changed.withObjectProperty("spec").put("nodeName", "elsewhere");
    Revision at = new Revision(Long.parseLong(seen.resourceVersion()));
    ApiObject after = world.done(asker -> new Edit(WEB_0, at, Json.bytes(changed), asker));
    assertThat(after.labels()).containsEntry("tier", "gold");
    assertThat(after.annotations()).containsKey("ordinal.io/incarnation");
    assertThat(after.spec().path("nodeName").asString()).isEqualTo("node-a");
    assertThat(phase()).isEqualTo("Running");
    assertThat(world.ask(asker -> new Edit(WEB_0, at, Json.bytes(changed), asker)))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Verdict.Reason.CONFLICT));
  }

  @Test
  void a_node_that_does_not_say_that_a_pod_ended_is_told_of_once() {
    Incarnation life = beginAndRun();
    world.done(asker -> delete(Optional.of(Duration.ofSeconds(5)), asker));
    assertThat(notStopped()).isEmpty();
    world.now = world.now.plusSeconds(21);
    await().until(() -> !notStopped().isEmpty());
    world.tell(new Wake(WEB_0));
    world.tell(new Wake(WEB_0));
    assertThat(notStopped())
        .singleElement()
        .asString()
        .contains("node node-a was told to stop it and has not said that it ended, 15 s after");
    world.report(NODE, status(life, 2, Phase.ENDED, 0)).receiveMessage();
    assertThat(world.pod()).isEmpty();
  }

  private List<String> notStopped() {
    return world.notes.stream()
        .filter(each -> each.reason().equals("NotStopped"))
        .map(EventNote::message)
        .toList();
  }

  @Test
  void an_asker_learns_that_the_store_cannot_answer() {
    world.store.failNext(new StoreUnavailable("no majority", null));
    assertThat(world.ask(asker -> new Create(WEB_0, barePod(""), asker)))
        .isInstanceOf(Verdict.TryLater.class);
    world.done(asker -> new Create(WEB_0, barePod(""), asker));
  }

  private String phase() {
    return world.pod().orElseThrow().status().path("phase").asString();
  }

  private Incarnation beginAndRun() {
    world.begin(podOfSet());
    return run();
  }

  private Incarnation run() {
    await().until(() -> world.state() instanceof Placed);
    Incarnation life = world.state().incarnation();
    await().until(() -> world.toldToStart(NODE, life));
    world.report(NODE, status(life, 1, Phase.RUNNING, 0)).receiveMessage();
    return life;
  }

  private static Delete delete(Optional<Duration> grace, ActorRef<Verdict<StoredObject>> asker) {
    return new Delete(WEB_0, Optional.empty(), Optional.empty(), grace, false, asker);
  }
}
