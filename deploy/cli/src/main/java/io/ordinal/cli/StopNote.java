package io.ordinal.cli;

import io.ordinal.cli.client.ApiClient;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.node.Sessions;
import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/**
 * What stands on a Node while its member is stopped together with its workloads: without it
 * controllers take them for running still, as after every other planned stop.
 */
record StopNote(ApiClient api, String node) {
  void write() throws IOException, InterruptedException {
    ObjectNode patch = Json.object();
    annotations(patch).put(Sessions.STOPPED, "true");
    api.mergePatch(path(), patch);
  }

  /** The member is back. */
  void remove() throws IOException, InterruptedException {
    boolean there =
        api.get(path())
            .filter(each -> each.path("metadata").path("annotations").has(Sessions.STOPPED))
            .isPresent();
    if (!there) return;
    ObjectNode patch = Json.object();
    annotations(patch).putNull(Sessions.STOPPED);
    api.mergePatch(path(), patch);
  }

  private static ObjectNode annotations(ObjectNode patch) {
    return patch.putObject("metadata").putObject("annotations");
  }

  private String path() {
    return "/api/v1/nodes/" + node; // A name that is its own encoding.
  }
}
