package io.ordinal.tests.hosts;

import io.ordinal.tests.hosts.Step.Aim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Carries out a scenario, and remembers what was done to whom and when. */
final class Course implements Step.Cases<Void> {
  private static final String SETS = "/apis/apps/v1/namespaces/default/statefulsets/";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LabCluster cluster;
  private final Faults faults;
  private final Set<String> struck = new HashSet<>();
  private final Set<String> deleted = new HashSet<>();
  private final List<String> diary = new ArrayList<>();
  private final long begin = System.nanoTime();

  Course(LabCluster cluster, Faults faults) {
    this.cluster = cluster;
    this.faults = faults;
  }

  void run(Scenario scenario) {
    for (Step each : scenario.steps()) {
      note(each.toString());
      each.match(this);
    }
    faults.healAll();
  }

  /** Names of hosts that something befell. */
  Set<String> struck() {
    return struck;
  }

  /** Pods that a step deleted. */
  Set<String> deleted() {
    return deleted;
  }

  List<String> diary() {
    return diary;
  }

  private void note(String what) {
    diary.add("%6.2f s  %s".formatted((System.nanoTime() - begin) / 1e9, what));
  }

  @Override
  public Void strike(Step.Strike step) {
    Set<Integer> hosts = hosts(step.aim());
    hosts.forEach(each -> struck.add(cluster.lab().host(each).name()));
    note("that is " + hosts);
    fault(step.harm(), hosts).forEach(faults::begin);
    return null;
  }

  private Set<Integer> hosts(Aim aim) {
    if (aim instanceof Aim.At at) return Set.of(at.host());
    if (aim instanceof Aim.All) return cluster.shape().hosts();
    if (aim instanceof Aim.HostOf of) return Set.of(cluster.hostOf(of.pod()));
    if (aim instanceof Aim.Leader) return Set.of(cluster.leader());
    return Set.of(cluster.singleton());
  }

  private List<Fault> fault(Step.Harm harm, Set<Integer> hosts) {
    if (harm == Step.Harm.POWER_OFF) return List.of(new Fault.PowerOff(hosts));
    return hosts.stream().map(host -> fault(harm, host)).toList();
  }

  private Fault fault(Step.Harm harm, int host) {
    Set<Integer> controllers = new HashSet<>(cluster.shape().controllers());
    controllers.remove(host);
    return switch (harm) {
      case KILL_MEMBER -> new Fault.KillMember(host);
      case KILL_NODE -> new Fault.KillNode(host);
      case POWER_OFF -> new Fault.PowerOff(Set.of(host));
      case FREEZE -> new Fault.Freeze(host);
      case UNPLUG -> new Fault.Unplug(host);
      case CUT_BOTH -> new Fault.CutOff(host, Fault.Way.BOTH, Set.of());
      case CUT_INCOMING -> new Fault.CutOff(host, Fault.Way.INCOMING, Set.of());
      case CUT_OUTGOING -> new Fault.CutOff(host, Fault.Way.OUTGOING, Set.of());
      case CUT_FROM_CONTROLLERS -> new Fault.CutOff(host, Fault.Way.BOTH, controllers);
      case FLAP -> new Fault.Flap(host, Duration.ofSeconds(2), Duration.ofMillis(1500));
      case WIPE_STORE -> new Fault.Wipe(host, Fault.What.STORE);
      case WIPE_NODE -> new Fault.Wipe(host, Fault.What.NODE);
      case WIPE_EVERYTHING -> new Fault.Wipe(host, Fault.What.EVERYTHING);
    };
  }

  @Override
  public Void pause(Step.Pause step) {
    Until.pause(step.time().toMillis());
    return null;
  }

  @Override
  public Void heal(Step.Heal step) {
    faults.healAll();
    return null;
  }

  @Override
  public Void scale(Step.Scale step) {
    patch(SETS + step.set(), "{\"spec\": {\"replicas\": " + step.replicas() + "}}");
    return null;
  }

  @Override
  public Void update(Step.Update step) {
    String annotations = "{\"metadata\": {\"annotations\": {\"word\": \"" + step.word() + "\"}}}";
    patch(SETS + step.set(), "{\"spec\": {\"template\": " + annotations + "}}");
    return null;
  }

  @Override
  public Void annotate(Step.Annotate step) {
    String annotations = "{\"ordinal.io/failover\": \"" + step.failover() + "\"}";
    patch(SETS + step.set(), "{\"metadata\": {\"annotations\": " + annotations + "}}");
    return null;
  }

  @Override
  public Void deletePod(Step.DeletePod step) {
    deleted.add(step.pod());
    cluster.any(api -> api.delete("/api/v1/namespaces/default/pods/" + step.pod()));
    return null;
  }

  @Override
  public Void declareOff(Step.DeclareOff step) {
    taint(
        step.host(),
        "[{\"key\": \"node.kubernetes.io/out-of-service\", \"effect\": \"NoExecute\"}]");
    return null;
  }

  @Override
  public Void declareWell(Step.DeclareWell step) {
    taint(step.host(), "null");
    return null;
  }

  private void taint(int host, String taints) {
    String node = "/api/v1/nodes/" + cluster.lab().host(host).name();
    patch(node, "{\"spec\": {\"taints\": " + taints + "}}");
  }

  /**
   * A single controller that is down answers when it is back; so a patch may wait for the healing.
   */
  private void patch(String path, String body) {
    if (cluster.any(api -> api.patch(path, body)).done()) return;
    note("refused for now; healing first");
    faults.healAll();
    Until.within(
        PATIENCE, "the patch of " + path, () -> cluster.any(api -> api.patch(path, body)).done());
  }

  @Override
  public String toString() {
    return diary.stream().collect(Collectors.joining("\n  ", "\n  ", ""));
  }
}
