package io.ordinal.controller.api.cluster;

import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The controllers as they told of themselves at their last start. */
final class ControllerList {
  private static final String FAMILY = "controller";
  private final ObjectStore store;

  ControllerList(ObjectStore store) {
    this.store = store;
  }

  /** Also without a majority: whoever looks for a controller must learn of the others. */
  CompletionStage<ArrayNode> now() {
    return store.read(
        Freshness.LOCAL,
        view -> {
          ArrayNode list = Json.mapper().createArrayNode();
          view.records(FAMILY)
              .forEach(
                  record -> {
                    ObjectNode row = Json.object(record.value());
                    row.put("id", record.key().id());
                    list.add(row);
                  });
          return list;
        });
  }
}
