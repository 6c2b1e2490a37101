package io.ordinal.agent.lifecycle;

import io.ordinal.protocol.agent.ContainerOrder;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeOrder.RestartPolicy;
import io.ordinal.protocol.agent.ProbeOrder;
import io.ordinal.protocol.agent.ProbeOrder.Check;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Orders for tests. */
public final class Lives {
  public static final ReplicaId REPLICA = new ReplicaId("default", "db-0");
  public static final Session SESSION =
      new Session(new NodeName("here"), new UUID(1, 2), "boot", 1);
  public static final Check CHECK = new Check.Exec(List.of("check"));
  public static final LifecycleSettings SETTINGS =
      new LifecycleSettings(
          new BackOff(Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofMinutes(10)),
          new BackOff(Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofMinutes(10)),
          Duration.ofMillis(50),
          Duration.ofSeconds(2),
          Duration.ofMinutes(5),
          Duration.ofSeconds(1));

  private Lives() {}

  public static LifeOrder order(
      RestartPolicy policy, List<ContainerOrder> inits, ContainerOrder... mains) {
    return order(new Incarnation(7), SESSION, false, policy, inits, List.of(mains));
  }

  public static LifeOrder order(
      Incarnation incarnation,
      Session session,
      boolean fenced,
      RestartPolicy policy,
      List<ContainerOrder> inits,
      List<ContainerOrder> mains) {
    return new LifeOrder(
        REPLICA,
        incarnation,
        session,
        "uid",
        fenced,
        REPLICA.name(),
        "db",
        0,
        policy,
        Duration.ofSeconds(30),
        inits,
        mains,
        List.of(),
        Map.of(),
        Map.of(),
        Optional.empty());
  }

  public static ContainerOrder plain(String name) {
    return container(name, Optional.empty(), Optional.empty(), Optional.empty());
  }

  public static ContainerOrder container(
      String name,
      Optional<ProbeOrder> startup,
      Optional<ProbeOrder> readiness,
      Optional<ProbeOrder> liveness) {
    return container(name, startup, readiness, liveness, Optional.empty(), Optional.empty());
  }

  static ContainerOrder container(
      String name,
      Optional<ProbeOrder> startup,
      Optional<ProbeOrder> readiness,
      Optional<ProbeOrder> liveness,
      Optional<Check> postStart,
      Optional<Check> preStop) {
    return new ContainerOrder(
        name, "image", List.of(), List.of(), "", List.of(), List.of(), startup, readiness, liveness,
        postStart, preStop);
  }

  /** Every ten seconds, three failures. */
  public static Optional<ProbeOrder> probe(Duration initialDelay) {
    return Optional.of(
        new ProbeOrder(CHECK, initialDelay, Duration.ofSeconds(10), Duration.ofSeconds(1), 1, 3));
  }
}
