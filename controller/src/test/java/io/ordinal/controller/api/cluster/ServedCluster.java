package io.ordinal.controller.api.cluster;

import io.ordinal.controller.api.auth.Identity;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.StoreGroup;
import io.ordinal.controller.store.StoredRecord;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import tools.jackson.databind.node.ObjectNode;

/** The routes below {@code /ordinal/v1} over a store in memory, and what people ask of them. */
final class ServedCluster {
  static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  static final UUID FIRST = new UUID(0, 1);
  static final UUID SECOND = new UUID(0, 2);
  private static final Identity ADMIN = new Identity("admin", Set.of(Identity.MASTERS));

  final InMemoryObjectStore store = new InMemoryObjectStore();
  final FakeSigner signer = new FakeSigner();
  final FakeGroup group = new FakeGroup();

  /** Where health checks of other controllers answer. */
  final Set<String> answering = new HashSet<>();

  private final ClusterKit kit;
  private final ClusterRoutes routes;

  ServedCluster(ClusterKit kit) {
    this.kit = kit;
    this.routes =
        new ClusterRoutes(
            new ClusterParts(
                store,
                group,
                new FakeNeighbours(answering),
                signer,
                out -> CompletableFuture.completedStage(null),
                true,
                InstantSource.fixed(NOW),
                new SecureRandom(),
                Duration.ofDays(365),
                kit.bodies()));
  }

  /** What is shown to a controller of a new token. */
  String token(JoinRole role) {
    ObjectNode body = Json.object().put("role", role.word()).put("ttl", "PT1H");
    String made =
        send(HttpMethods.POST, "tokens", ADMIN, Optional.of(body), Optional.empty())
            .join()
            .path("token")
            .asString();
    return TokenText.parse(made).bearer();
  }

  CompletableFuture<ObjectNode> join(
      String bearer, String name, JoinRole role, String address, String request) {
    ObjectNode body = Json.object().put("name", name).put("role", role.word());
    body.putArray("addresses").add(address);
    body.put("request", request);
    return send(HttpMethods.POST, "join", nobody(), Optional.of(body), Optional.of(bearer));
  }

  /** As a controller does at its first start. */
  CompletableFuture<ObjectNode> vote(String name, UUID copy) {
    return vote(name, copy, group.id());
  }

  /**
   * @param store the group that its copy is of
   */
  CompletableFuture<ObjectNode> vote(String name, UUID copy, UUID store) {
    ObjectNode body = Json.object().put("id", copy.toString()).put("store", "10.0.0.2:7651");
    body.put("group", store.toString());
    return send(HttpMethods.POST, "controllers", self(name), Optional.of(body), Optional.empty());
  }

  /** As a controller does that finds no store in its directory. */
  CompletableFuture<ObjectNode> lost(String name) {
    return send(
        HttpMethods.POST,
        "controllers",
        self(name),
        Optional.of(Json.object().put("lost", true)),
        Optional.empty());
  }

  private static Identity self(String name) {
    return new Identity(
        MemberNames.user(name), Set.of(MemberNames.MEMBERS, MemberNames.CONTROLLERS));
  }

  CompletableFuture<ObjectNode> get(String path) {
    return send(HttpMethods.GET, path, ADMIN, Optional.empty(), Optional.empty());
  }

  CompletableFuture<ObjectNode> rotate(ObjectNode wanted) {
    return send(HttpMethods.POST, "rotations", ADMIN, Optional.of(wanted), Optional.empty());
  }

  CompletableFuture<ObjectNode> delete(String path) {
    return send(HttpMethods.DELETE, path, ADMIN, Optional.empty(), Optional.empty());
  }

  List<MemberRecord> members() {
    return store
        .read(
            Freshness.LOCAL,
            view ->
                view.records(MemberRecord.FAMILY).stream()
                    .map(StoredRecord::value)
                    .map(MemberRecord::of)
                    .toList())
        .toCompletableFuture()
        .join();
  }

  private static Identity nobody() {
    return new Identity("system:anonymous", Set.of());
  }

  private CompletableFuture<ObjectNode> send(
      HttpMethod method,
      String path,
      Identity who,
      Optional<ObjectNode> body,
      Optional<String> bearer) {
    HttpRequest plain = HttpRequest.create("/ordinal/v1/" + path).withMethod(method);
    HttpRequest full =
        body.map(each -> plain.withEntity(ContentTypes.APPLICATION_JSON, Json.bytes(each)))
            .orElse(plain);
    HttpRequest request =
        bearer
            .map(each -> full.addHeader(RawHeader.create("Authorization", "Bearer " + each)))
            .orElse(full);
    List<String> segments = new ArrayList<>(List.of("v1"));
    segments.addAll(List.of(path.split("/")));
    return CompletableFuture.completedFuture(request)
        .thenCompose(each -> routes.handle(each, who, segments))
        .thenCompose(this::body)
        .toCompletableFuture();
  }

  private CompletionStage<ObjectNode> body(HttpResponse response) {
    return response
        .entity()
        .toStrict(Duration.ofSeconds(5).toMillis(), kit.system().classicSystem())
        .thenApply(each -> Json.object(each.getData().toArray()));
  }

  /** Signs in words. */
  static final class FakeSigner implements Signer {
    boolean failing;

    @Override
    public String keyOf(String request) {
      if (request.equals("damaged")) throw new IllegalArgumentException("it is damaged");
      return request;
    }

    @Override
    public String authority() {
      try (InputStream in = ServedCluster.class.getResourceAsStream("/ca-for-tests.pem")) {
        return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    public CompletionStage<String> sign(String request, Subject subject) {
      return failing
          ? CompletableFuture.failedFuture(new IllegalStateException("no signature today"))
          : CompletableFuture.completedStage(
              "certificate of "
                  + keyOf(request)
                  + " for "
                  + subject.name()
                  + " "
                  + subject.addresses());
    }
  }

  /** A group that does what it is told at once, unless it is held. */
  static final class FakeGroup implements StoreGroup {
    private final List<Member> members =
        new ArrayList<>(List.of(new Member(FIRST, "10.0.0.1:7651")));

    /** Votes are given once this is completed. */
    CompletableFuture<Void> adding = CompletableFuture.completedFuture(null);

    Set<UUID> ids() {
      return members.stream().map(Member::id).collect(Collectors.toSet());
    }

    @Override
    public UUID id() {
      return new UUID(1, 1);
    }

    @Override
    public UUID self() {
      return FIRST;
    }

    @Override
    public List<Member> members() {
      return List.copyOf(members);
    }

    @Override
    public Optional<UUID> leader() {
      return Optional.of(FIRST);
    }

    @Override
    public Duration age() {
      return Duration.ZERO;
    }

    @Override
    public CompletionStage<Void> add(Member member) {
      return adding.thenRun(() -> members.add(member));
    }

    @Override
    public CompletionStage<Void> remove(UUID member) {
      members.removeIf(each -> each.id().equals(member));
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> stepDown() {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Digest> digest() {
      return CompletableFuture.completedStage(new Digest(0, 0, ""));
    }
  }

  private record FakeNeighbours(Set<String> answering) implements Neighbours {
    @Override
    public CompletionStage<Optional<String>> silence(String management) {
      return CompletableFuture.completedStage(
          answering.contains(management) ? Optional.empty() : Optional.of("it is off"));
    }

    @Override
    public void dismiss(String artery) {}
  }
}
