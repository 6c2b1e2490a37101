package io.ordinal.controller.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.replica.ReplicaState.Life;
import io.ordinal.controller.replica.ReplicaState.Pending;
import io.ordinal.controller.store.Operation;
import io.ordinal.protocol.id.Incarnation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TakenVolumesTest {
  private static final String WAITS = "{'state':{'waiting':{'reason':'ContainerCreating'}}}";
  private static final String RUNS = "{'state':{'running':{}}}";
  private static final String CRASHED =
      "{'state':{'waiting':{}},'lastState':{'terminated':{'exitCode':1}}}";

  @Test
  void volumes_are_noted_with_the_first_container_that_ran() {
    assertThat(noted(state(WAITS), state(RUNS))).containsExactly("pvc-1");
    assertThat(noted(state(WAITS), state(CRASHED))).containsExactly("pvc-1");
  }

  @Test
  void they_are_not_noted_while_nothing_ran_and_not_twice() {
    assertThat(noted(state(WAITS), state(WAITS))).isEmpty();
    assertThat(noted(state(RUNS), state(CRASHED))).isEmpty();
  }

  private static List<String> noted(ReplicaState before, ReplicaState after) {
    return TakenVolumes.reported(before, after).records().stream()
        .map(Operation.PutRecord.class::cast)
        .map(put -> put.key().id())
        .toList();
  }

  private static ReplicaState state(String container) {
    PodDocument pod =
        PodDocument.of(
            ReplicaWorld.object("{'status':{'containerStatuses':[%s]}}", container).copy());
    ClaimBinding claim = new ClaimBinding("u1", "pvc-1", "shared", "");
    return new Pending(
        new Incarnation(3), Map.of("data-web-0", claim), new Life(pod, Optional.empty()));
  }
}
