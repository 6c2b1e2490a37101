package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.protocol.agent.LifeStatus;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Whether a life waits on a node that cannot give its pod an address, as the pod's status tells.
 * Pure.
 */
final class AddressLack {
  private AddressLack() {}

  /** It waits for nothing but its address; nothing of it ever ran. */
  static boolean waits(Placed placed) {
    boolean waits = false;
    for (JsonNode each : containers(placed)) {
      if (ran(each)) return false;
      JsonNode reason = each.path("state").path("waiting").path("reason");
      waits |= reason.asString("").equals(LifeStatus.NO_ADDRESS);
    }
    return waits;
  }

  /** Something of it ran, so that it has or had an address. */
  static boolean ran(Placed placed) {
    return containers(placed).stream().anyMatch(AddressLack::ran);
  }

  /** A set makes it anew when it goes, and no volume of it is on that node only. */
  static boolean movable(Placed placed) {
    ApiObject pod = placed.life().pod().object();
    boolean ofSet = false;
    for (JsonNode each : pod.metadata().path("ownerReferences")) {
      ofSet |= each.path("controller").asBoolean(false);
    }
    return ofSet && placed.claims().values().stream().allMatch(each -> each.node().isEmpty());
  }

  private static List<JsonNode> containers(Placed placed) {
    JsonNode status = placed.life().pod().object().status();
    List<JsonNode> all = new ArrayList<>();
    status.path("initContainerStatuses").forEach(all::add);
    status.path("containerStatuses").forEach(all::add);
    return all;
  }

  private static boolean ran(JsonNode container) {
    JsonNode state = container.path("state");
    return state.has("running")
        || state.has("terminated")
        || container.path("restartCount").asInt(0) > 0;
  }
}
