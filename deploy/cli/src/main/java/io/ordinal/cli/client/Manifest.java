package io.ordinal.cli.client;

import tools.jackson.databind.node.ObjectNode;

/**
 * An object as somebody wrote it.
 *
 * @param place where that stands, for people: {@code "web.yaml"}, with the number of the document
 *     where a file has several
 */
public record Manifest(String place, ObjectNode object) {
  String text(String field) {
    return object.path(field).asString("");
  }

  /** For whom nothing is served that it could be. */
  public BadManifest unserved() {
    return new BadManifest(
        ("resource mapping not found for name: \"%s\" namespace: \"%s\" from %s: no matches for kind"
                + " \"%s\" in version \"%s\"; ordinal api-resources lists what is served")
            .formatted(
                object.path("metadata").path("name").asString(""),
                object.path("metadata").path("namespace").asString(""),
                place,
                text("kind"),
                text("apiVersion")));
  }
}
