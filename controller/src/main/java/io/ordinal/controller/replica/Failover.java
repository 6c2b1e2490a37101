package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.NodeStanding;
import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.node.Sessions;
import io.ordinal.controller.store.View;
import io.ordinal.controller.volume.NodeLoss;
import io.ordinal.controller.volume.VolumeWorld;
import io.ordinal.protocol.id.Session;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether a life should be fenced, so that it may be begun elsewhere without its node's consent, or
 * kept. Pure.
 */
final class Failover {
  static final String ANNOTATION = "ordinal.io/failover";

  private static final String ENDS =
      "ends with its node's lease and begins elsewhere when the node is lost";
  private static final String STAYS = "waits for its node when the node is lost";
  private static final String WAITING = " (the node has not acknowledged it yet)";

  private Failover() {}

  /**
   * What a life should be, and why.
   *
   * @param reason one word for machines
   * @param message for people
   */
  record Wish(boolean fenced, String reason, String message) {}

  /**
   * @param several whether another controller could take over
   * @param spare whether there is another node that it could go to
   * @param local whether some volume is on one node only
   */
  static Wish wish(ApiObject pod, boolean several, BooleanSupplier spare, boolean local) {
    String choice = pod.annotations().getOrDefault(ANNOTATION, "");
    return switch (choice) {
      case "automatic" -> new Wish(true, "Automatic", ENDS + ", as " + ANNOTATION + " asks");
      case "manual" -> new Wish(false, "Manual", STAYS + ", as " + ANNOTATION + " asks");
      default -> byDefault(several, spare, local);
    };
  }

  private static Wish byDefault(boolean several, BooleanSupplier spare, boolean local) {
    if (local) return new Wish(false, "LocalVolume", STAYS + ": a volume of it is only there");
    if (!several) return new Wish(false, "SingleController", STAYS + ": no controller to spare");
    if (!spare.getAsBoolean()) return new Wish(false, "SingleNode", STAYS + ": no other node");
    return new Wish(true, "Movable", ENDS + ": no volume of it waits for its node");
  }

  /** What the pod asks for itself. */
  static String choice(Held held) {
    return held.state()
        .pod()
        .map(pod -> pod.object().annotations().getOrDefault(ANNOTATION, ""))
        .orElse("");
  }

  /** For a life that goes on with these volumes. */
  static Wish wish(View view, ApiObject pod, Map<String, ClaimBinding> claims, boolean several) {
    return wish(pod, several, () -> spare(view), pinned(view, pod.namespace(), claims));
  }

  /** Whether some volume is on one node only, and is to wait for it when lost. */
  private static boolean pinned(View view, String namespace, Map<String, ClaimBinding> claims) {
    VolumeWorld world = VolumeWorld.in(view, namespace);
    return claims.entrySet().stream()
        .filter(each -> !each.getValue().node().isEmpty())
        .anyMatch(
            each ->
                world
                    .claim(each.getKey())
                    .filter(claim -> NodeLoss.of(claim, world).rebuild())
                    .isEmpty());
  }

  /**
   * A node that is lost for the moment counts: otherwise the default would change with the loss.
   */
  static boolean spare(View view) {
    return Sessions.current(view).stream().filter(Failover::hosts).limit(2).count() > 1;
  }

  /** Sessions of nodes beside this one, as {@link #spare}. */
  static Set<Session> others(View view, Session own) {
    return Sessions.current(view).stream()
        .filter(Failover::hosts)
        .map(NodeStanding::session)
        .filter(each -> !each.equals(own))
        .collect(Collectors.toSet());
  }

  private static boolean hosts(NodeStanding node) {
    return node.schedulable() && node.standing() != Standing.OFF;
  }

  /** The pod's condition after a wish. */
  static void show(ObjectNode pod, Fence fence, Wish wish, Instant now) {
    String message = fence.settled() ? wish.message() : wish.message() + WAITING;
    PodConditions.set(pod, PodConditions.FENCED, fence.fenced(), wish.reason(), message, now);
  }

  /** The same after the node's word on it. */
  static void show(ObjectNode pod, Fence fence, Instant now) {
    String message = PodConditions.message(pod, PodConditions.FENCED);
    String reason = PodConditions.reason(pod, PodConditions.FENCED);
    if (reason.isEmpty()) return;
    PodConditions.set(
        pod, PodConditions.FENCED, fence.fenced(), reason, message.replace(WAITING, ""), now);
  }
}
