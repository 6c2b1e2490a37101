package io.ordinal.controller.api.read;

import io.ordinal.controller.api.http.Query;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.store.Freshness;
import java.util.Optional;

/**
 * Which part of a list is asked for, as of when.
 *
 * @param limit objects at most; 0 for all
 * @param from where the page before ended; empty for the first one
 */
public record ListOptions(ReadOptions read, long limit, Optional<PageToken> from) {
  /**
   * @throws StatusException when the options contradict each other
   */
  public static ListOptions parse(Query query) {
    long limit = Math.max(0, query.number("limit").orElse(0));
    Optional<String> token = query.get("continue");
    if (token.isPresent()) return next(query, limit, token.get());
    ReadOptions read = ReadOptions.parse(query);
    boolean any = query.get("resourceVersion").isPresent() && read.atLeast() == 0;
    boolean legacy = limit > 0 && read.atLeast() > 0 && query.get("resourceVersionMatch").isEmpty();
    // A cache would answer 0 whole, and clients take that for granted.
    return new ListOptions(legacy ? read.exact() : read, any ? 0 : limit, Optional.empty());
  }

  /**
   * As {@link #parse}, of objects that are to be changed: what they were in the past does not
   * count.
   *
   * @throws StatusException also when the list would show another state than the newest
   */
  public static ListOptions parsePresent(Query query) {
    ListOptions options = parse(query);
    if (!options.read().exactly()) return options;
    throw Refusal.badRequest(
        "objects cannot be deleted as they were at an earlier resourceVersion: continue,"
            + " resourceVersionMatch=Exact and limit with a resourceVersion are not allowed here");
  }

  private static ListOptions next(Query query, long limit, String token) {
    if (query.get("resourceVersionMatch").isPresent()) {
      throw ReadOptions.forbiddenMatch("resourceVersionMatch is forbidden with continue");
    }
    if (query.get("resourceVersion").filter(value -> !value.equals("0")).isPresent()) {
      throw Refusal.badRequest("specifying resource version is not allowed when using continue");
    }
    PageToken from = PageToken.parse(token);
    ReadOptions read = new ReadOptions(Freshness.LOCAL, from.revision(), true);
    return new ListOptions(read, limit, Optional.of(from));
  }

  /** The refusal when what it asks for is not known any more. */
  StatusException expired() {
    return Refusal.expired(
        from.isPresent()
            ? "The provided continue parameter is too old to display a consistent list result. You"
                + " must start a new list without the continue parameter."
            : "The resourceVersion for the provided list is too old.");
  }
}
