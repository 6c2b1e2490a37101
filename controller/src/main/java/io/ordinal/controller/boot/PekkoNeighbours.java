package io.ordinal.controller.boot;

import io.ordinal.controller.api.cluster.Neighbours;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Leave;
import org.apache.pekko.event.NoLogging;
import org.apache.pekko.http.javadsl.ConnectHttp;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ClientConnectionSettings;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/** The other controllers by their health checks, and by Pekko's cluster. */
final class PekkoNeighbours implements Neighbours {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ActorSystem<?> system;
  private final ClientConnectionSettings settings;

  PekkoNeighbours(ActorSystem<?> system) {
    this.system = system;
    Duration cut = PATIENCE.plus(PATIENCE); // What is said of silence is said below.
    this.settings =
        ClientConnectionSettings.create(system.settings().config())
            .withConnectingTimeout(cut)
            .withIdleTimeout(cut);
  }

  /**
   * A frozen process takes connections and answers nothing. Each question has a connection of its
   * own: a pool does not connect again for up to two minutes to one that refused, and asks one that
   * came back by the connection to the process that is gone.
   */
  @Override
  public CompletionStage<Optional<String>> silence(String management) {
    return Source.single(HttpRequest.GET("/alive"))
        .via(
            Http.get(system)
                .outgoingConnection(
                    ConnectHttp.toHost(management),
                    Optional.empty(),
                    settings,
                    NoLogging.getInstance()))
        .runWith(Sink.head(), system)
        .thenApply(response -> refusal(management, response))
        .toCompletableFuture()
        .copy()
        .completeOnTimeout(
            Optional.of("nothing from " + management + " within " + PATIENCE.toSeconds() + " s"),
            PATIENCE.toMillis(),
            TimeUnit.MILLISECONDS)
        .exceptionally(failure -> Optional.of(management + ": " + root(failure)));
  }

  private Optional<String> refusal(String management, HttpResponse response) {
    response.discardEntityBytes(system);
    if (response.status().isSuccess()) return Optional.empty();
    return Optional.of(management + " answers " + response.status());
  }

  private static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) root = root.getCause();
    return root.getMessage() == null ? root.toString() : root.getMessage();
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
