package io.ordinal.controller.boot;

import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeptTest {
  private final ActorTestKit kit = ActorTestKit.create();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void what_a_fault_has_ended_begins_anew() {
    TestProbe<ActorRef<String>> begun = kit.createTestProbe();
    Behavior<String> faulty =
        Behaviors.setup(
            context -> {
              begun.getRef().tell(context.getSelf());
              return Behaviors.receiveMessage(
                  word -> {
                    throw new IllegalStateException(word);
                  });
            });
    kit.spawn(Kept.going(faulty, Duration.ofMillis(10)));
    begun.receiveMessage().tell("a fault of the first life");
    begun.receiveMessage().tell("a fault of the second");
    begun.receiveMessage();
  }
}
