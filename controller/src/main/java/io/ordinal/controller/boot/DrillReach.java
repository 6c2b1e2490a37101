package io.ordinal.controller.boot;

import io.ordinal.controller.cluster.ControllerRecord;
import io.ordinal.controller.cluster.Controllers;
import io.ordinal.controller.drill.Council;
import io.ordinal.controller.drill.Councils;
import io.ordinal.controller.drill.FaultPort;
import io.ordinal.controller.node.AgentRoutes;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.StoreGroup;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.id.NodeName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * Knows the controllers by their records, the store's group and the cluster's membership, and
 * reaches whoever carries faults out.
 */
final class DrillReach implements Councils, FaultPort {
  /** Where every member takes orders to fail, below {@code /user}. */
  private static final String FAULTS = "faults";

  private final ActorSystem<?> system;
  private final ObjectStore store;
  private final StoreGroup group;
  private final AgentRoutes agents;

  DrillReach(ActorSystem<?> system, ObjectStore store, StoreGroup group, AgentRoutes agents) {
    this.system = system;
    this.store = store;
    this.group = group;
    this.agents = agents;
  }

  @Override
  public Council council(View view) {
    Map<UUID, ControllerRecord> known = new HashMap<>();
    Controllers.in(view).forEach(each -> known.put(each.id(), each));
    Set<String> present = present();
    Map<String, Boolean> reachable = new HashMap<>();
    for (StoreGroup.Member member : group.members()) {
      ControllerRecord record = known.get(member.id());
      if (record == null) reachable.put(member.id().toString(), false);
      else reachable.put(record.name(), present.contains(record.seat().place()));
    }
    Set<String> closed = new HashSet<>();
    known.values().stream()
        .filter(each -> !each.drills())
        .map(ControllerRecord::name)
        .forEach(closed::add);
    return new Council(reachable, closed);
  }

  /** Places of the members that are up and answer, as this one sees it. */
  private Set<String> present() {
    CurrentClusterState state = Cluster.get(system).state();
    Set<Member> silent = state.getUnreachable();
    Set<String> present = new HashSet<>();
    for (Member each : state.getMembers()) {
      boolean up =
          each.status().equals(MemberStatus.up()) || each.status().equals(MemberStatus.weaklyUp());
      if (up && !silent.contains(each)) {
        present.add(each.address().hostPort().replaceFirst("^.*@", ""));
      }
    }
    return present;
  }

  @Override
  public void toNode(NodeName node, AgentCommand command) {
    agents.tell(node, command);
  }

  @Override
  public void toController(String name, AgentCommand command) {
    store
        .read(Freshness.LOCAL, view -> place(view, name))
        .thenAccept(place -> place.ifPresent(found -> tell(found, command)));
  }

  private static Optional<String> place(View view, String name) {
    return Controllers.in(view).stream()
        .filter(each -> each.name().equals(name))
        .map(each -> each.seat().place())
        .findFirst();
  }

  private void tell(String place, AgentCommand command) {
    String path = "pekko://%s@%s/user/%s".formatted(system.name(), place, FAULTS);
    ActorRefResolver.get(system).<AgentCommand>resolveActorRef(path).tell(command);
  }
}
