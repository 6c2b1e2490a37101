package io.ordinal.controller.disruption;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.LabelSelection;
import io.ordinal.controller.model.BudgetPod;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.View;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the budgets of a namespace together with what they count. */
public final class Budgets {
  private Budgets() {}

  /**
   * The budgets that count this pod.
   *
   * @param patience how long a granted eviction counts when its pod does not leave
   */
  public static List<ObservedBudget> covering(View view, ApiObject pod, Duration patience) {
    return in(view, pod.namespace(), patience).stream()
        .filter(each -> selects(each.document(), pod))
        .toList();
  }

  static List<ObservedBudget> in(View view, String namespace, Duration patience) {
    List<StoredObject> budgets = view.list(DisruptionNames.BUDGETS, namespace);
    if (budgets.isEmpty()) return List.of();
    List<ApiObject> pods = new ArrayList<>();
    view.scan(DisruptionNames.PODS, namespace, each -> pods.add(ApiObject.of(each)));
    Map<String, Integer> wanted = new HashMap<>();
    for (StoredObject each : view.list(DisruptionNames.SETS, namespace)) {
      wanted.put(each.uid(), ApiObject.of(each).spec().path("replicas").asInt(1));
    }
    return budgets.stream().map(each -> observed(each, pods, wanted, patience)).toList();
  }

  private static ObservedBudget observed(
      StoredObject stored, List<ApiObject> pods, Map<String, Integer> wanted, Duration patience) {
    ApiObject document = ApiObject.of(stored);
    List<BudgetPod> counted =
        pods.stream().filter(each -> selects(document, each)).map(Budgets::pod).toList();
    return new ObservedBudget(
        stored, document, BudgetDocument.read(document), counted, wanted, patience);
  }

  /** A budget without a selector takes no pods, one with an empty selector all. */
  private static boolean selects(ApiObject budget, ApiObject pod) {
    var selector = budget.spec().path("selector");
    return selector.isObject() && LabelSelection.matches(selector, pod.labels());
  }

  /** A pod as budgets count it. */
  public static BudgetPod pod(ApiObject pod) {
    return new BudgetPod(
        pod.name(),
        PodSigns.ready(pod),
        pod.deletionTimestamp().isPresent(),
        pod.creationTimestamp().orElse(Instant.EPOCH),
        PodSigns.controller(pod));
  }
}
