package io.ordinal.controller.api.watch;

import io.ordinal.controller.api.http.Query;
import io.ordinal.controller.api.read.ReadOptions;
import io.ordinal.controller.model.Verdict.Cause;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * What a watch was asked for.
 *
 * @param after show changes after this revision; 0 for all that is there first
 * @param newest whether what is there first must be the newest
 * @param bookmarks whether the client understands them
 * @param initialEvents whether a bookmark must tell the end of what is there first
 */
record WatchOptions(
    long after, boolean newest, boolean bookmarks, boolean initialEvents, Duration timeout) {

  /**
   * @param chance spreads the ends of watches that named none
   */
  static WatchOptions parse(Query query, WatchSettings settings, RandomGenerator chance) {
    long after = ReadOptions.revision(query);
    boolean bookmarks = query.flag("allowWatchBookmarks");
    Optional<String> match = query.get("resourceVersionMatch");
    boolean initial = query.flag("sendInitialEvents");
    if (!initial && match.isPresent()) {
      throw ReadOptions.forbiddenMatch(
          "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
    }
    if (initial && !match.filter(value -> value.equals("NotOlderThan")).isPresent()) {
      throw ReadOptions.forbiddenMatch(
          "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
    }
    if (initial && !bookmarks) {
      throw ReadOptions.invalid(
          new Cause(
              "FieldValueForbidden",
              "Forbidden: sendInitialEvents is forbidden for watch without allowWatchBookmarks",
              "sendInitialEvents"));
    }
    boolean newest = query.get("resourceVersion").isEmpty() || (initial && after > 0);
    return new WatchOptions(after, newest, bookmarks, initial, timeout(query, settings, chance));
  }

  /** Whether what is there comes first, as if it were new. */
  boolean beginsWithAll() {
    return after == 0 || initialEvents;
  }

  private static Duration timeout(Query query, WatchSettings settings, RandomGenerator chance) {
    OptionalLong asked = query.number("timeoutSeconds");
    if (asked.isPresent() && asked.getAsLong() > 0) {
      Duration wish = Duration.ofSeconds(Math.min(asked.getAsLong(), 86_400));
      return wish.compareTo(settings.longest()) < 0 ? wish : settings.longest();
    }
    long spread = settings.longest().minus(settings.shortest()).toMillis();
    return settings.shortest().plusMillis(spread == 0 ? 0 : chance.nextLong(spread));
  }
}
