package io.ordinal.controller.api.write;

import io.ordinal.controller.api.apply.Ownership;
import io.ordinal.controller.api.apply.Writer;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.document.ApiObject;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells who owns which fields of an object after a write. */
interface Claim {
  /**
   * @param object with its defaults, before the server fills in what is its own
   */
  JsonNode ofNew(ObjectNode object);

  /**
   * @param asked what the client says of it; a missing node when nothing
   */
  JsonNode ofChanged(ApiObject old, JsonNode asked, ObjectNode next);

  /** Whoever changes a field owns it. */
  static Claim of(ResourceKind kind, Writer writer) {
    return new Claim() {
      @Override
      public JsonNode ofNew(ObjectNode object) {
        return Ownership.ofNew(kind, object, writer);
      }

      @Override
      public JsonNode ofChanged(ApiObject old, JsonNode asked, ObjectNode next) {
        return Ownership.ofChanged(kind, old.tree(), asked, next, writer);
      }
    };
  }

  /** It is known already. */
  static Claim of(JsonNode managedFields) {
    return new Claim() {
      @Override
      public JsonNode ofNew(ObjectNode object) {
        return managedFields;
      }

      @Override
      public JsonNode ofChanged(ApiObject old, JsonNode asked, ObjectNode next) {
        return managedFields;
      }
    };
  }
}
