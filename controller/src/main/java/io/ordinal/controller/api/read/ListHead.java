package io.ordinal.controller.api.read;

import io.ordinal.controller.document.Json;
import io.ordinal.protocol.id.Revision;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/**
 * What stands above the objects of a list.
 *
 * @param revision that it shows
 * @param next the token of the next page; empty when this is the last
 * @param remaining how many come after it, where that is known
 */
public record ListHead(Revision revision, Optional<String> next, OptionalLong remaining) {
  /** Of a list that is answered whole. */
  public static ListHead whole(Revision revision) {
    return new ListHead(revision, Optional.empty(), OptionalLong.empty());
  }

  ObjectNode metadata() {
    ObjectNode metadata = Json.object();
    metadata.put("resourceVersion", revision.toString());
    next.ifPresent(token -> metadata.put("continue", token));
    remaining.ifPresent(count -> metadata.put("remainingItemCount", count));
    return metadata;
  }
}
