package io.ordinal.controller.api.write;

import io.ordinal.controller.api.http.BodyReader;
import io.ordinal.controller.api.http.Document;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.api.protobuf.ProtobufReader;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.util.ByteString;

/** Collects the bodies of requests, up to a limit, and reads those that hold objects. */
public final class Bodies {
  /** A whole body, and what it is said to be: empty when nothing was said. */
  public record Body(String mediaType, byte[] bytes) {}

  private static final String KNOWN =
      "the body of the request was in an unknown format - accepted media types include: "
          + "application/json, application/yaml, application/vnd.kubernetes.protobuf";
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

  /** So many times the limit is far too large. */
  static final long FAR = 4;

  private final long limitBytes;
  private final Duration patience;
  private final ActorSystem<?> system;

  public Bodies(long limitBytes, Duration patience, ActorSystem<?> system) {
    this.limitBytes = limitBytes;
    this.patience = patience;
    this.system = system;
  }

  /** Fails with 413 when the body is larger than the limit. */
  public CompletionStage<Body> collect(HttpRequest request) {
    RequestEntity entity = request.entity();
    OptionalLong announced = entity.getContentLengthOption();
    if (announced.isPresent() && announced.getAsLong() > limitBytes) {
      return tooLarge(entity, announced.getAsLong());
    }
    String mediaType = named(entity.getContentType().mediaType().toString());
    if (entity instanceof HttpEntity.Strict whole) {
      return CompletableFuture.completedStage(new Body(mediaType, whole.getData().toArray()));
    }
    return entity
        .withSizeLimit(limitBytes)
        .toStrict(patience.toMillis(), limitBytes, system)
        .handle(
            (strict, failure) -> {
              if (failure != null) throw refusal(failure);
              return new Body(mediaType, strict.getData().toArray());
            });
  }

  /**
   * Answers a request once its body is whole. Fails with 413 when it is larger than the limit, and
   * with 429 when it is large and there is no room.
   *
   * @param place of the body, until the answer
   * @param answer is given the request with its body
   */
  public CompletionStage<HttpResponse> gathered(
      HttpRequest request,
      BodyRoom.Place place,
      Function<HttpRequest, CompletionStage<HttpResponse>> answer) {
    RequestEntity entity = request.entity();
    if (entity.isKnownEmpty()) return answer.apply(request);
    long announced = entity.getContentLengthOption().orElse(0);
    if (announced > limitBytes) return tooLarge(entity, announced);
    if (entity instanceof HttpEntity.Strict whole) return come(request, whole, place, answer);
    return whole(entity, new Gathering(place, limitBytes))
        .thenCompose(
            bytes ->
                answer.apply(
                    request.withEntity(HttpEntities.create(entity.getContentType(), bytes))))
        .whenComplete((answered, failure) -> place.leave());
  }

  /** What came with its head needs no stream. */
  private CompletionStage<HttpResponse> come(
      HttpRequest request,
      HttpEntity.Strict whole,
      BodyRoom.Place place,
      Function<HttpRequest, CompletionStage<HttpResponse>> answer) {
    try {
      place.add(whole.getData().size());
      return answer.apply(request).whenComplete((answered, failure) -> place.leave());
    } catch (RuntimeException refused) {
      place.leave();
      throw refused;
    }
  }

  private CompletionStage<ByteString> whole(RequestEntity entity, Gathering gathering) {
    return entity
        .withoutSizeLimit()
        .getDataBytes()
        .completionTimeout(patience)
        .runForeach(gathering::add, system)
        .handle(
            (done, failure) -> {
              gathering.refusal().ifPresent(Bodies::fail);
              if (failure != null) throw unread(failure);
              return gathering.bytes();
            });
  }

  private static void fail(StatusException refusal) {
    throw refusal;
  }

  private StatusException refusal(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    boolean large =
        cause instanceof EntityStreamSizeException || cause instanceof EntityStreamException;
    return large ? Refusal.tooLarge(limitBytes) : unread(failure);
  }

  private static StatusException unread(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return Refusal.badRequest("the body could not be read: " + cause.getMessage());
  }

  /**
   * An answer before the end of the body closes the connection, and a client that still writes may
   * never read it: a body that is not far too large is let in first, and thrown away.
   */
  private <T> CompletionStage<T> tooLarge(RequestEntity entity, long announced) {
    CompletableFuture<Done> gone =
        entity.withoutSizeLimit().discardBytes(system).completionStage().toCompletableFuture();
    StatusException refusal = Refusal.tooLarge(limitBytes);
    if (announced > limitBytes * FAR) return CompletableFuture.failedStage(refusal);
    return gone.copy()
        .completeOnTimeout(Done.getInstance(), patience.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (done, failure) -> {
              throw refusal;
            });
  }

  /** Reads a body that holds an object. Without a media type it is taken for JSON. */
  static Document object(Body body) {
    return switch (body.mediaType()) {
      case "", "application/json" -> BodyReader.json(body.bytes());
      case "application/yaml" -> BodyReader.yaml(body.bytes());
      case PROTOBUF -> ProtobufReader.read(body.bytes());
      default -> throw Refusal.unsupportedMediaType(KNOWN);
    };
  }

  private static String named(String mediaType) {
    boolean none = mediaType.equals("none/none") || mediaType.equals("application/octet-stream");
    return none ? "" : mediaType; // The second is what the server makes of a missing header.
  }
}
