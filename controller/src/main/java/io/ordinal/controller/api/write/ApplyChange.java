package io.ordinal.controller.api.write;

import io.ordinal.controller.api.apply.Applied;
import io.ordinal.controller.api.apply.ServerSideApply;
import io.ordinal.controller.api.apply.Writer;
import io.ordinal.controller.api.http.BodyReader;
import io.ordinal.controller.api.http.Document;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.api.kind.FieldCheck;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.write.WriteOptions.Strictness;
import io.ordinal.controller.document.ApiObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A configuration that is applied, as it was sent: to any number of versions of the object. */
final class ApplyChange implements Change {
  static final String MEDIA_TYPE = "application/apply-patch+yaml";

  private final ResourceKind kind;
  private final ObjectNode configuration;
  private final SortedMap<String, JsonNode> owned;
  private final List<String> warnings;
  private final Writer writer;
  private final boolean force;

  /**
   * @param owned annotations that the configuration had but the system owns
   */
  private ApplyChange(
      ResourceKind kind,
      ObjectNode configuration,
      SortedMap<String, JsonNode> owned,
      List<String> warnings,
      Writer writer,
      boolean force) {
    this.kind = kind;
    this.configuration = configuration;
    this.owned = owned;
    this.warnings = warnings;
    this.writer = writer;
    this.force = force;
  }

  static ApplyChange read(
      ResourceKind kind, Bodies.Body body, WriteOptions options, Writer writer) {
    Document document = document(body.bytes());
    if (!(document.tree() instanceof ObjectNode sent)) {
      throw Refusal.badRequest("error decoding YAML: expected an object");
    }
    List<String> warnings = duplicates(document.duplicates(), options.strictness());
    boolean scale = writer.subresource().equals("scale");
    ObjectNode configuration = scale ? Scale.configuration(sent, kind) : sent;
    requireKind(kind, configuration);
    requireSound(kind, configuration);
    SortedMap<String, JsonNode> owned = OwnedAnnotations.taken(kind, configuration);
    return new ApplyChange(kind, configuration, owned, warnings, writer, options.force());
  }

  private static void requireSound(ResourceKind kind, ObjectNode configuration) {
    if (!configuration.path("metadata").path(Metadata.MANAGED).isEmpty()) {
      throw Refusal.badRequest("metadata.managedFields must be nil");
    }
    List<String> faults = ServerSideApply.faults(kind, configuration);
    if (!faults.isEmpty()) throw untyped(kind, configuration, told(faults));
    FieldCheck.Findings found = FieldCheck.of(kind.schema(), configuration);
    if (found.mismatch().isPresent()) throw untyped(kind, configuration, found.mismatch().get());
    if (found.strange()) FieldCheck.normalize(kind.schema(), configuration);
  }

  @Override
  public ApiObject apply(ApiObject old, List<String> others) {
    others.addAll(warnings);
    Applied applied = ServerSideApply.apply(kind, old.tree(), configuration, writer, force);
    Applied.Done done =
        applied.match(
            new Applied.Cases<>() {
              @Override
              public Applied.Done done(Applied.Done done) {
                return done;
              }

              @Override
              public Applied.Done conflicted(Applied.Conflicted conflicted) {
                throw Refusal.conflict(conflicted.message(), conflicted.causes());
              }
            });
    OwnedAnnotations.applied(kind, owned, done.tree(), old, others);
    Claim claim = Claim.of(done.managedFields());
    return writer.subresource().equals("status")
        ? ChangedObject.status(kind, done.tree(), old, claim)
        : ChangedObject.main(kind, done.tree(), old, claim);
  }

  @Override
  public Optional<Making> made() {
    if (!writer.subresource().isEmpty()) return Optional.empty();
    Applied.Done done = ServerSideApply.create(kind, configuration, writer);
    List<String> told = new ArrayList<>(warnings);
    told.addAll(OwnedAnnotations.told(kind, owned.keySet()));
    Intake.Accepted accepted = new Intake.Accepted(done.tree(), told);
    return Optional.of(new Making(accepted, Claim.of(done.managedFields())));
  }

  /** JSON is YAML, but read much faster. */
  private static Document document(byte[] body) {
    int start = 0;
    while (start < body.length && Character.isWhitespace(body[start])) start++;
    boolean json = start < body.length && body[start] == '{';
    if (!json) return BodyReader.yaml(body);
    try {
      return BodyReader.json(body);
    } catch (StatusException notJson) {
      return BodyReader.yaml(body);
    }
  }

  private static List<String> duplicates(List<String> twice, Strictness strictness) {
    if (twice.isEmpty() || strictness == Strictness.IGNORE) return List.of();
    List<String> faults = new ArrayList<>();
    twice.forEach(each -> faults.add("duplicate field \"" + each + "\""));
    if (strictness == Strictness.WARN) return faults;
    throw Refusal.badRequest("error strict decoding YAML: " + String.join(", ", faults));
  }

  private static void requireKind(ResourceKind kind, ObjectNode configuration) {
    String version = configuration.path("apiVersion").asString("");
    String given = configuration.path("kind").asString("");
    if (version.equals(kind.apiVersion()) && given.equals(kind.kind())) return;
    throw Refusal.badRequest(
        "invalid object type: "
            + (version.contains("/") ? version : "/" + version)
            + ", Kind="
            + given);
  }

  private static RuntimeException untyped(
      ResourceKind kind, ObjectNode configuration, String fault) {
    String version = kind.group().isEmpty() ? "/" + kind.version() : kind.apiVersion();
    return Refusal.badRequest(
        String.format(
            "failed to create typed patch object (%s/%s; %s, Kind=%s): %s",
            configuration.path("metadata").path("namespace").asString(""),
            configuration.path("metadata").path("name").asString(""),
            version,
            kind.kind(),
            fault));
  }

  private static String told(List<String> faults) {
    return faults.size() == 1 ? faults.get(0) : "errors:\n  " + String.join("\n  ", faults);
  }
}
