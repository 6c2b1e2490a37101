package io.ordinal.agent.host;

import io.ordinal.protocol.agent.FrontDoorRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/** Front doors by the addresses of their actor systems, or in this very actor system. */
public final class SelectedFrontDoors implements FrontDoors {
  private static final String PATH = "/user/" + FrontDoorRequest.ACTOR_NAME;

  private final ActorSystem<?> system;
  private final List<String> addresses;
  private final Duration patience;

  /**
   * @param addresses such as {@code pekko://ordinal@10.0.0.1:7355}; empty for this actor system
   */
  public SelectedFrontDoors(ActorSystem<?> system, List<String> addresses, Duration patience) {
    this.system = system;
    this.addresses = addresses.isEmpty() ? List.of("") : List.copyOf(addresses);
    this.patience = patience;
  }

  @Override
  public CompletionStage<ActorRef<FrontDoorRequest>> find(int attempt) {
    String address = addresses.get(Math.floorMod(attempt, addresses.size()));
    return Adapter.toClassic(system)
        .actorSelection(address + PATH)
        .resolveOne(patience)
        .thenApply(Adapter::toTyped);
  }
}
