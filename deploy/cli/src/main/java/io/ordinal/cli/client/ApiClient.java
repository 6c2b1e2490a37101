package io.ordinal.cli.client;

import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Speaks to one API server. Blocking; for the command line only. */
public final class ApiClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private final HttpClient http;
  private final URI server;
  private final Optional<String> token;
  private final Consumer<String> warned;

  public ApiClient(URI server, SSLContext tls) {
    this(server, tls, Optional.empty());
  }

  /**
   * @param token who the client is, where its certificate does not say it
   */
  public ApiClient(URI server, SSLContext tls, Optional<String> token) {
    this(server, connecting(tls), token, unheard -> {});
  }

  private ApiClient(URI server, HttpClient http, Optional<String> token, Consumer<String> warned) {
    this.server = server;
    this.http = http;
    this.token = token;
    this.warned = warned;
  }

  private static HttpClient connecting(SSLContext tls) {
    return HttpClient.newBuilder()
        .sslContext(tls)
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(5))
        .build();
  }

  /** The same client, which tells somebody what the server warns of in its answers. */
  public ApiClient telling(Consumer<String> warned) {
    return new ApiClient(server, http, token, warned);
  }

  public URI server() {
    return server;
  }

  /** Whether the server says of itself that it is ready; false also when it cannot be reached. */
  public boolean ready() throws InterruptedException {
    try {
      return send("GET", "/readyz", null, null).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** The object, or nothing when there is none. */
  public Optional<ObjectNode> get(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = send("GET", path, null, null);
    return answer.statusCode() == 404 ? Optional.empty() : Optional.of(object(answer));
  }

  public ObjectNode post(String path, ObjectNode body) throws IOException, InterruptedException {
    return object(send("POST", path, "application/json", Json.bytes(body)));
  }

  /**
   * An object or list in one of the forms that the header names; the server's refusal is thrown.
   */
  public ObjectNode get(String path, String accept) throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path).timeout(TIMEOUT).setHeader("Accept", accept);
    return object(send(request.build(), BodyHandlers.ofByteArray()));
  }

  public ObjectNode put(String path, ObjectNode body) throws IOException, InterruptedException {
    return object(send("PUT", path, "application/json", Json.bytes(body)));
  }

  public ObjectNode patch(String path, String type, JsonNode patch)
      throws IOException, InterruptedException {
    return object(send("PATCH", path, type, Json.bytes(patch)));
  }

  public ObjectNode delete(String path, ObjectNode options)
      throws IOException, InterruptedException {
    return object(send("DELETE", path, "application/json", Json.bytes(options)));
  }

  public ObjectNode mergePatch(String path, JsonNode patch)
      throws IOException, InterruptedException {
    return patch(path, "application/merge-patch+json", patch);
  }

  public ObjectNode delete(String path) throws IOException, InterruptedException {
    return object(send("DELETE", path, null, null));
  }

  /**
   * What the server said, whatever it was.
   *
   * @param warnings for people
   */
  public record Answer(int code, ObjectNode body, List<String> warnings) {}

  /** Like {@link #post} and its like, for those who decide by the answer's code. */
  public Answer call(String method, String path, ObjectNode body)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = send(method, path, "application/json", Json.bytes(body));
    return new Answer(answer.statusCode(), tree(answer), warnings(answer));
  }

  private static List<String> warnings(HttpResponse<?> answer) {
    return answer.headers().allValues("Warning").stream().map(ApiClient::warning).toList();
  }

  /** The text of {@code 299 - "text"}. */
  private static String warning(String header) {
    int begin = header.indexOf('"');
    int end = header.lastIndexOf('"');
    String text = begin < end ? header.substring(begin + 1, end) : header;
    return text.replace("\\\"", "\"").replace("\\\\", "\\");
  }

  /** The body of an answer, while it comes. */
  public InputStream stream(String path) throws IOException, InterruptedException {
    return stream(path, "*/*");
  }

  /** The same in one of the forms that the header names. */
  public InputStream stream(String path, String accept) throws IOException, InterruptedException {
    HttpRequest request = request(path).setHeader("Accept", accept).build();
    HttpResponse<InputStream> answer = send(request, BodyHandlers.ofInputStream());
    if (answer.statusCode() == 200) return LostConnection.telling(server, answer.body());
    try (InputStream refusal = answer.body()) {
      throw ApiFailure.of(answer.statusCode(), tree(answer, refusal.readAllBytes()));
    }
  }

  /** For a line that both sides write to. */
  WebSocket.Builder webSocket() {
    WebSocket.Builder line = http.newWebSocketBuilder().header("User-Agent", "ordinal");
    token.ifPresent(bearer -> line.header("Authorization", "Bearer " + bearer));
    return line;
  }

  /** Of an answer that is not the one that was hoped for; its body may be missing. */
  static IOException refusal(HttpResponse<?> answer) {
    String said =
        answer.body() instanceof String text
            ? text
            : answer.body() instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.UTF_8)
                : "";
    try {
      return ApiFailure.of(answer.statusCode(), Json.object(said.getBytes(StandardCharsets.UTF_8)));
    } catch (JacksonException | IllegalArgumentException noStatus) {
      return new ApiFailure(
          answer.statusCode(), "Error from server: HTTP status " + answer.statusCode());
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .header("Accept", "application/json")
            .header("User-Agent", "ordinal");
    token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
    return request;
  }

  private HttpResponse<byte[]> send(String method, String path, String type, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path).timeout(TIMEOUT);
    if (type != null) request.header("Content-Type", type);
    request.method(
        method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    return send(request.build(), BodyHandlers.ofByteArray());
  }

  /** The JDK says much of this by the exception's class alone, or in words of its own. */
  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    try {
      HttpResponse<T> answer = http.send(request, handler);
      warnings(answer).forEach(warned);
      return answer;
    } catch (ConnectException nobody) {
      throw new ConnectException(
          "nothing answers at "
              + server
              + ": is the member running there (ordinal up, or systemctl status ordinal)?");
    } catch (HttpTimeoutException silent) {
      throw new IOException("no answer from " + server + " within " + TIMEOUT.toSeconds() + " s");
    } catch (IOException failed) {
      throw LostConnection.told(server, failed);
    }
  }

  private static ObjectNode object(HttpResponse<byte[]> answer) throws IOException {
    ObjectNode tree = tree(answer);
    if (answer.statusCode() < 300) return tree;
    throw ApiFailure.of(answer.statusCode(), tree);
  }

  private static ObjectNode tree(HttpResponse<byte[]> answer) throws IOException {
    return tree(answer, answer.body());
  }

  private static ObjectNode tree(HttpResponse<?> answer, byte[] body) throws IOException {
    try {
      return Json.object(body);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException(
          answer.request().method()
              + " "
              + answer.uri()
              + " answered "
              + answer.statusCode()
              + " and no JSON object",
          e);
    }
  }
}
