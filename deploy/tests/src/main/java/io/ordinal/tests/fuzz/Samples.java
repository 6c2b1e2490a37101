package io.ordinal.tests.fuzz;

import io.ordinal.controller.document.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Good objects to begin with. */
final class Samples {
  /**
   * A collection and an object for it.
   *
   * @param root such as {@code /api/v1}
   * @param runs whether processes could come of it: then nothing is stored
   */
  record Sample(String root, String plural, boolean namespaced, boolean runs, ObjectNode object) {
    ObjectNode tree() {
      return object.deepCopy();
    }

    String apiVersion() {
      return root.startsWith("/apis/") ? root.substring("/apis/".length()) : "v1";
    }

    String collection(String namespace) {
      return namespaced ? root + "/namespaces/" + namespace + "/" + plural : root + "/" + plural;
    }
  }

  private Samples() {}

  static List<Sample> all() {
    List<Sample> found = new ArrayList<>();
    try (InputStream file = Samples.class.getResourceAsStream("samples.json")) {
      for (JsonNode each : Json.tree(file.readAllBytes())) {
        found.add(
            new Sample(
                each.path("root").asString(),
                each.path("plural").asString(),
                each.path("namespaced").asBoolean(),
                each.path("runs").asBoolean(),
                (ObjectNode) each.path("object")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(found);
  }
}
