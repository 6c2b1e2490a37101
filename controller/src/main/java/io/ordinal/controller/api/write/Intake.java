package io.ordinal.controller.api.write;

import io.ordinal.controller.api.http.Document;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.api.kind.FieldCheck;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.write.WriteOptions.Strictness;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Turns what a client sent into an object of the kind that it was sent for, or says why not. */
final class Intake {
  /**
   * An object as sent, with what its sender should know.
   *
   * @param tree belongs to the caller
   */
  record Accepted(ObjectNode tree, List<String> warnings) {}

  private Intake() {}

  static Accepted accept(ResourceKind kind, Document document, Strictness strictness) {
    if (!(document.tree() instanceof ObjectNode tree)) {
      throw Refusal.badRequest(
          "the object provided is unrecognized (must be of type "
              + kind.kind()
              + "): json: cannot unmarshal "
              + document.tree().getNodeType().name().toLowerCase(Locale.ROOT)
              + " into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\";"
              + " Kind string \"json:\\\"kind,omitempty\\\"\" }");
    }
    requireKind(kind, tree);
    List<String> warnings =
        check(
            kind,
            tree,
            document.duplicates(),
            List.of(),
            strictness,
            fault -> Refusal.badRequest(cannot(kind) + fault));
    return new Accepted(tree, warnings);
  }

  /**
   * Checks the fields of an object and drops those that the kind does not have; answers with
   * warnings.
   *
   * @param known faults that were there before and are not this sender's
   * @param refusal says what is wrong as the sender's kind of request has it
   */
  static List<String> check(
      ResourceKind kind,
      ObjectNode tree,
      List<String> duplicates,
      List<String> known,
      Strictness strictness,
      Function<String, StatusException> refusal) {
    FieldCheck.Findings found = FieldCheck.of(kind.schema(), tree);
    if (found.mismatch().isPresent()) throw refusal.apply(found.mismatch().get());
    List<String> faults = new ArrayList<>();
    duplicates.forEach(each -> faults.add("duplicate field \"" + each + "\""));
    found.unknown().stream().filter(each -> !known.contains(each)).forEach(faults::add);
    if (!faults.isEmpty() && strictness == Strictness.STRICT) {
      throw refusal.apply("strict decoding error: " + String.join(", ", faults));
    }
    if (found.strange()) FieldCheck.normalize(kind.schema(), tree);
    return strictness == Strictness.IGNORE ? List.of() : faults;
  }

  /** Unknown fields that an object has already. */
  static List<String> unknown(ResourceKind kind, ObjectNode tree) {
    return FieldCheck.of(kind.schema(), tree).unknown();
  }

  private static void requireKind(ResourceKind kind, ObjectNode tree) {
    String given = tree.path("kind").asString("");
    String version = tree.path("apiVersion").asString("");
    if (!given.isEmpty() && !given.equals(kind.kind())) {
      String from = version.substring(version.indexOf('/') + 1);
      String group = kind.group().isEmpty() ? "core" : kind.group();
      throw Refusal.badRequest(
          String.format(
              "%s in version \"%s\" cannot be handled as a %s: converting (%s.%s) to (%s.%s):"
                  + " unknown conversion",
              given, from, kind.kind(), from, given, group, kind.kind()));
    }
    if (!version.isEmpty() && !version.equals(kind.apiVersion())) {
      throw Refusal.badRequest(
          "the API version in the data ("
              + version
              + ") does not match the expected API version ("
              + kind.apiVersion()
              + ")");
    }
    tree.put("kind", kind.kind());
    tree.put("apiVersion", kind.apiVersion());
  }

  private static String cannot(ResourceKind kind) {
    return kind.kind()
        + " in version \""
        + kind.version()
        + "\" cannot be handled as a "
        + kind.kind()
        + ": ";
  }
}
