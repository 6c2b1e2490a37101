package io.ordinal.agent.host;

import io.ordinal.protocol.agent.FrontDoorRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Front doors of several controllers with one log, in a time that a test lets pass. One may be
 * killed, and with it the log's leader: then nobody answers before another one leads.
 */
final class DyingControllers implements FrontDoors, UpTime {
  private static final Duration LOOK_UP = Duration.ofMillis(20);

  private final FakeControllers log;
  private final ActorRef<FrontDoorRequest> ledger;
  private final Duration answer;
  private final Duration headStart;
  private final List<ActorRef<FrontDoorRequest>> doors = new ArrayList<>();
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private Duration now = Duration.ofHours(1);
  private Duration ledAgain = Duration.ZERO;
  private int dead = -1;
  private long numbers;

  private record Event(Duration at, long number, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = at.compareTo(other.at);
      return byTime == 0 ? Long.compare(number, other.number) : byTime;
    }
  }

  /**
   * @param answer how long it takes while somebody leads
   * @param headStart of each door before the next one is looked for
   */
  DyingControllers(
      ActorTestKit kit, FakeControllers log, int count, Duration answer, Duration headStart) {
    this.log = log;
    this.ledger = kit.spawn(log.frontDoor());
    this.answer = answer;
    this.headStart = headStart;
    for (int index = 0; index < count; index++) doors.add(kit.spawn(door(index)));
  }

  FakeControllers log() {
    return log;
  }

  @Override
  public String bootId() {
    return "boot";
  }

  @Override
  public Duration now() {
    return now;
  }

  /** Of the controllers' doors, the one that agents find first is the first. */
  void kill(int index, Duration election) {
    dead = index;
    ledAgain = now.plus(election);
  }

  /** Everything that is due by then happens. */
  void pass(Duration time) {
    now = now.plus(time);
    while (!events.isEmpty() && events.peek().at().compareTo(now) <= 0) events.poll().what().run();
  }

  private void after(Duration pause, Runnable what) {
    events.add(new Event(now.plus(pause), ++numbers, what));
  }

  private Behavior<FrontDoorRequest> door(int index) {
    return Behaviors.receiveMessage(
        request -> {
          if (index != dead) commit(index, request);
          return Behaviors.same();
        });
  }

  private void commit(int index, FrontDoorRequest request) {
    Duration begin = ledAgain.compareTo(now) > 0 ? ledAgain : now;
    after(
        begin.plus(answer).minus(now),
        () -> {
          if (index == dead) return;
          if (ledAgain.compareTo(now) > 0) commit(index, request); // The leader died meanwhile.
          else ledger.tell(request);
        });
  }

  @Override
  public CompletionStage<ActorRef<FrontDoorRequest>> find(int attempt) {
    CompletableFuture<ActorRef<FrontDoorRequest>> found = new CompletableFuture<>();
    for (int turn = 0; turn < doors.size(); turn++) {
      int index = Math.floorMod(attempt - 1 + turn, doors.size());
      if (index == dead) continue;
      after(headStart.multipliedBy(turn).plus(LOOK_UP), () -> found.complete(doors.get(index)));
    }
    return found;
  }

  @Override
  public void findOthers(
      ActorRef<FrontDoorRequest> known, Consumer<ActorRef<FrontDoorRequest>> found) {
    for (int index = 0; index < doors.size(); index++) {
      ActorRef<FrontDoorRequest> door = doors.get(index);
      if (index != dead && !door.equals(known)) after(LOOK_UP, () -> found.accept(door));
    }
  }
}
