package io.ordinal.controller.api.call;

import io.ordinal.controller.api.http.Status;
import io.ordinal.controller.document.Json;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.http.javadsl.model.AttributeKey;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import tools.jackson.databind.JsonNode;

/** Puts HTTP responses together. */
public final class Answer {
  static final AttributeKey<Boolean> WHOLE = AttributeKey.create("whole", Boolean.class);

  private static final HttpHeader UNCACHED = RawHeader.create("Cache-Control", "no-cache, private");

  /** Of all texts together, as in Kubernetes: clients refuse an answer whose head is too long. */
  private static final int MOST_WARNINGS_CHARS = 4096;

  /** Of each, where all together are longer. */
  private static final int MOST_CHARS_OF_MANY = 256;

  /** Some clients take a hundred headers at most. */
  private static final int MOST_WARNINGS = 50;

  private Answer() {}

  public static HttpResponse json(int code, byte[] body) {
    return of(code, HttpEntities.create(ContentTypes.APPLICATION_JSON, body));
  }

  public static HttpResponse json(int code, JsonNode body) {
    return json(code, Json.bytes(body));
  }

  /** A body that is made while it is sent. */
  public static HttpResponse streamed(ContentType type, Source<ByteString, ?> body) {
    return of(200, HttpEntities.createChunked(type, body));
  }

  /** As {@link #streamed}, of a length that is known. */
  public static HttpResponse sized(long length, Source<ByteString, ?> body) {
    return of(200, HttpEntities.create(ContentTypes.APPLICATION_JSON, length, body));
  }

  /** As {@link #streamed}, but it has an end, and is large: it may be packed. */
  public static HttpResponse whole(Source<ByteString, ?> body) {
    return of(200, HttpEntities.createChunked(ContentTypes.APPLICATION_JSON, body))
        .addAttribute(WHOLE, true);
  }

  static boolean isWhole(HttpResponse response) {
    return response.getAttribute(WHOLE).isPresent();
  }

  public static HttpResponse text(int code, String body) {
    return of(code, HttpEntities.create(ContentTypes.TEXT_PLAIN_UTF8, body));
  }

  public static HttpResponse status(Status status) {
    HttpResponse response = json(status.code(), status.tree());
    if (status.retryAfterSeconds() == 0) return response;
    String seconds = Integer.toString(status.retryAfterSeconds());
    return response.addHeader(RawHeader.create("Retry-After", seconds));
  }

  /** Adds what a client should print for its user. */
  public static HttpResponse warned(HttpResponse response, List<String> warnings) {
    if (warnings.isEmpty()) return response;
    List<String> all = warnings.stream().distinct().toList();
    List<String> texts = all.stream().limit(MOST_WARNINGS + 1).map(Answer::quoted).toList();
    int chars = texts.stream().mapToInt(String::length).sum();
    int most = chars > MOST_WARNINGS_CHARS ? MOST_CHARS_OF_MANY : MOST_WARNINGS_CHARS;
    List<HttpHeader> headers = new ArrayList<>();
    int room = MOST_WARNINGS_CHARS;
    for (String each : texts) {
      String text = cut(each, most);
      room -= text.length();
      if (room < 0 || headers.size() == MOST_WARNINGS) {
        headers.add(warning((all.size() - headers.size()) + " more warnings"));
        break;
      }
      headers.add(warning(text));
    }
    return response.addHeaders(headers);
  }

  private static HttpHeader warning(String text) {
    return RawHeader.create("Warning", "299 - \"" + text + "\"");
  }

  /** Takes no quoted character apart. */
  private static String cut(String quoted, int most) {
    if (quoted.length() <= most) return quoted;
    String cut = quoted.substring(0, most);
    int slashes = cut.length() - cut.replaceAll("\\\\+$", "").length();
    return slashes % 2 == 0 ? cut : cut.substring(0, most - 1);
  }

  private static HttpResponse of(int code, ResponseEntity entity) {
    return HttpResponse.create().withStatus(code).withEntity(entity).addHeader(UNCACHED);
  }

  private static String quoted(String text) {
    StringBuilder safe = new StringBuilder();
    for (char each : text.toCharArray()) {
      if (safe.length() >= MOST_WARNINGS_CHARS) break;
      if (each == '"' || each == '\\') safe.append('\\');
      safe.append(each < ' ' || each > '~' ? ' ' : each); // Header values are plain ASCII.
    }
    return safe.toString();
  }
}
