package io.ordinal.controller.api.call;

import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.api.http.Yaml;
import io.ordinal.controller.document.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.scaladsl.Compression;
import org.apache.pekko.util.ByteString;

/** The last step of an answer: into the language and the packing that the client asked for. */
public final class Encoding {
  /** The fastest: what is left is small enough. */
  private static final int LEVEL = 1;

  private static final String PRETTY = "pretty=";
  private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "True", "TRUE");

  private static final ContentType YAML =
      MediaTypes.applicationWithOpenCharset("yaml").toContentTypeWithMissingCharset();

  private final EncodingSettings settings;
  private final ActorSystem<?> system;

  public Encoding(EncodingSettings settings, ActorSystem<?> system) {
    this.settings = settings;
    this.system = system;
  }

  /**
   * Prints an answer in JSON as YAML; others as they are. Fails with a StatusException, 406, when
   * it is too large for that: it stands in memory whole, many times as large as a tree.
   */
  public CompletionStage<HttpResponse> yaml(HttpResponse response) {
    if (!response.entity().getContentType().equals(ContentTypes.APPLICATION_JSON)) {
      return CompletableFuture.completedStage(response);
    }
    if (response.entity().getContentLengthOption().orElse(0) > settings.yamlLimitBytes()) {
      response.entity().getDataBytes().runWith(Sink.cancelled(), system);
      return CompletableFuture.failedStage(tooLarge());
    }
    return response
        .entity()
        .toStrict(settings.yamlPatience().toMillis(), settings.yamlLimitBytes(), system)
        .thenApply(
            json -> {
              byte[] yaml = Yaml.bytes(Json.tree(json.getData().toArray()));
              return response
                  .removeAttribute(Answer.WHOLE)
                  .withEntity(HttpEntities.create(YAML, yaml));
            })
        .exceptionally(
            failure -> {
              Throwable cause = failure.getCause() == null ? failure : failure.getCause();
              if (cause instanceof EntityStreamException) throw tooLarge();
              throw new CompletionException(cause);
            });
  }

  private StatusException tooLarge() {
    return Refusal.notAcceptable(
        "the answer is larger than the "
            + (settings.yamlLimitBytes() >> 20)
            + " MiB that are answered as application/yaml: ask for application/json, or for"
            + " pages with limit");
  }

  /**
   * Breaks an answer in JSON into lines, if the client asked for that with {@code pretty}. Watches
   * stay an event a line, and what is packed already stays as it is.
   */
  public HttpResponse indented(HttpRequest request, HttpResponse response) {
    OptionalLong length = response.entity().getContentLengthOption();
    boolean ends = length.isPresent() || Answer.isWhole(response);
    boolean done = response.getHeader("Content-Encoding").isPresent();
    ContentType type = response.entity().getContentType();
    if (!ends || done || !isJson(type) || !wantsLines(request)) return response;
    Source<ByteString, ?> lines = response.entity().getDataBytes().via(Indentation.flow());
    HttpResponse indented = response.withEntity(HttpEntities.createChunked(type, lines));
    boolean large = length.orElse(0) >= settings.packFromBytes();
    return large ? indented.addAttribute(Answer.WHOLE, true) : indented;
  }

  private static boolean isJson(ContentType type) {
    return type.mediaType().isApplication() && type.mediaType().subType().equals("json");
  }

  /** As in Kubernetes, the first one counts, and what is no truth is none. */
  private static boolean wantsLines(HttpRequest request) {
    String query = request.getUri().rawQueryString().orElse("");
    return Stream.of(query.split("&"))
        .filter(each -> each.startsWith(PRETTY))
        .findFirst()
        .filter(each -> TRUE.contains(each.substring(PRETTY.length())))
        .isPresent();
  }

  /**
   * Packs an answer that is large and has an end, if the client can unpack it. What has no end is
   * never packed: it would not arrive until there is enough of it.
   */
  public HttpResponse packed(HttpRequest request, HttpResponse response) {
    OptionalLong length = response.entity().getContentLengthOption();
    boolean done = response.getHeader("Content-Encoding").isPresent();
    boolean small = length.orElse(0) < settings.packFromBytes() && !Answer.isWhole(response);
    if (done || small || !takesGzip(request)) return response;
    Flow<ByteString, ByteString, NotUsed> gzip = Compression.gzip(LEVEL).asJava();
    ContentType type = response.entity().getContentType();
    return alreadyPacked(
            response.withEntity(
                HttpEntities.createChunked(type, response.entity().getDataBytes().via(gzip))))
        .addHeader(RawHeader.create("Vary", "Accept-Encoding"));
  }

  /** Says that the body is packed; what that depends on is the caller's to say. */
  public static HttpResponse alreadyPacked(HttpResponse response) {
    return response.addHeader(RawHeader.create("Content-Encoding", "gzip"));
  }

  /** As small as gzip makes it, which takes longer than {@link #packed} does. */
  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.toByteArray();
  }

  /** Whether the client can unpack it. */
  public static boolean takesGzip(HttpRequest request) {
    Optional<String> accepted = request.getHeader("Accept-Encoding").map(each -> each.value());
    if (accepted.isEmpty()) return false;
    for (String each : accepted.get().split(",")) {
      String coding = each.strip();
      if (coding.equals("gzip") || coding.equals("gzip;q=1.0")) return true;
    }
    return false;
  }
}
