package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pod as clients see it, apart from its resourceVersion. Kept as bytes: idle replicas are many.
 *
 * @param json UTF-8; not to be modified
 */
public record PodDocument(byte[] json) {
  static PodDocument of(ObjectNode tree) {
    return new PodDocument(Json.bytes(tree));
  }

  /** A tree of its own on every call. */
  ApiObject object() {
    return new ApiObject(Json.object(json));
  }

  String uid() {
    return object().uid();
  }

  /** The document after a change to its tree. */
  PodDocument changed(Consumer<ObjectNode> change) {
    ObjectNode tree = Json.object(json);
    change.accept(tree);
    return of(tree);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PodDocument document && Arrays.equals(json, document.json);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(json);
  }

  @Override
  public String toString() {
    return new String(json, StandardCharsets.UTF_8);
  }
}
