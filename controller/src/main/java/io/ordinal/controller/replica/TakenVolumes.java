package io.ordinal.controller.replica;

import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Which volumes a life has had: one that ran a container was found mounted then, and a node that
 * finds it empty later is wrong. A first life that was lost before it ran anything leaves the
 * volume to the next one as new. Pure.
 */
final class TakenVolumes {
  /** id: name of the volume. */
  private static final String FAMILY = "volume-taken";

  private static final byte[] NOTHING = {};

  private TakenVolumes() {}

  /** Whether a life is known to have had it. */
  static boolean taken(View view, String volume) {
    return view.record(key(volume)).isPresent();
  }

  /** What goes with a report: its life's volumes are noted with the first container that ran. */
  static Decision reported(ReplicaState before, ReplicaState after) {
    boolean news = ran(after) && !(ran(before) && before.incarnation().equals(after.incarnation()));
    if (!news || after.claims().isEmpty()) return Decision.PLAIN;
    List<Operation> notes = new ArrayList<>();
    for (ClaimBinding claim : after.claims().values()) {
      notes.add(new Operation.PutRecord(key(claim.volume()), NOTHING, RecordCondition.ANY));
    }
    return new Decision(Optional.empty(), Optional.empty(), List.of(), List.of(), List.of(), notes);
  }

  private static boolean ran(ReplicaState state) {
    return state.pod().filter(pod -> anyRan(pod.object().status())).isPresent();
  }

  private static boolean anyRan(JsonNode status) {
    for (String list : List.of("initContainerStatuses", "containerStatuses")) {
      for (JsonNode container : status.path(list)) {
        JsonNode state = container.path("state");
        boolean now = state.has("running") || state.has("terminated");
        if (now || container.path("lastState").has("terminated")) return true;
      }
    }
    return false;
  }

  private static RecordKey key(String volume) {
    return new RecordKey(FAMILY, volume);
  }
}
