package io.ordinal.agent.host;

import io.ordinal.protocol.agent.FrontDoorRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Front doors by the addresses of their actor systems, which are looked up at each attempt. */
public final class SelectedFrontDoors implements FrontDoors {
  private static final Logger LOG = LoggerFactory.getLogger(SelectedFrontDoors.class);
  private static final String PATH = "/user/" + FrontDoorRequest.ACTOR_NAME;

  private final ActorSystem<?> system;
  private final DoorAddresses addresses;
  private final Duration patience;
  private final Duration headStart;

  /**
   * @param patience with the search for one
   * @param headStart of each before the next one is looked for too: one that is dead does not
   *     answer
   */
  public SelectedFrontDoors(
      ActorSystem<?> system, DoorAddresses addresses, Duration patience, Duration headStart) {
    this.system = system;
    this.addresses = addresses;
    this.patience = patience;
    this.headStart = headStart;
  }

  /** The first attempt has the number 1, and goes to the first address first. */
  @Override
  public CompletionStage<ActorRef<FrontDoorRequest>> find(int attempt) {
    return addresses.now().thenCompose(known -> find(attempt, known));
  }

  private CompletionStage<ActorRef<FrontDoorRequest>> find(int attempt, List<String> known) {
    if (known.isEmpty()) {
      return CompletableFuture.failedStage(
          new IllegalStateException("no address of a controller is known"));
    }
    List<Supplier<CompletionStage<ActorRef<FrontDoorRequest>>>> inTurn = new ArrayList<>();
    for (int turn = 0; turn < known.size(); turn++) {
      String address = known.get(Math.floorMod(attempt - 1 + turn, known.size()));
      inTurn.add(() -> find(address));
    }
    return FirstAnswer.of(inTurn, headStart);
  }

  @Override
  public void findOthers(
      ActorRef<FrontDoorRequest> known, Consumer<ActorRef<FrontDoorRequest>> found) {
    Address there = known.path().address();
    String address = there.hasGlobalScope() ? there.toString() : DoorAddresses.HERE;
    addresses
        .now()
        .thenAccept(
            all ->
                all.stream()
                    .filter(each -> !each.equals(address))
                    .forEach(each -> logged(each, find(each).thenAccept(found))))
        .whenComplete(
            (nothing, failure) -> {
              if (failure != null) LOG.debug("the controllers' addresses are not known", failure);
            });
  }

  /** Nobody waits for it; the next search may find it. */
  private static void logged(String address, CompletionStage<Void> search) {
    search.whenComplete(
        (nothing, failure) -> {
          if (failure != null) LOG.debug("no front door found at '{}'", address, failure);
        });
  }

  private CompletionStage<ActorRef<FrontDoorRequest>> find(String address) {
    return Adapter.toClassic(system)
        .actorSelection(address + PATH)
        .resolveOne(patience)
        .thenApply(Adapter::toTyped);
  }
}
