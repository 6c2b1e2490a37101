package io.ordinal.tests.hosts;

import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads what a controller remembers of every change, through watches that begin in the past. */
final class Feed {
  static final String PODS = "/api/v1/namespaces/default/pods";
  static final String SETS = "/apis/apps/v1/namespaces/default/statefulsets";
  static final String CLAIMS = "/api/v1/namespaces/default/persistentvolumeclaims";
  static final String VOLUMES = "/api/v1/persistentvolumes";
  static final List<String> SOURCES = List.of(PODS, SETS, CLAIMS, VOLUMES);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Feed() {}

  /** The revision of everything up to now. */
  static long revision(Api api) {
    return Objects.revision(api.get(PODS).ok());
  }

  /**
   * Every change after one revision up to another, in the order of revisions.
   *
   * @throws AssertionError when a watch repeats or reorders (I8)
   */
  static List<Change> between(Api api, long from, long to) {
    // At once: each watch goes on until its second is over.
    return SOURCES.parallelStream()
        .flatMap(source -> of(api, source, from, to).stream())
        .sorted(Comparator.comparingLong(Change::revision))
        .toList();
  }

  /** A busy controller may end a watch before it has told everything; the next one goes on. */
  private static List<Change> of(Api api, String source, long from, long to) {
    List<Change> changes = new ArrayList<>();
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (long reached = from; reached < to; ) {
      if (System.nanoTime() > end)
        throw new AssertionError(source + " told up to " + reached + " and not up to " + to);
      try {
        reached = read(api, source, reached, to, changes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return changes;
  }

  /** Up to which revision everything was told. */
  private static long read(Api api, String source, long from, long to, List<Change> changes)
      throws IOException {
    String query = "?watch=true&allowWatchBookmarks=true&timeoutSeconds=1&resourceVersion=" + from;
    try (Stream<String> lines = api.lines(source + query)) {
      long last = from;
      for (String line : (Iterable<String>) lines::iterator) {
        Change change = parse(source, line);
        boolean mark = change.type().equals("BOOKMARK");
        if (mark ? change.revision() < last : change.revision() <= last)
          throw new AssertionError("I8: " + source + " repeated or reordered " + change.summary());
        last = change.revision();
        if (last <= to && !mark) changes.add(change);
      }
      return last;
    }
  }

  static Change parse(String source, String line) {
    JsonNode event = Json.tree(line.getBytes(StandardCharsets.UTF_8));
    JsonNode object = event.path("object");
    String type = event.path("type").asString("");
    if (type.equals("ERROR")) throw new AssertionError(source + ": " + line);
    return new Change(Objects.revision(object), type, source, object);
  }
}
