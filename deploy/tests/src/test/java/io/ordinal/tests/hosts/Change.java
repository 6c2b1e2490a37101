package io.ordinal.tests.hosts;

import tools.jackson.databind.JsonNode;

/**
 * One event of a watch.
 *
 * @param type ADDED, MODIFIED or DELETED
 * @param source the path of the collection
 */
record Change(long revision, String type, String source, JsonNode object) {
  boolean gone() {
    return type.equals("DELETED");
  }

  /** What must be the same on every controller. */
  String summary() {
    return revision
        + " "
        + type
        + " "
        + source
        + " "
        + Objects.name(object)
        + " "
        + Objects.uid(object);
  }
}
