package io.ordinal.agent.host;

import io.ordinal.protocol.agent.FrontDoorRequest;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;

/** Where controllers are found. */
public interface FrontDoors {
  /**
   * Finds a front door; fails when none answers there.
   *
   * @param attempt counts up, so that another address has its turn each time
   */
  CompletionStage<ActorRef<FrontDoorRequest>> find(int attempt);

  /**
   * Looks for all others at once.
   *
   * @param known which is not meant
   * @param found is told of each that answers, on any thread
   */
  void findOthers(ActorRef<FrontDoorRequest> known, Consumer<ActorRef<FrontDoorRequest>> found);
}
