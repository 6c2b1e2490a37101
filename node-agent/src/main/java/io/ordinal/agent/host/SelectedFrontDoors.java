package io.ordinal.agent.host;

import io.ordinal.protocol.agent.FrontDoorRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/** Front doors by the addresses of their actor systems, which are looked up at each attempt. */
public final class SelectedFrontDoors implements FrontDoors {
  private static final String PATH = "/user/" + FrontDoorRequest.ACTOR_NAME;

  private final ActorSystem<?> system;
  private final DoorAddresses addresses;
  private final Duration patience;

  public SelectedFrontDoors(ActorSystem<?> system, DoorAddresses addresses, Duration patience) {
    this.system = system;
    this.addresses = addresses;
    this.patience = patience;
  }

  /** The first attempt has the number 1, and goes to the first address. */
  @Override
  public CompletionStage<ActorRef<FrontDoorRequest>> find(int attempt) {
    return addresses.now().thenCompose(known -> find(attempt, known));
  }

  private CompletionStage<ActorRef<FrontDoorRequest>> find(int attempt, List<String> known) {
    if (known.isEmpty()) {
      return CompletableFuture.failedStage(
          new IllegalStateException("no address of a controller is known"));
    }
    String address = known.get(Math.floorMod(attempt - 1, known.size()));
    return Adapter.toClassic(system)
        .actorSelection(address + PATH)
        .resolveOne(patience)
        .thenApply(Adapter::toTyped);
  }
}
