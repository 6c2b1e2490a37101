package io.ordinal.member.contact;

import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Asks controllers over HTTPS, one after the other until one answers. Blocking. */
public final class ClusterClient {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int SERVER_ERRORS = 500;
  private static final int TOO_MANY = 429;

  private final Supplier<List<URI>> servers;
  private final Supplier<SSLContext> tls;
  private HttpClient http;

  /**
   * @param servers asked for at each call, such as {@code https://10.0.0.1:6443}
   * @param tls asked for at each call; another context is taken up at once. Connections and
   *     sessions of one context outlive a renewed certificate: a controller sees the former one on
   *     them, and nobody once that has ended
   */
  public ClusterClient(Supplier<List<URI>> servers, Supplier<SSLContext> tls) {
    this.servers = servers;
    this.tls = tls;
    this.http = connecting(tls.get());
  }

  private static HttpClient connecting(SSLContext tls) {
    return HttpClient.newBuilder()
        .sslContext(tls)
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CONNECT)
        .build();
  }

  private synchronized HttpClient http() {
    SSLContext now = tls.get();
    if (now != http.sslContext()) http = connecting(now);
    return http;
  }

  /** A controller answered, and refused. */
  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;
    private final int code;

    Refused(int code, String message) {
      super(message);
      this.code = code;
    }

    /** The HTTP status. */
    public int code() {
      return code;
    }
  }

  public ObjectNode get(String path) throws IOException, InterruptedException {
    return ask("GET", path, Optional.empty(), Optional.empty());
  }

  public ObjectNode post(String path, ObjectNode body) throws IOException, InterruptedException {
    return ask("POST", path, Optional.of(body), Optional.empty());
  }

  /**
   * @param bearer shown instead of a certificate
   */
  public ObjectNode post(String path, ObjectNode body, String bearer)
      throws IOException, InterruptedException {
    return ask("POST", path, Optional.of(body), Optional.of(bearer));
  }

  /**
   * @throws Refused when a controller said no
   * @throws IOException when none answered; the last one's reason
   */
  private ObjectNode ask(
      String method, String path, Optional<ObjectNode> body, Optional<String> bearer)
      throws IOException, InterruptedException {
    IOException last = new IOException("no controller is known");
    for (URI server : servers.get()) {
      try {
        return answer(http().send(request(server, method, path, body, bearer), bytes()));
      } catch (Refused refused) {
        if (refused.code() < SERVER_ERRORS && refused.code() != TOO_MANY) throw refused;
        last = refused;
      } catch (IOException unreachable) {
        last = new IOException(server + ": " + reason(unreachable), unreachable);
      }
    }
    throw last;
  }

  private static HttpResponse.BodyHandler<byte[]> bytes() {
    return BodyHandlers.ofByteArray();
  }

  private static HttpRequest request(
      URI server, String method, String path, Optional<ObjectNode> body, Optional<String> bearer) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(ANSWER)
            .header("Accept", "application/json")
            .header("User-Agent", "ordinal");
    bearer.ifPresent(each -> request.header("Authorization", "Bearer " + each));
    if (body.isPresent()) request.header("Content-Type", "application/json");
    return request
        .method(
            method,
            body.map(each -> BodyPublishers.ofByteArray(Json.bytes(each)))
                .orElseGet(BodyPublishers::noBody))
        .build();
  }

  private static ObjectNode answer(HttpResponse<byte[]> response) throws IOException {
    ObjectNode tree;
    try {
      tree = Json.object(response.body());
    } catch (JacksonException | IllegalArgumentException wrong) {
      throw new Refused(SERVER_ERRORS, "answered " + response.statusCode() + " and no JSON object");
    }
    if (response.statusCode() < 300) return tree;
    throw new Refused(response.statusCode(), tree.path("message").asString("refused"));
  }

  /** What TLS found wrong stands in the causes. */
  private static String reason(IOException failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) deepest = deepest.getCause();
    String said = deepest.getMessage();
    return said == null ? deepest.getClass().getSimpleName() : said;
  }
}
