package io.ordinal.controller.api.audit;

import io.ordinal.controller.api.access.AccessGate.Caller;
import io.ordinal.controller.api.access.Action;
import io.ordinal.controller.api.access.Ruling;
import io.ordinal.controller.api.auth.Identity;
import io.ordinal.controller.document.Json;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes lines of what is told. One request is dealt with by one thread after another, never by two
 * at a time.
 */
final class WrittenTrail implements Trail {
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final int SWITCHING = 101;

  private final HttpRequest request;
  private final String id;
  private final InstantSource clock;
  private final Consumer<byte[]> lines;
  private final Instant received;
  private Optional<Identity> sender = Optional.empty();
  private Optional<Identity> impersonated = Optional.empty();
  private Optional<Action> action = Optional.empty();
  private Optional<Ruling> ruling = Optional.empty();
  private String version = "";

  WrittenTrail(HttpRequest request, String id, InstantSource clock, Consumer<byte[]> lines) {
    this.request = request;
    this.id = id;
    this.clock = clock;
    this.lines = lines;
    this.received = clock.instant();
  }

  @Override
  public void sentBy(Identity who) {
    sender = Optional.of(who);
  }

  @Override
  public void calledBy(Caller caller) {
    if (caller.impersonates()) impersonated = Optional.of(caller.identity());
  }

  @Override
  public void wants(Action wanted, String apiVersion) {
    action = Optional.of(wanted);
    version = apiVersion;
  }

  @Override
  public void ruled(Ruling made) {
    ruling = Optional.of(made);
  }

  @Override
  public HttpResponse answered(HttpResponse response) {
    int code = response.status().intValue();
    HttpResponse marked = response.addHeader(RawHeader.create("Audit-Id", id));
    boolean watch = action.map(each -> each.verb().equals("watch")).orElse(false);
    if (code == SWITCHING || (watch && code == 200)) write("ResponseStarted", code);
    if (code == SWITCHING) return marked;
    if (!watch || code != 200) {
      write("ResponseComplete", code);
      return marked;
    }
    return marked.transformEntityDataBytes(
        Flow.<ByteString>create()
            .watchTermination(
                (nothing, end) -> {
                  end.whenComplete((done, failure) -> write("ResponseComplete", code));
                  return NotUsed.getInstance();
                }));
  }

  private void write(String stage, int code) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    line.writeBytes(Json.bytes(event(stage, code)));
    line.write('\n');
    lines.accept(line.toByteArray());
  }

  private ObjectNode event(String stage, int code) {
    ObjectNode event = Json.object();
    event.put("kind", "Event").put("apiVersion", "audit.k8s.io/v1");
    event.put("level", "Metadata").put("auditID", id).put("stage", stage);
    event.put("requestURI", ShownAddress.of(request));
    event.put("verb", action.map(Action::verb).orElseGet(this::method));
    user(event.putObject("user"), sender);
    if (impersonated.isPresent()) user(event.putObject("impersonatedUser"), impersonated);
    request
        .getAttribute(AttributeKeys.remoteAddress)
        .flatMap(address -> address.getAddress())
        .ifPresent(address -> event.putArray("sourceIPs").add(address.getHostAddress()));
    request
        .getHeader("User-Agent")
        .map(HttpHeader::value)
        .ifPresent(agent -> event.put("userAgent", agent));
    if (action.orElse(null) instanceof Action.OnResource about) {
      object(event.putObject("objectRef"), about);
    }
    // Its message may quote what was sent, so that it is not told.
    ObjectNode status = event.putObject("responseStatus");
    status.putObject("metadata");
    if (code >= 400) status.put("status", "Failure");
    status.put("code", code);
    event.put("requestReceivedTimestamp", MICROS.format(received));
    event.put("stageTimestamp", MICROS.format(clock.instant()));
    ruling.ifPresent(each -> annotate(event.putObject("annotations"), each));
    return event;
  }

  private String method() {
    return request.method().name().toLowerCase(Locale.ROOT);
  }

  private static void annotate(ObjectNode annotations, Ruling ruling) {
    annotations.put("authorization.k8s.io/decision", ruling.allowed() ? "allow" : "forbid");
    annotations.put("authorization.k8s.io/reason", ruling.reason());
  }

  private static void user(ObjectNode user, Optional<Identity> identity) {
    if (identity.isEmpty()) return;
    user.put("username", identity.get().user());
    if (!identity.get().uid().isEmpty()) user.put("uid", identity.get().uid());
    var groups = user.putArray("groups");
    identity.get().groups().stream().sorted().forEach(groups::add);
    if (identity.get().extra().isEmpty()) return;
    ObjectNode extra = user.putObject("extra");
    identity.get().extra().forEach((key, values) -> values.forEach(extra.putArray(key)::add));
  }

  private void object(ObjectNode object, Action.OnResource about) {
    object.put("resource", about.resource());
    put(object, "namespace", about.namespace());
    put(object, "name", about.name());
    put(object, "apiGroup", about.group());
    put(object, "apiVersion", version);
    put(object, "subresource", about.subresource());
  }

  private static void put(ObjectNode object, String name, String value) {
    if (!value.isEmpty()) object.put(name, value);
  }
}
