package io.ordinal.cli.resource;

import io.ordinal.cli.client.ApiClient;
import io.ordinal.controller.document.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Follows what changes in a collection. */
public final class Watching {
  private Watching() {}

  /**
   * Shows the table of what there is, then one of each change. Ends only with a failure.
   *
   * @param selection query terms without the question mark
   */
  public static void tables(
      ApiClient api, String collection, String selection, Consumer<JsonNode> shown)
      throws IOException, InterruptedException {
    String terms = selection.isEmpty() ? "" : "&" + selection;
    ObjectNode first = api.get(collection + "?" + selection, ServerTable.ACCEPT);
    shown.accept(first);
    String revision = first.path("metadata").path("resourceVersion").asString("");
    while (true) {
      String path = collection + "?watch=1&resourceVersion=" + revision + terms;
      String[] last = {revision};
      each(
          api,
          path,
          ServerTable.ACCEPT,
          event -> {
            JsonNode table = event.path("object");
            shown.accept(table);
            JsonNode metadata = table.path("rows").path(0).path("object").path("metadata");
            last[0] = metadata.path("resourceVersion").asString(last[0]);
            return true;
          });
      revision = last[0];
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
