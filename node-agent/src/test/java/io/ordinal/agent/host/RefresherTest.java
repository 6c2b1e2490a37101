package io.ordinal.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.agent.driver.LaunchSpec;
import io.ordinal.agent.volume.Aging;
import io.ordinal.agent.volume.Volumes;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.AgentEvent;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.VolumeOrder;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefresherTest {
  private static final ReplicaId WEB_0 = new ReplicaId("shop", "web-0");
  private static final Incarnation SEVEN = new Incarnation(7);
  private static final Session SESSION =
      new Session(new NodeName("here"), UUID.randomUUID(), "b", 1);
  private static final VolumeOrder.Files TOKEN =
      new VolumeOrder.Files("t", Map.of("token", new byte[] {1}), 0644, Duration.ofMinutes(48));

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final TestProbe<FrontDoorRequest> door = kit.createTestProbe();
  private final TestProbe<AgentCommand> agent = kit.createTestProbe();
  private final TestProbe<VolumeOrder.Files> written = kit.createTestProbe();
  private Duration most = Duration.ofHours(1);
  private volatile Instant now = Instant.EPOCH;

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void asks_until_it_is_answered_and_again_before_the_files_expire() {
    ActorRef<Refresher.Command> refresher = spawn();
    time.timePasses(Agents.HOST.refresh());
    door.expectNoMessage(Duration.ZERO);
    refresher.tell(new Refresher.Connected(door.ref(), SESSION));
    for (int round = 0; round < 2; round++) {
      time.timePasses(Agents.HOST.refresh());
      assertThat(door.receiveMessage())
          .isEqualTo(new FrontDoorRequest.Refresh(SESSION, WEB_0, SEVEN, agent.ref()));
    }
    answer(refresher, List.of(TOKEN));
    assertThat(written.receiveMessage()).isEqualTo(TOKEN);
    now = now.plus(Duration.ofMinutes(47));
    time.timePasses(Agents.HOST.refresh());
    door.expectNoMessage(Duration.ofMillis(50));
    now = now.plus(Duration.ofMinutes(1));
    time.timePasses(Agents.HOST.refresh());
    assertThat(door.receiveMessage()).isInstanceOf(FrontDoorRequest.Refresh.class);
    refresher.tell(new Refresher.Adrift());
    time.timePasses(Agents.HOST.refresh());
    door.expectNoMessage(Duration.ZERO);
  }

  @Test
  void asks_sooner_than_files_expire_since_their_key_may_be_void() {
    most = Duration.ofMinutes(5);
    ActorRef<Refresher.Command> refresher = spawn();
    refresher.tell(new Refresher.Connected(door.ref(), SESSION));
    answer(refresher, List.of(TOKEN));
    written.receiveMessage();
    now = now.plus(Duration.ofMinutes(5));
    time.timePasses(Agents.HOST.refresh());
    assertThat(door.receiveMessage()).isInstanceOf(FrontDoorRequest.Refresh.class);
  }

  @Test
  void writes_nothing_for_a_life_that_is_not_placed_here_any_more() {
    ActorRef<Refresher.Command> refresher = spawn();
    answer(refresher, List.of());
    written.expectNoMessage(Duration.ofMillis(50));
  }

  private static void answer(
      ActorRef<Refresher.Command> refresher, List<VolumeOrder.Files> volumes) {
    refresher.tell(new Refresher.Answered(new AgentCommand.Refreshed(WEB_0, SEVEN, volumes)));
  }

  private ActorRef<Refresher.Command> spawn() {
    return kit.spawn(
        Refresher.create(new OneLife(), () -> now, Agents.HOST.refresh(), most, agent.ref()));
  }

  private final class OneLife implements Volumes {
    @Override
    public CompletionStage<List<Aging>> aging() {
      return CompletableFuture.completedFuture(List.of(new Aging(WEB_0, SEVEN)));
    }

    @Override
    public CompletionStage<Void> refresh(
        ReplicaId replica, Incarnation incarnation, List<VolumeOrder.Files> volumes) {
      volumes.forEach(written.ref()::tell);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Map<String, List<LaunchSpec.Mount>>> prepare(
        LifeOrder order, Consumer<AgentEvent> people) {
      throw new AssertionError("not asked for");
    }

    @Override
    public CompletionStage<Void> leave(LifeOrder order) {
      throw new AssertionError("not asked for");
    }

    @Override
    public CompletionStage<Void> release(LifeOrder order) {
      throw new AssertionError("not asked for");
    }

    @Override
    public CompletionStage<Void> remove(String volume, String path) {
      throw new AssertionError("not asked for");
    }
  }
}
