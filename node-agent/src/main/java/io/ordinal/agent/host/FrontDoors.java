package io.ordinal.agent.host;

import io.ordinal.protocol.agent.FrontDoorRequest;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;

/** Where controllers are found. */
public interface FrontDoors {
  /**
   * Finds a front door; fails when none answers there.
   *
   * @param attempt counts up, so that another address has its turn each time
   */
  CompletionStage<ActorRef<FrontDoorRequest>> find(int attempt);
}
