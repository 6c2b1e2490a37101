package io.ordinal.controller.boot;

import io.ordinal.controller.api.cluster.Neighbours;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Leave;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** The other controllers by their health checks, and by Pekko's cluster. */
final class PekkoNeighbours implements Neighbours {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private final ActorSystem<?> system;

  PekkoNeighbours(ActorSystem<?> system) {
    this.system = system;
  }

  /** A frozen process takes connections and answers nothing. */
  @Override
  public CompletionStage<Boolean> answers(String management) {
    return Http.get(system)
        .singleRequest(HttpRequest.GET("http://" + management + "/alive"))
        .thenApply(
            response -> {
              response.discardEntityBytes(system);
              return response.status().isSuccess();
            })
        .toCompletableFuture()
        .copy()
        .completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(unreachable -> false);
  }

  @Override
  public void dismiss(String artery) {
    Cluster cluster = Cluster.get(system);
    StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
        .map(Member::address)
        .filter(each -> artery.equals(each.host().get() + ":" + each.port().get()))
        .forEach(each -> dismiss(cluster, each));
  }

  private static void dismiss(Cluster cluster, Address address) {
    boolean unreachable =
        cluster.state().getUnreachable().stream().anyMatch(each -> each.address().equals(address));
    cluster.manager().tell(unreachable ? new Down(address) : new Leave(address));
  }
}
