package io.ordinal.controller.api.log;

import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.call.HangUp;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.read.ReadOptions;
import io.ordinal.controller.api.read.Reads;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.node.Agents;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.LogChunk;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Answers GET on the log of a pod: piece by piece, as fast as the client reads. */
public final class LogHandler {
  /** Where a log is read. */
  private record Place(NodeName node, ReplicaId replica, String container, boolean previous) {}

  /** What comes next: a piece that was read, or the place of the one to read. */
  private record Step(Optional<LogChunk> chunk, long cursor) {}

  private final Reads reads;
  private final Agents agents;
  private final LogSettings settings;
  private final InstantSource clock;

  public LogHandler(Reads reads, Agents agents, LogSettings settings, InstantSource clock) {
    this.reads = reads;
    this.agents = agents;
    this.settings = settings;
    this.clock = clock;
  }

  public CompletionStage<HttpResponse> log(Call call) {
    LogOptions options = LogOptions.parse(call.query(), clock.instant());
    return reads
        .read(ReadOptions.NEWEST, view -> view.get(call.path().key()))
        .thenCompose(
            read -> {
              StoredObject found =
                  read.value().orElseThrow(() -> Refusal.notFound(call.kind(), call.path().name()));
              return log(call, ApiObject.of(found), options);
            });
  }

  private CompletionStage<HttpResponse> log(Call call, ApiObject pod, LogOptions options) {
    String container = LogSource.container(pod, options.container());
    String node = pod.spec().path("nodeName").asString("");
    if (node.isEmpty()) {
      return CompletableFuture.completedStage(HttpResponse.create().withStatus(204));
    }
    LogSource.requireOutput(pod, container, options.previous());
    Place place =
        new Place(
            new NodeName(node),
            new ReplicaId(pod.namespace(), pod.name()),
            container,
            options.previous());
    // The first piece tells whether there is a log at all, so the answer waits for it.
    return read(place, 0, options.tailLines(), Duration.ZERO)
        .handle(
            (first, failure) -> {
              if (failure != null) throw unreachable(place, failure);
              first
                  .refusal()
                  .ifPresent(
                      why -> {
                        throw Refusal.badRequest(why);
                      });
              return Answer.streamed(
                  ContentTypes.TEXT_PLAIN_UTF8, until(call.gone(), stream(place, first, options)));
            });
  }

  /** A silent log is not written to: nothing else would tell that nobody reads it. */
  private static Source<ByteString, NotUsed> until(
      HangUp gone, Source<ByteString, NotUsed> pieces) {
    return pieces
        .viaMat(KillSwitches.single(), Keep.right())
        .watchTermination(
            (reading, done) -> {
              HangUp.Wish wish = gone.then(reading::shutdown);
              done.whenComplete((end, failure) -> wish.close());
              return NotUsed.getInstance();
            });
  }

  private Source<ByteString, NotUsed> stream(Place place, LogChunk first, LogOptions options) {
    LineFilter filter = new LineFilter(options);
    return Source.unfoldAsync(
            new Step(Optional.of(first), 0), step -> next(place, step, options, filter))
        .filter(piece -> !piece.isEmpty());
  }

  private CompletionStage<Optional<Pair<Step, ByteString>>> next(
      Place place, Step step, LogOptions options, LineFilter filter) {
    if (step.cursor() < 0 || filter.isFull()) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    Duration patience = options.follow() ? settings.patience() : Duration.ZERO;
    CompletionStage<LogChunk> read =
        step.chunk().isPresent()
            ? CompletableFuture.completedStage(step.chunk().get())
            : read(place, step.cursor(), -1, patience);
    return read.thenApply(
        chunk -> {
          // Who does not follow gets what there was, however fast it grows.
          boolean all = chunk.complete() || chunk.lines().length == 0;
          boolean over = chunk.ended() || chunk.refusal().isPresent() || all && !options.follow();
          Step after = new Step(Optional.empty(), over ? -1 : chunk.next());
          ByteString piece = ByteString.fromArrayUnsafe(filter.pass(chunk.lines()));
          return Optional.of(Pair.create(after, piece));
        });
  }

  private CompletionStage<LogChunk> read(Place place, long cursor, long tail, Duration patience) {
    return agents.readLog(
        place.node(),
        replyTo ->
            new AgentCommand.ReadLog(
                place.replica(),
                place.container(),
                place.previous(),
                cursor,
                tail,
                settings.pieceBytes(),
                patience,
                replyTo));
  }

  private static RuntimeException unreachable(Place place, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof TimeoutException) {
      return Refusal.timeout("the agent of node " + place.node() + " did not answer");
    }
    return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
  }
}
