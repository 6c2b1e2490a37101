package io.ordinal.controller.api;

import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.api.auth.Authenticator;
import io.ordinal.controller.api.auth.ClientCertificates;
import io.ordinal.controller.api.auth.Identity;
import io.ordinal.controller.api.auth.ServerTls;
import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.openapi.OpenApiDocuments;
import io.ordinal.controller.api.write.WriteParts.Origins;
import io.ordinal.controller.disruption.DisruptionSettings;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.InMemoryObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import tools.jackson.databind.node.ObjectNode;

/** An API server over a store in memory, bound to a free port, and a client of it. */
final class ServedApi implements AutoCloseable {
  private static final KindRegistry KINDS = KindRegistry.standard();
  private static final OpenApiDocuments DOCUMENTS = OpenApiDocuments.of(KINDS);
  static final Identity ADMIN = new Identity("admin", Set.of(Identity.MASTERS));

  final ActorTestKit kit = ActorTestKit.create("api", ConfigFactory.load());
  final InMemoryObjectStore store = new InMemoryObjectStore();
  final FakeReplicas replicas = new FakeReplicas(kit, store);
  final FakeAgents agents = new FakeAgents();
  final FakeUsages usages = new FakeUsages();
  final ApiServer server;
  volatile boolean joined = true;
  volatile Duration age = Duration.ZERO;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;

  ServedApi() {
    this(request -> ADMIN, Optional.empty(), true);
  }

  /**
   * @param furnished whether there is a namespace to begin with; needs a client who may make it
   */
  ServedApi(Authenticator authenticator, Optional<SSLContext> tls, boolean furnished) {
    this("", authenticator, tls, furnished);
  }

  /**
   * @param settings of {@code ordinal.api} that differ
   */
  ServedApi(String settings) {
    this(settings, request -> ADMIN, Optional.empty(), true);
  }

  /** Over TLS, for holders of certificates of this authority; without a namespace. */
  static ServedApi overTls(TestCertificates certificates, InstantSource clock)
      throws GeneralSecurityException {
    return overTls(certificates, clock, "");
  }

  /**
   * @param settings of {@code ordinal.api} that differ
   */
  static ServedApi overTls(TestCertificates certificates, InstantSource clock, String settings)
      throws GeneralSecurityException {
    TestCertificates.Holder server = certificates.issue("CN=server");
    X509Certificate authority = certificates.ca.certificate();
    return new ServedApi(
        settings,
        new ClientCertificates(authority, clock),
        Optional.of(ServerTls.context(server.key(), List.of(server.certificate()), authority)),
        false);
  }

  private ServedApi(
      String different, Authenticator authenticator, Optional<SSLContext> tls, boolean furnished) {
    ApiSettings settings =
        ApiSettings.from(
            ConfigFactory.parseString(different)
                .withFallback(
                    ConfigFactory.parseString(
                        "port = 0, watch.buffer = 64, confirm-patience = 500ms"))
                .withFallback(kit.system().settings().config().getConfig("ordinal.api")));
    ApiParts parts =
        new ApiParts(
            store,
            replicas,
            agents,
            usages,
            KINDS,
            DOCUMENTS,
            authenticator,
            () -> joined,
            () -> age,
            Optional.of(ServedApi::ofCluster),
            DisruptionSettings.from(kit.system().settings().config()),
            () -> CompletableFuture.completedStage("ordinal_pods 0\n"),
            new Origins(
                InstantSource.system(),
                () -> UUID.randomUUID().toString(),
                RandomGenerator.getDefault()),
            System::nanoTime);
    server = ApiServer.bind(kit.system(), parts, settings, tls).toCompletableFuture().join();
    base = "http://127.0.0.1:" + server.port();
    if (furnished) namespace("default");
  }

  /** Says whom it was asked by, and for what. */
  private static CompletionStage<org.apache.pekko.http.javadsl.model.HttpResponse> ofCluster(
      org.apache.pekko.http.javadsl.model.HttpRequest request,
      Identity identity,
      List<String> path) {
    return CompletableFuture.completedStage(Answer.text(200, identity.user() + " " + path));
  }

  void namespace(String name) {
    ok(post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + name + "\"}}"));
  }

  record Reply(int code, String body, HttpResponse<?> raw) {
    ObjectNode json() {
      return Json.object(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    ApiObject object() {
      return new ApiObject(json());
    }

    String message() {
      return json().path("message").asString("");
    }

    String reason() {
      return json().path("reason").asString("");
    }
  }

  static Reply ok(Reply reply) {
    if (reply.code() / 100 != 2) throw new AssertionError(reply.code() + " " + reply.body());
    return reply;
  }

  Reply get(String path) {
    return send("GET", path, null, Map.of());
  }

  Reply get(String path, String accept) {
    return send("GET", path, null, Map.of("Accept", accept));
  }

  Reply post(String path, String body) {
    return send("POST", path, body, Map.of("Content-Type", "application/json"));
  }

  Reply put(String path, String body) {
    return send("PUT", path, body, Map.of("Content-Type", "application/json"));
  }

  Reply patch(String path, String type, String body) {
    return send("PATCH", path, body, Map.of("Content-Type", "application/" + type));
  }

  Reply delete(String path, String body) {
    return send("DELETE", path, body, Map.of("Content-Type", "application/json"));
  }

  Reply send(String method, String path, String body, Map<String, String> headers) {
    try {
      HttpResponse<String> response =
          client.send(request(method, path, body, headers), HttpResponse.BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.body(), response);
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(method + " " + path, failed);
    }
  }

  HttpResponse<InputStream> open(String path, Map<String, String> headers) {
    try {
      return client.send(
          request("GET", path, null, headers), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(path, failed);
    }
  }

  /** Notes each text that the server sends, and in the end {@code closed}. */
  WebSocket socket(String path, Queue<String> said) {
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          private final StringBuilder text = new StringBuilder();

          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
              said.add(text.toString());
              text.setLength(0);
            }
            socket.request(1);
            return null;
          }

          @Override
          public CompletionStage<?> onClose(WebSocket socket, int code, String why) {
            said.add("closed");
            return null;
          }
        };
    URI uri = URI.create(base.replace("http", "ws") + path);
    return client.newWebSocketBuilder().buildAsync(uri, listener).join();
  }

  private HttpRequest request(
      String method, String path, String body, Map<String, String> headers) {
    HttpRequest.BodyPublisher publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(20))
            .method(method, publisher);
    headers.forEach(request::header);
    return request.build();
  }

  @Override
  public void close() {
    server.close(Duration.ofMillis(100)).toCompletableFuture().join();
    kit.shutdownTestKit();
  }
}
