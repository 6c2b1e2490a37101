package io.ordinal.controller.api;

import io.ordinal.controller.api.access.AccessGate;
import io.ordinal.controller.api.access.Action;
import io.ordinal.controller.api.access.Actions;
import io.ordinal.controller.api.access.Ruling;
import io.ordinal.controller.api.audit.AuditLog;
import io.ordinal.controller.api.audit.Trail;
import io.ordinal.controller.api.auth.Identity;
import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.call.Encoding;
import io.ordinal.controller.api.call.HangUp;
import io.ordinal.controller.api.call.ResourcePath;
import io.ordinal.controller.api.cluster.ClusterApi;
import io.ordinal.controller.api.discovery.DiscoveryHandler;
import io.ordinal.controller.api.http.Accept;
import io.ordinal.controller.api.http.Query;
import io.ordinal.controller.api.http.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Finds out what a request is about, whether its sender may, and who answers it. */
final class Routes {
  private final ApiParts parts;
  private final DiscoveryHandler discovery;
  private final Health health;
  private final AccessGate gate;
  private final Verbs verbs;
  private final AuditLog audit;
  private final Encoding encoding;

  /**
   * @param audit told of every request
   */
  Routes(
      ApiParts parts,
      Health health,
      AccessGate gate,
      Verbs verbs,
      AuditLog audit,
      Encoding encoding) {
    this.audit = audit;
    this.encoding = encoding;
    this.parts = parts;
    this.gate = gate;
    this.health = health;
    this.discovery = new DiscoveryHandler(parts.kinds(), parts.openApi());
    this.verbs = verbs;
  }

  /**
   * Never fails: every failure is an answer.
   *
   * @param gone tells when the client has hung up
   */
  CompletionStage<HttpResponse> handle(HttpRequest request, HangUp gone) {
    String shown = request.method().name() + " " + request.getUri().getPathString();
    Trail trail = audit.begin(request);
    try {
      return dispatch(request, gone, trail)
          .thenApply(answer -> encoding.packed(request, encoding.indented(request, answer)))
          .exceptionally(failure -> failed(request, shown, failure))
          .thenApply(trail::answered);
    } catch (RuntimeException failure) {
      return CompletableFuture.completedStage(trail.answered(failed(request, shown, failure)));
    }
  }

  private HttpResponse failed(HttpRequest request, String shown, Throwable failure) {
    return encoding.indented(request, Failures.answer(shown, failure));
  }

  private CompletionStage<HttpResponse> dispatch(HttpRequest request, HangUp gone, Trail trail) {
    String method = request.method().name();
    if (method.equals("HEAD") || method.equals("OPTIONS")) throw Refusal.methodNotAllowed();
    return sender(request)
        .thenCompose(
            sender -> {
              trail.sentBy(sender);
              return gate.caller(request, sender);
            })
        .thenCompose(
            caller -> {
              trail.calledBy(caller);
              return routed(new Sender(request, caller.identity(), gone, trail));
            });
  }

  /** What a machine shows that joins is no user's token, and the cluster's API judges it. */
  private CompletionStage<Identity> sender(HttpRequest request) {
    return isOfCluster(segments(request))
        ? CompletableFuture.completedStage(gate.certified(request))
        : gate.sender(request);
  }

  private static boolean isOfCluster(List<String> segments) {
    return !segments.isEmpty() && segments.get(0).equals(ClusterApi.PREFIX);
  }

  private CompletionStage<HttpResponse> routed(Sender sender) {
    HttpRequest request = sender.request();
    Identity identity = sender.identity();
    List<String> segments = segments(request);
    String method = request.method().name();
    if (namesResources(segments)) {
      Optional<ResourcePath> path = ResourcePath.parse(parts.kinds(), segments);
      if (path.isPresent()) return resource(sender, path.get());
    }
    if (isOfCluster(segments)) {
      return parts
          .cluster()
          .orElseThrow(Refusal::unknownResource)
          .handle(request, identity, segments.subList(1, segments.size()));
    }
    String path = request.getUri().getPathString();
    return allowed(sender, Actions.of(method, path), "")
        .thenCompose(allowed -> answered(request, segments));
  }

  private CompletionStage<HttpResponse> answered(HttpRequest request, List<String> segments) {
    // Of a group that is not served nothing can be asked, whatever the method.
    boolean reads = request.method().name().equals("GET");
    if (!reads && !namesResources(segments)) throw Refusal.methodNotAllowed();
    if (segments.equals(List.of("metrics"))) {
      return parts.metrics().get().thenApply(text -> Answer.text(200, text));
    }
    return CompletableFuture.completedStage(plain(request, segments));
  }

  private CompletionStage<Ruling> allowed(Sender sender, Action action, String version) {
    Trail trail = sender.trail();
    trail.wants(action, version);
    trail.ruled(Ruling.REFUSED); // Until it is said otherwise.
    return gate.require(sender.identity(), action)
        .thenApply(
            ruling -> {
              trail.ruled(ruling);
              return ruling;
            });
  }

  private record Sender(HttpRequest request, Identity identity, HangUp gone, Trail trail) {}

  private CompletionStage<HttpResponse> resource(Sender sender, ResourcePath path) {
    HttpRequest request = sender.request();
    Query query = Query.parse(request.getUri().rawQueryString().orElse(""));
    Call call = new Call(request, path, query, sender.identity(), accept(request), sender.gone());
    Verbs.Verb verb = verbs.of(call);
    Action.OnResource action = Actions.of(verb.roleName(), path, query);
    return allowed(sender, action, path.kind().version())
        .thenCompose(allowed -> gate.prepared(sender.identity(), action))
        .thenCompose(ready -> printed(verb, call));
  }

  private CompletionStage<HttpResponse> printed(Verbs.Verb verb, Call call) {
    if (!call.accept().isYaml()) return verbs.answer(verb, call);
    if (verb == Verbs.Verb.WATCH) throw Accept.notAcceptable();
    return verbs.answer(verb, call).thenCompose(answer -> encoding.yaml(answer));
  }

  private HttpResponse plain(HttpRequest request, List<String> segments) {
    return switch (segments.isEmpty() ? "" : segments.get(0)) {
      case "healthz", "livez", "readyz" -> health.answer(request, segments);
      default ->
          discovery
              .get(request, segments, accept(request))
              .orElseGet(() -> Answer.text(404, "404 page not found\n"));
    };
  }

  private static boolean namesResources(List<String> segments) {
    if (segments.isEmpty()) return false;
    return (segments.get(0).equals("api") && segments.size() > 2)
        || (segments.get(0).equals("apis") && segments.size() > 3);
  }

  private static List<String> segments(HttpRequest request) {
    List<String> found = new ArrayList<>();
    request.getUri().pathSegments().forEach(found::add);
    found.removeIf(String::isEmpty);
    return found;
  }

  private static Accept accept(HttpRequest request) {
    return Accept.parse(request.getHeader("Accept").map(HttpHeader::value).orElse(""));
  }
}
