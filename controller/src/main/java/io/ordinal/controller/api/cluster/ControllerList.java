package io.ordinal.controller.api.cluster;

import io.ordinal.controller.cluster.ControllerRecord;
import io.ordinal.controller.cluster.Controllers;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.StoreGroup;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The controllers as they told of themselves, and who of them has a copy of the store. */
final class ControllerList {
  private static final Comparator<ControllerRecord> BY_NAME =
      Comparator.comparing(ControllerRecord::name).thenComparing(ControllerRecord::id);
  private final ObjectStore store;
  private final StoreGroup group;

  ControllerList(ObjectStore store, StoreGroup group) {
    this.store = store;
    this.group = group;
  }

  /** Also without a majority: whoever looks for a controller must learn of the others. */
  CompletionStage<List<ControllerRecord>> known() {
    return store.read(Freshness.LOCAL, Controllers::in);
  }

  /**
   * For clients, by name.
   *
   * @param formerToo also those that have no copy of the store any more, as after a restore
   */
  CompletionStage<ArrayNode> shown(boolean formerToo) {
    return known()
        .thenApply(
            rows -> {
              var members =
                  group.members().stream().map(StoreGroup.Member::id).collect(Collectors.toSet());
              UUID leader = group.leader().orElse(null);
              ArrayNode list = Json.mapper().createArrayNode();
              rows.stream()
                  .filter(row -> formerToo || members.contains(row.id()))
                  .sorted(BY_NAME)
                  .forEach(
                      row ->
                          list.add(
                              shown(row)
                                  .put("copy", members.contains(row.id()))
                                  .put("leader", row.id().equals(leader))));
              return list;
            });
  }

  private static ObjectNode shown(ControllerRecord row) {
    return Json.object()
        .put("id", row.id().toString())
        .put("name", row.name())
        .put("artery", row.seat().place())
        .put("api", row.api())
        .put("management", row.management())
        .put("store", row.store());
  }
}
