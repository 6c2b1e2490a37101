package io.ordinal.controller.api.write;

import io.ordinal.controller.api.http.Query;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.model.Verdict.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** How a deletion was asked for: in the body, or where that is silent in the query. */
record DeleteOptions(
    OptionalLong graceSeconds,
    Optional<String> uid,
    Optional<String> resourceVersion,
    Propagation propagation,
    boolean dryRun) {
  private static final long MOST_SECONDS = Integer.MAX_VALUE;

  /** What becomes of those that the object owns. */
  enum Propagation {
    /** They are deleted afterwards. */
    BACKGROUND,
    /** They are deleted first. */
    FOREGROUND,
    /** They stay. */
    ORPHAN
  }

  /**
   * @param body the decoded body, or an empty object
   */
  static DeleteOptions parse(JsonNode body, Query query) {
    OptionalLong grace = query.number("gracePeriodSeconds");
    JsonNode given = body.path("gracePeriodSeconds");
    if (given.isIntegralNumber() && given.canConvertToLong()) {
      grace = OptionalLong.of(given.asLong());
    } else if (!given.isMissingNode() && !given.isNull()) {
      throw Refusal.badRequest("gracePeriodSeconds: expected an integer, found " + given);
    }
    if (grace.isPresent() && grace.getAsLong() > MOST_SECONDS) {
      grace = OptionalLong.of(MOST_SECONDS); // Nobody lives to see the difference.
    }
    if (grace.isPresent() && grace.getAsLong() < 0) {
      grace = OptionalLong.of(1); // As Kubernetes reads it.
    }
    List<String> dry = new ArrayList<>(query.all("dryRun"));
    body.path("dryRun").forEach(each -> dry.add(each.asString("")));
    JsonNode preconditions = body.path("preconditions");
    return new DeleteOptions(
        grace,
        text(preconditions.path("uid")),
        text(preconditions.path("resourceVersion")),
        propagation(body, query),
        WriteOptions.dryRun(dry, "DeleteOptions"));
  }

  /** The same, for nothing but this object in this state, unless another is named already. */
  DeleteOptions only(String uid, String revision) {
    return new DeleteOptions(
        graceSeconds,
        this.uid.or(() -> Optional.of(uid)),
        resourceVersion.or(() -> Optional.of(revision)),
        propagation,
        dryRun);
  }

  private static Propagation propagation(JsonNode body, Query query) {
    Optional<String> policy =
        text(body.path("propagationPolicy")).or(() -> query.get("propagationPolicy"));
    Optional<String> orphan =
        text(body.path("orphanDependents")).or(() -> query.get("orphanDependents"));
    if (policy.isPresent() && orphan.isPresent()) {
      throw invalid(
          "FieldValueInvalid",
          "Invalid value: \""
              + policy.get()
              + "\": orphanDependents and deletionPropagation cannot be both set");
    }
    if (policy.isEmpty()) {
      return orphan.filter(each -> each.equals("true")).isPresent()
          ? Propagation.ORPHAN
          : Propagation.BACKGROUND;
    }
    return switch (policy.get()) {
      case "Background" -> Propagation.BACKGROUND;
      case "Foreground" -> Propagation.FOREGROUND;
      case "Orphan" -> Propagation.ORPHAN;
      default ->
          throw invalid(
              "FieldValueNotSupported",
              "Unsupported value: \""
                  + policy.get()
                  + "\": supported values: \"Foreground\", \"Background\", \"Orphan\"");
    };
  }

  private static StatusException invalid(String reason, String message) {
    Cause cause = new Cause(reason, message, "propagationPolicy");
    return Refusal.invalid("meta.k8s.io", "DeleteOptions", "", List.of(cause));
  }

  private static Optional<String> text(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) return Optional.empty();
    return Optional.of(node.asString(""));
  }
}
