package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.node.Sessions;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.View;
import io.ordinal.controller.volume.Binding;
import io.ordinal.controller.volume.Binding.Share;
import io.ordinal.controller.volume.Losses;
import io.ordinal.controller.volume.NodeLoss;
import io.ordinal.controller.volume.VolumeWorld;
import io.ordinal.protocol.id.NodeName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Volumes of a pending pod that stand on a node that is lost: what becomes of them, and when. */
final class LostVolumes implements Losses {
  private final View view;
  private final ApiObject pod;
  private final VolumeWorld world;
  private final Instant now;

  LostVolumes(View view, ApiObject pod, VolumeWorld world, Instant now) {
    this.view = view;
    this.pod = pod;
    this.world = world;
    this.now = now;
  }

  @Override
  public boolean givesUp(ApiObject claim, ApiObject volume) {
    return lostSince(volume)
        .flatMap(since -> NodeLoss.of(claim, world).rebuildAt(since))
        .filter(at -> !at.isAfter(now))
        .isPresent();
  }

  /** What must still hold when the volumes that are given up are replaced. */
  List<Operation> stillLost(List<Share> shares) {
    List<Operation> expectations = new ArrayList<>();
    for (Share share : shares) {
      if (!(share instanceof Share.Rebuilt rebuilt)) continue;
      Binding.node(rebuilt.lost())
          .ifPresent(node -> expectations.add(Sessions.nothingNew(view, node)));
    }
    return expectations;
  }

  /** For people: which volumes keep the pod waiting, since when, and what can be done. */
  String explained(List<Share> shares) {
    StringBuilder text = new StringBuilder();
    for (Share share : shares) {
      if (share instanceof Share.Bound bound) {
        lostSince(bound.volume()).ifPresent(since -> text.append(explained(bound, since)));
      }
    }
    return text.toString();
  }

  private String explained(Share.Bound bound, Instant since) {
    NodeName node = Binding.node(bound.volume()).orElseThrow();
    String found =
        " Volume %s of claim %s is only on node %s, which is lost since %s; "
            .formatted(
                bound.volume().name(), bound.claim().name(), node, PodConditions.time(since));
    return found
        + NodeLoss.of(bound.claim(), world)
            .rebuildAt(since)
            .map(
                at ->
                    "an empty volume takes its place elsewhere at %s, unless the node is back"
                        .formatted(PodConditions.time(at)))
            .orElse(
                "the pod waits for that node. To give up the volume's data, annotate the claim: "
                    + NodeLoss.ON_LOSS
                    + "=Rebuild")
        + ".";
  }

  private Optional<Instant> lostSince(ApiObject volume) {
    Instant waiting = pod.creationTimestamp().orElse(now);
    return Binding.node(volume).flatMap(node -> Sessions.lostSince(view, node, waiting));
  }
}
