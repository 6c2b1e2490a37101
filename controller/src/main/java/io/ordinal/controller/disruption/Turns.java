package io.ordinal.controller.disruption;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.EvictionView;
import io.ordinal.controller.model.EvictionView.Sibling;
import io.ordinal.controller.plan.Disruptions;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.View;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Whose turn it is to leave, among the replicas of an ordered set. A granted turn is noted for the
 * set on the condition that none was granted since it was read, so that evictions at the same
 * moment, at any controllers, cannot both take it.
 */
public final class Turns {
  private static final String ORDER = "ordinal.io/eviction-order";

  private Turns() {}

  /**
   * @param obstacle why this pod must not leave now, although budgets would let it
   * @param charges what must be written before it leaves
   */
  public record Turn(Optional<String> obstacle, List<Operation> charges) {
    /** For pods that nobody waits for. */
    public static final Turn FREE = new Turn(Optional.empty(), List.of());
  }

  /**
   * Sets under OrderedReady lose one replica at a time; the set's annotation {@code
   * ordinal.io/eviction-order: none} lifts that.
   */
  public static Turn of(View view, ApiObject pod, DisruptionSettings settings, Instant now) {
    Optional<ApiObject> set = orderedSet(view, pod);
    if (set.isEmpty()) return Turn.FREE;
    GrantedTurn granted = GrantedTurn.in(view, set.get());
    Optional<String> leaving = granted.standing(settings.patience(), now);
    EvictionView seen = look(view, set.get(), pod, leaving, now);
    Optional<String> obstacle = Disruptions.outOfTurn(seen, settings.orderPatience(), now);
    if (obstacle.isPresent()) return new Turn(obstacle, List.of());
    return new Turn(Optional.empty(), List.of(granted.next(pod, now)));
  }

  private static Optional<ApiObject> orderedSet(View view, ApiObject pod) {
    String uid = PodSigns.controller(pod);
    if (uid.isEmpty() || ordinal(pod).isEmpty()) return Optional.empty();
    return view.list(DisruptionNames.SETS, pod.namespace()).stream()
        .filter(each -> each.uid().equals(uid))
        .map(ApiObject::of)
        .filter(set -> !set.spec().path("podManagementPolicy").asString("").equals("Parallel"))
        .filter(set -> !"none".equals(set.annotations().get(ORDER)))
        .filter(set -> set.deletionTimestamp().isEmpty())
        .findFirst();
  }

  private static EvictionView look(
      View view, ApiObject set, ApiObject pod, Optional<String> leaving, Instant now) {
    JsonNode spec = set.spec();
    Duration minReady = Duration.ofSeconds(spec.path("minReadySeconds").asInt(0));
    int start = spec.path("ordinals").path("start").asInt(0);
    List<Integer> wanted =
        IntStream.range(start, start + spec.path("replicas").asInt(1)).boxed().toList();
    List<Sibling> siblings = new ArrayList<>();
    view.scan(
        DisruptionNames.PODS,
        pod.namespace(),
        stored -> {
          ApiObject other = ApiObject.of(stored);
          boolean sibling =
              PodSigns.controller(other).equals(set.uid()) && !other.name().equals(pod.name());
          if (sibling)
            ordinal(other)
                .map(n -> sibling(other, n, minReady, now))
                .map(each -> leaving.equals(Optional.of(other.uid())) ? each.leaving(now) : each)
                .ifPresent(siblings::add);
          return true;
        });
    String node = PodSigns.node(pod);
    boolean closed =
        view.get(DisruptionNames.node(node))
            .map(ApiObject::of)
            .filter(each -> each.spec().path("unschedulable").asBoolean(false))
            .isPresent();
    return new EvictionView(ordinal(pod).orElseThrow(), node, closed, wanted, siblings);
  }

  private static Sibling sibling(ApiObject pod, int ordinal, Duration minReady, Instant now) {
    return new Sibling(
        ordinal,
        pod.name(),
        PodSigns.node(pod),
        PodSigns.available(pod, minReady, now),
        PodSigns.stuck(pod),
        PodSigns.readinessChanged(pod),
        pod.deletionTimestamp());
  }

  private static Optional<Integer> ordinal(ApiObject pod) {
    String digits = pod.name().substring(pod.name().lastIndexOf('-') + 1);
    return digits.matches("[0-9]{1,9}") ? Optional.of(Integer.parseInt(digits)) : Optional.empty();
  }
}
