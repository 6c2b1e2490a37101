package io.ordinal.controller.replica;

import static io.ordinal.controller.replica.ReplicaWorld.NODE;
import static io.ordinal.controller.replica.ReplicaWorld.WEB_0;
import static io.ordinal.controller.replica.ReplicaWorld.object;
import static io.ordinal.controller.replica.ReplicaWorld.podOfSet;
import static io.ordinal.controller.replica.ReplicaWorld.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.event.EventNote;
import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.node.Lives.OrderIncomplete;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.replica.ReplicaState.Stay;
import io.ordinal.controller.replica.wire.StoredReplicaCodec;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ReplicaLackTest {
  private static final ObjectKey SETTINGS =
      new ObjectKey(ReplicaRecords.CONFIG_MAPS, "shop", "settings");

  private static final Session RETURNED = ReplicaWorld.session("node-a", 2);

  private final List<ReplicaCommand> told = new CopyOnWriteArrayList<>();
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
  void a_pod_whose_volume_lacks_its_files_creates_its_container_and_says_why_once() {
    begin(withVolume());
    await().until(() -> !waiting().isMissingNode());
    assertThat(waiting().toString()).isEqualTo("{\"reason\":\"ContainerCreating\"}");
    assertThat(world.pod().orElseThrow().status().path("phase").asString("")).isEqualTo("Pending");
    looks(5);
    assertThat(complaints()).hasSize(1);
    EventNote note = complaints().get(0);
    assertThat(note.reason()).isEqualTo("FailedMount");
    assertThat(note.message())
        .isEqualTo(
            "MountVolume.SetUp failed for volume \"conf\" : configmap \"settings\" not found");
    assertThat(note.host()).isEqualTo("node-a");
    world.now = world.now.plusSeconds(1);
    await().until(() -> complaints().size() == 2);
  }

  @Test
  void a_container_whose_variable_lacks_its_value_says_so_itself() {
    begin(withVariable());
    await().until(() -> !waiting().isMissingNode());
    assertThat(waiting().path("reason").asString("")).isEqualTo("CreateContainerConfigError");
    assertThat(waiting().path("message").asString(""))
        .isEqualTo("configmap \"settings\" not found");
    assertThat(complaints())
        .extracting(EventNote::reason, EventNote::message, note -> note.about().fieldPath())
        .containsExactly(
            tuple("Failed", "Error: configmap \"settings\" not found", "spec.containers{main}"));
  }

  @Test
  void its_node_may_begin_it_once_what_it_lacked_is_there() {
    begin(withVolume());
    await().until(() -> !waiting().isMissingNode());
    assertThat(confirm()).isCompletedExceptionally();
    settings();
    assertThat(confirm()).isCompletedWithValueMatching(Optional::isPresent);
    world.report(NODE, status(life(), 1, Phase.RUNNING, 0)).receiveMessage();
    assertThat(waiting().isMissingNode()).isTrue();
  }

  @Test
  void a_life_that_its_node_has_does_not_lack_what_is_removed_later() {
    settings();
    begin(withVolume());
    world.report(NODE, status(life(), 1, Phase.RUNNING, 0)).receiveMessage();
    world.commit(new Operation.Delete(SETTINGS, Condition.ANY));
    world.put(NODE, Standing.FENCED);
    world.openNode(RETURNED);
    await().until(() -> ((Placed) world.state()).stay().equals(new Stay(RETURNED, false, 0)));
    looks(3); // It asks the node to say again what it has.
    assertThat(waiting().isMissingNode()).isTrue();
    assertThat(complaints()).isEmpty();
  }

  @Test
  void an_old_copy_of_the_store_does_not_tell_what_a_life_lacks() {
    begin(withVolume());
    await().until(() -> !waiting().isMissingNode());
    looks(1);
    int before = world.store.localReads();
    looks(3);
    assertThat(world.store.localReads()).isEqualTo(before);
  }

  @Test
  void what_cannot_be_read_is_lacking_too() {
    ApiObject secret =
        object(
            "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'settings',"
                + "'namespace':'shop','uid':'s'},'data':{'k':'a'}}");
    ObjectKey key = new ObjectKey(ReplicaRecords.SECRETS, "shop", "settings");
    world.commit(new Operation.Put(key, secret.draft(), Condition.ANY));
    ObjectNode pod = Json.object(podOfSet());
    ObjectNode volume =
        pod.withObjectProperty("spec").putArray("volumes").addObject().put("name", "conf");
    volume.putObject("secret").put("secretName", "settings");
    begin(pod);
    await().until(() -> !complaints().isEmpty());
    assertThat(complaints().get(0).message())
        .startsWith(
            "MountVolume.SetUp failed for volume \"conf\" : what it refers to cannot be read");
  }

  /** It would have its node ask at once, and so on without a pause. */
  @Test
  void a_replica_is_not_woken_because_its_order_lacks_something() {
    begin(withVolume());
    CompletableFuture<Optional<LifeOrder>> answer = confirm();
    assertThat(answer)
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(OrderIncomplete.class);
    assertThat(told).isEmpty();
  }

  private void begin(ObjectNode pod) {
    world.begin(Json.bytes(pod));
    await().until(() -> world.state() instanceof Placed);
  }

  private Incarnation life() {
    return world.state().incarnation();
  }

  /** Until the actor has looked so often at what it waits for. */
  private void looks(int times) {
    long wanted = world.told.size() + times;
    await().until(() -> world.told.size() >= wanted);
  }

  private List<EventNote> complaints() {
    return world.notes.stream().filter(EventNote::warning).toList();
  }

  private JsonNode waiting() {
    ApiObject pod = world.pod().orElseThrow();
    return pod.status().path("containerStatuses").path(0).path("state").path("waiting");
  }

  private void settings() {
    ApiObject map =
        object(
            "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'settings',"
                + "'namespace':'shop','uid':'c'},'data':{'k':'v'}}");
    world.commit(new Operation.Put(SETTINGS, map.draft(), Condition.ANY));
  }

  private CompletableFuture<Optional<LifeOrder>> confirm() {
    ReplicaLives lives =
        new ReplicaLives(
            world.store, new StoredReplicaCodec(), new Remembering(), new NoCredentials());
    CompletableFuture<Optional<LifeOrder>> answer =
        lives.confirm(NODE, WEB_0, life()).toCompletableFuture();
    await().until(answer::isDone);
    return answer;
  }

  private static ObjectNode withVolume() {
    ObjectNode pod = Json.object(podOfSet());
    ObjectNode volume =
        pod.withObjectProperty("spec").putArray("volumes").addObject().put("name", "conf");
    volume.putObject("configMap").put("name", "settings");
    return pod;
  }

  private static ObjectNode withVariable() {
    ObjectNode pod = Json.object(podOfSet());
    ObjectNode container = (ObjectNode) pod.path("spec").path("containers").get(0);
    ObjectNode variable = container.putArray("env").addObject().put("name", "K");
    ObjectNode reference = variable.putObject("valueFrom").putObject("configMapKeyRef");
    reference.put("name", "settings").put("key", "k");
    return pod;
  }

  private final class Remembering implements Replicas {
    @Override
    public void tell(ReplicaCommand command) {
      told.add(command);
    }

    @Override
    public <R> CompletionStage<R> ask(Function<ActorRef<R>, ReplicaCommand> command) {
      return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }
  }
}
