package io.ordinal.cli.resource;

import io.ordinal.cli.client.ApiClient;
import io.ordinal.cli.client.ApiFailure;
import io.ordinal.cli.client.LostConnection;
import io.ordinal.controller.document.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Follows what changes in a collection. */
public final class Watching {
  private Watching() {}

  /**
   * The connection broke: what there was has been shown, what comes is not heard of any more. What
   * the server refuses is no such end.
   */
  public static final class Ended extends IOException {
    private static final long serialVersionUID = 1L;

    Ended(IOException failure) {
      super("the watch ended: " + failure.getMessage());
    }
  }

  /**
   * Shows the table of what there is, then one of each change. Ends only with a failure.
   *
   * @throws Ended when the connection breaks once the first table was shown
   * @throws ApiFailure when the server refuses the table or the watch, or says that it has failed
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
   * @throws Ended when the connection breaks, or nobody answers any more
   * @throws ApiFailure when the server refuses the watch, or says that it has failed
   */
  public static void forever(
      ApiClient api, String path, String accept, String from, Function<JsonNode, String> visitor)
      throws IOException, InterruptedException {
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
    } catch (LostConnection | ConnectException broken) {
      throw new Ended(broken);
    }
  }

  /**
   * Reads events until the visitor has seen enough or the server ends the watch.
   *
   * @return whether the visitor had enough
   * @throws ApiFailure when the server refuses the watch, or says that it has failed
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
          throw ApiFailure.of(event.path("object"));
        }
        if (!visitor.test(event)) return true;
      }
    }
    return false;
  }
}
