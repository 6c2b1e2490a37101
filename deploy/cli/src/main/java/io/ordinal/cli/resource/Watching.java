package io.ordinal.cli.resource;

import io.ordinal.cli.client.ApiClient;
import io.ordinal.controller.document.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Follows what changes in a collection. */
public final class Watching {
  private Watching() {}

  /** What there was has been shown; what comes is not heard of any more. */
  public static final class Ended extends IOException {
    private static final long serialVersionUID = 1L;

    Ended(IOException failure) {
      super("the watch ended: " + failure.getMessage());
    }
  }

  /**
   * Shows the table of what there is, then one of each change. Ends only with a failure.
   *
   * @throws Ended once the first table was shown
   * @param selection query terms without the question mark
   */
  public static void tables(
      ApiClient api, String collection, String selection, Consumer<JsonNode> shown)
      throws IOException, InterruptedException {
    String terms = selection.isEmpty() ? "" : "&" + selection;
    ObjectNode first = api.get(collection + "?" + selection, ServerTable.ACCEPT);
    shown.accept(first);
    String revision = first.path("metadata").path("resourceVersion").asString("");
    forever(
        api,
        collection + "?watch=1" + terms,
        ServerTable.ACCEPT,
        revision,
        event -> {
          JsonNode table = event.path("object");
          shown.accept(table);
          JsonNode metadata = table.path("rows").path(0).path("object").path("metadata");
          return metadata.path("resourceVersion").asString("");
        });
  }

  /**
   * Reads events from a revision on, and begins again where it was when the server ends the watch.
   *
   * @param path with query terms
   * @param visitor answers the revision that it was shown, or nothing
   * @throws Ended when nothing comes any more
   */
  public static void forever(
      ApiClient api, String path, String accept, String from, Function<JsonNode, String> visitor)
      throws Ended, InterruptedException {
    String[] last = {from};
    try {
      while (true) {
        each(
            api,
            path + "&resourceVersion=" + last[0],
            accept,
            event -> {
              String seen = visitor.apply(event);
              if (!seen.isEmpty()) last[0] = seen;
              return true;
            });
      }
    } catch (IOException failure) {
      throw new Ended(failure);
    }
  }

  /**
   * Reads events until the visitor has seen enough or the server ends the watch.
   *
   * @return whether the visitor had enough
   * @throws IOException also when the server says that the watch has failed
   */
  public static boolean each(ApiClient api, String path, String accept, Predicate<JsonNode> visitor)
      throws IOException, InterruptedException {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(api.stream(path, accept), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isBlank()) continue;
        JsonNode event = Json.tree(line.getBytes(StandardCharsets.UTF_8));
        if (event.path("type").asString("").equals("ERROR")) {
          throw new IOException(event.path("object").path("message").asString("the watch failed"));
        }
        if (!visitor.test(event)) return true;
      }
    }
    return false;
  }
}
