package io.ordinal.controller.api;

import io.ordinal.controller.api.access.ReviewHandler;
import io.ordinal.controller.api.access.TokenHandler;
import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.call.ResourcePath;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.api.log.LogHandler;
import io.ordinal.controller.api.read.ReadHandler;
import io.ordinal.controller.api.stream.StreamHandler;
import io.ordinal.controller.api.usage.UsageHandler;
import io.ordinal.controller.api.watch.WatchHandler;
import io.ordinal.controller.api.write.Bodies;
import io.ordinal.controller.api.write.BodyRoom;
import io.ordinal.controller.api.write.CollectionHandler;
import io.ordinal.controller.api.write.CreateHandler;
import io.ordinal.controller.api.write.DeleteHandler;
import io.ordinal.controller.api.write.EvictionHandler;
import io.ordinal.controller.api.write.UpdateHandler;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What can be asked of a resource, and who answers it. */
final class Verbs {
  /** Of Kubernetes' pods and nodes; people get to hear more than that they are not found. */
  private static final Map<String, String> UNSUPPORTED =
      Map.of(
          "proxy",
          "kubectl port-forward reaches a pod",
          "ephemeralcontainers",
          "kubectl exec runs a command in the pod, and kubectl debug --copy-to in a copy of it",
          "binding",
          "",
          "resize",
          "");

  /** A verb, with its name in roles. */
  enum Verb {
    GET("get"),
    LIST("list"),
    WATCH("watch"),
    CREATE("create"),
    UPDATE("update"),
    PATCH("patch"),
    DELETE("delete"),
    DELETE_COLLECTION("deletecollection");

    private final String roleName;

    Verb(String roleName) {
      this.roleName = roleName;
    }

    String roleName() {
      return roleName;
    }
  }

  /** Everybody who answers. */
  record Handlers(
      ReadHandler read,
      WatchHandler watch,
      CreateHandler create,
      UpdateHandler update,
      DeleteHandler delete,
      CollectionHandler collection,
      EvictionHandler eviction,
      LogHandler log,
      ReviewHandler reviews,
      TokenHandler tokens,
      UsageHandler usage,
      StreamHandler stream) {}

  private final Handlers handlers;
  private final Load load;

  /**
   * What keeps requests within bounds.
   *
   * @param room what bodies may take together
   */
  record Load(InFlight reads, InFlight writes, Bodies bodies, BodyRoom room) {}

  Verbs(Handlers handlers, Load load) {
    this.handlers = handlers;
    this.load = load;
  }

  /**
   * @throws io.ordinal.controller.api.http.StatusException 404 or 405 when that cannot be asked of
   *     this resource
   */
  Verb of(Call call) {
    ResourcePath path = call.path();
    Collection<String> allowed = call.kind().verbs();
    if (!path.subresource().isEmpty()) {
      allowed =
          call.kind().subresources().stream()
              .filter(each -> each.name().equals(path.subresource()))
              .findFirst()
              .orElseThrow(() -> unknown(call))
              .verbs();
    }
    Verb verb = path.isCollection() ? ofCollection(call) : ofObject(call);
    if (allowed.contains(verb.roleName())) return verb;
    boolean ofPod = call.kind().resource().value().equals("pods");
    if (ofPod && path.subresource().equals("status")) {
      throw Refusal.notSupported("a change of pods/status, which the pod's own replica writes,");
    }
    throw Refusal.methodNotAllowed();
  }

  private static StatusException unknown(Call call) {
    ResourcePath path = call.path();
    String instead = UNSUPPORTED.get(path.subresource());
    return instead == null
        ? Refusal.unknownResource()
        : Refusal.notSupported(call.kind().resource() + "/" + path.subresource(), instead);
  }

  CompletionStage<HttpResponse> answer(Verb verb, Call call) {
    return switch (verb) {
      case GET -> load.reads().run(asked(call), () -> get(call));
      case LIST -> load.reads().run(asked(call), () -> list(call));
      case WATCH -> // Until it begins.
          load.reads().run(asked(call), () -> handlers.watch().watch(call));
      case CREATE -> written(call, asked(call), this::create);
      case UPDATE -> written(call, changing(call), handlers.update()::put);
      case PATCH -> written(call, changing(call), handlers.update()::patch);
      case DELETE -> written(call, asked(call), handlers.delete()::delete);
      case DELETE_COLLECTION -> written(call, asked(call), handlers.collection()::delete);
    };
  }

  /**
   * Who sends slowly holds up nobody: only what has come whole counts as being worked on. Of large
   * bodies only few are read at the same time, as that takes long.
   */
  private CompletionStage<HttpResponse> written(
      Call call, Asked asked, Function<Call, CompletionStage<HttpResponse>> handler) {
    return load.bodies()
        .gathered(
            call.http(),
            load.room().place(user(call)),
            whole -> {
              long bytes = whole.entity().getContentLengthOption().orElse(0);
              Asked sized = asked.sized(BodyRoom.isLarge(bytes));
              return load.writes().run(sized, () -> handler.apply(call.with(whole)));
            });
  }

  private static Asked asked(Call call) {
    return new Asked(user(call), Optional.empty(), false, call.gone(), () -> likeness(call));
  }

  private Asked changing(Call call) {
    return new Asked(
        user(call), handlers.update().turn(call), false, call.gone(), () -> likeness(call));
  }

  private static int likeness(Call call) {
    return Objects.hash(user(call), call.http().method().name(), call.http().getUri().toString());
  }

  private static String user(Call call) {
    return call.identity().user();
  }

  private CompletionStage<HttpResponse> list(Call call) {
    return call.kind().measured() ? handlers.usage().list(call) : handlers.read().list(call);
  }

  private CompletionStage<HttpResponse> get(Call call) {
    if (call.kind().measured()) return handlers.usage().get(call);
    return switch (call.path().subresource()) {
      case "log" -> handlers.log().log(call);
      case "exec" -> handlers.stream().exec(call);
      case "attach" -> handlers.stream().attach(call);
      case "portforward" -> handlers.stream().forward(call);
      case "scale" -> handlers.update().scale(call);
      default -> handlers.read().get(call); // Status is answered with the whole object.
    };
  }

  private CompletionStage<HttpResponse> create(Call call) {
    if (!call.kind().isStored()) return handlers.reviews().review(call);
    return switch (call.path().subresource()) {
      case "" -> handlers.create().create(call);
      case "token" -> handlers.tokens().token(call);
      case "exec" -> handlers.stream().exec(call);
      case "attach" -> handlers.stream().attach(call);
      case "portforward" -> handlers.stream().forward(call);
      default -> handlers.eviction().evict(call);
    };
  }

  private static Verb ofCollection(Call call) {
    return switch (call.http().method().name()) {
      case "GET" -> call.path().watch() || call.query().flag("watch") ? Verb.WATCH : Verb.LIST;
      case "POST" -> inOnePlace(call, Verb.CREATE);
      case "DELETE" -> inOnePlace(call, Verb.DELETE_COLLECTION);
      default -> throw Refusal.methodNotAllowed();
    };
  }

  /** What is in namespaces is written in one at a time. */
  private static Verb inOnePlace(Call call, Verb verb) {
    boolean everywhere = call.kind().namespaced() && call.path().namespace().isEmpty();
    if (everywhere) throw Refusal.methodNotAllowed();
    return verb;
  }

  private static Verb ofObject(Call call) {
    return switch (call.http().method().name()) {
      case "GET" -> call.path().watch() ? Verb.WATCH : Verb.GET;
      case "POST" -> {
        if (call.path().subresource().isEmpty()) throw Refusal.methodNotAllowed();
        yield Verb.CREATE;
      }
      case "PUT" -> Verb.UPDATE;
      case "PATCH" -> Verb.PATCH;
      case "DELETE" -> Verb.DELETE;
      default -> throw Refusal.methodNotAllowed();
    };
  }
}
