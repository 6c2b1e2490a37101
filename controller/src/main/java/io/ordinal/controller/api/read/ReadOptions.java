package io.ordinal.controller.api.read;

import io.ordinal.controller.api.http.Query;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.model.Verdict.Cause;
import io.ordinal.controller.store.Freshness;
import io.ordinal.protocol.id.Revision;
import java.util.List;
import java.util.Optional;

/**
 * How new, or how old, a read must be.
 *
 * @param atLeast the store must have reached this revision
 * @param exactly nothing but the state at this revision will do
 */
public record ReadOptions(Freshness freshness, long atLeast, boolean exactly) {
  public static final ReadOptions NEWEST = new ReadOptions(Freshness.LINEARIZABLE, 0, false);

  /**
   * @throws StatusException when the options contradict each other
   */
  public static ReadOptions parse(Query query) {
    Optional<String> match = query.get("resourceVersionMatch");
    if (query.get("resourceVersion").isEmpty()) {
      if (match.isPresent()) {
        throw forbiddenMatch(
            "resourceVersionMatch is forbidden unless resourceVersion is provided");
      }
      return NEWEST;
    }
    long asked = revision(query);
    boolean exactly = match.map(value -> value.equals("Exact")).orElse(false);
    if (exactly && asked == 0) {
      throw forbiddenMatch("resourceVersionMatch \"Exact\" is forbidden for resourceVersion \"0\"");
    }
    if (match.isPresent() && !exactly && !match.get().equals("NotOlderThan")) {
      throw invalid(
          new Cause(
              "FieldValueNotSupported",
              "Unsupported value: \""
                  + match.get()
                  + "\": supported values: \"Exact\", \"NotOlderThan\"",
              "resourceVersionMatch"));
    }
    return new ReadOptions(Freshness.LOCAL, asked, exactly);
  }

  /** The same, but nothing newer will do. */
  ReadOptions exact() {
    return new ReadOptions(freshness, atLeast, true);
  }

  /** The query's resourceVersion, 0 when there is none. */
  public static long revision(Query query) {
    String text = query.get("resourceVersion").orElse("0");
    try {
      return Long.parseUnsignedLong(text) < 0 ? Long.MAX_VALUE : Long.parseUnsignedLong(text);
    } catch (NumberFormatException notANumber) {
      throw Refusal.badRequest(
          "resourceVersion: Invalid value: \""
              + text
              + "\": strconv.ParseUint: parsing \""
              + text
              + "\": invalid syntax");
    }
  }

  boolean isMetBy(Revision current) {
    return current.value() >= atLeast;
  }

  public static StatusException forbiddenMatch(String why) {
    return invalid(new Cause("FieldValueForbidden", "Forbidden: " + why, "resourceVersionMatch"));
  }

  /** A fault of the list options themselves. */
  public static StatusException invalid(Cause cause) {
    return Refusal.invalid("meta.k8s.io", "ListOptions", "", List.of(cause));
  }
}
