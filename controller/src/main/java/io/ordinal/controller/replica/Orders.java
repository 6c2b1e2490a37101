package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.ApiObject.Owner;
import io.ordinal.controller.node.Lives.OrderIncomplete;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.protocol.agent.ContainerOrder;
import io.ordinal.protocol.agent.ContainerOrder.MountOrder;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeOrder.RestartPolicy;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.SetKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Turns a placed life into what its node is told. Pure. */
final class Orders {
  private final ApiObject pod;
  private final OrderSources sources;

  private Orders(ApiObject pod, OrderSources sources) {
    this.pod = pod;
    this.sources = sources;
  }

  /**
   * @throws OrderIncomplete when something that it refers to is missing
   */
  static LifeOrder order(ReplicaId replica, Placed placed, OrderSources sources) {
    ApiObject pod = placed.life().pod().object();
    Orders orders = new Orders(pod, sources);
    Optional<SetKey> set =
        pod.controller()
            .filter(owner -> owner.kind().equals("StatefulSet"))
            .map(Owner::name)
            .map(name -> new SetKey(replica.namespace(), name));
    return new LifeOrder(
        replica,
        placed.incarnation(),
        placed.stay().session(),
        pod.uid(),
        placed.stay().fenced(),
        pod.spec().path("hostname").asString(replica.name()),
        set.map(SetKey::name).orElse(""),
        set.map(key -> replica.ordinalIn(key).orElse(-1)).orElse(-1),
        restartPolicy(pod.spec().path("restartPolicy").asString("Always")),
        Deletion.graceOf(placed.life().pod()),
        orders.containers("initContainers"),
        orders.containers("containers"),
        new VolumeOrders(placed, sources).all(),
        pod.labels(),
        pod.annotations(),
        sources.address());
  }

  /**
   * Everything that keeps {@link #order} from being complete, as far as a kubelet would find it: it
   * looks at no container before it has all volumes.
   */
  static List<Lack> lacks(Placed placed, OrderSources sources) {
    List<Lack> found = new VolumeOrders(placed, sources).lacks();
    if (!found.isEmpty()) return found;
    Orders orders = new Orders(placed.life().pod().object(), sources);
    for (String list : List.of("initContainers", "containers")) {
      for (JsonNode each : orders.pod.spec().path(list)) {
        orders
            .lack(each)
            .map(text -> new Lack(list, each.path("name").asString(""), text))
            .ifPresent(found::add);
      }
    }
    return found;
  }

  private Optional<String> lack(JsonNode container) {
    return Lack.of(() -> container(container));
  }

  private List<ContainerOrder> containers(String field) {
    List<ContainerOrder> found = new ArrayList<>();
    for (JsonNode each : pod.spec().path(field)) found.add(container(each));
    return found;
  }

  private ContainerOrder container(JsonNode container) {
    ProbeOrders probes = new ProbeOrders(container);
    return new ContainerOrder(
        container.path("name").asString(""),
        container.path("image").asString(""),
        strings(container.path("command")),
        strings(container.path("args")),
        container.path("workingDir").asString(""),
        new EnvOrders(pod, sources).of(container),
        mounts(container),
        probes.probe("startupProbe"),
        probes.probe("readinessProbe"),
        probes.probe("livenessProbe"),
        probes.hook("postStart"),
        probes.hook("preStop"));
  }

  private static List<MountOrder> mounts(JsonNode container) {
    List<MountOrder> found = new ArrayList<>();
    for (JsonNode each : container.path("volumeMounts")) {
      found.add(
          new MountOrder(
              each.path("name").asString(""),
              each.path("mountPath").asString(""),
              each.path("subPath").asString(""),
              each.path("readOnly").asBoolean(false)));
    }
    return found;
  }

  private static List<String> strings(JsonNode list) {
    List<String> found = new ArrayList<>();
    list.forEach(each -> found.add(each.asString("")));
    return found;
  }

  private static RestartPolicy restartPolicy(String name) {
    return switch (name) {
      case "Never" -> RestartPolicy.NEVER;
      case "OnFailure" -> RestartPolicy.ON_FAILURE;
      default -> RestartPolicy.ALWAYS;
    };
  }
}
