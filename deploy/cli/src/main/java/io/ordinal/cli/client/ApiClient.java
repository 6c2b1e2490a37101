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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Speaks to one API server. Blocking; for the command line only. */
public final class ApiClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private final HttpClient http;
  private final URI server;

  public ApiClient(URI server, SSLContext tls) {
    this.server = server;
    this.http =
        HttpClient.newBuilder()
            .sslContext(tls)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
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

  public ObjectNode mergePatch(String path, JsonNode patch)
      throws IOException, InterruptedException {
    return object(send("PATCH", path, "application/merge-patch+json", Json.bytes(patch)));
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
    List<String> warnings =
        answer.headers().allValues("Warning").stream().map(ApiClient::warning).toList();
    return new Answer(answer.statusCode(), tree(answer), warnings);
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
    HttpRequest request = HttpRequest.newBuilder(server.resolve(path)).build();
    HttpResponse<InputStream> answer = send(request, BodyHandlers.ofInputStream());
    if (answer.statusCode() == 200) return answer.body();
    answer.body().close();
    throw new ApiFailure(answer.statusCode(), "Error from server: " + answer.statusCode());
  }

  private HttpResponse<byte[]> send(String method, String path, String type, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(TIMEOUT)
            .header("Accept", "application/json")
            .header("User-Agent", "ordinal");
    if (type != null) request.header("Content-Type", type);
    request.method(
        method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    return send(request.build(), BodyHandlers.ofByteArray());
  }

  /** The JDK says by the exception's class alone that nobody listens. */
  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    try {
      return http.send(request, handler);
    } catch (ConnectException nobody) {
      throw new ConnectException(
          "nothing answers at "
              + server
              + ": is the member running there (ordinal up, or systemctl status ordinal)?");
    }
  }

  private static ObjectNode object(HttpResponse<byte[]> answer) throws IOException {
    ObjectNode tree = tree(answer);
    if (answer.statusCode() < 300) return tree;
    String reason = tree.path("reason").asString("");
    String bracket = reason.isEmpty() ? "" : " (" + reason + ")";
    throw new ApiFailure(
        answer.statusCode(),
        "Error from server" + bracket + ": " + tree.path("message").asString(""));
  }

  private static ObjectNode tree(HttpResponse<byte[]> answer) throws IOException {
    try {
      return Json.object(answer.body());
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
