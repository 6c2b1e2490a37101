package io.ordinal.tests.hosts;

import io.ordinal.tests.hosts.Step.Aim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Carries out a scenario, and remembers what was done to whom and when. Also which pods a node had
 * in the beginning: what befalls an empty one proves little.
 */
final class Course implements Step.Cases<Void> {
  private static final String SETS = "/apis/apps/v1/namespaces/default/statefulsets/";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LONGEST_MOMENT = 10; // seconds

  private final LabCluster cluster;
  private final Faults faults;
  private final Set<String> struck = new HashSet<>();
  private final Set<String> givenUp = new HashSet<>();
  private final Set<String> deleted = new HashSet<>();
  private final Map<String, Set<String>> hosted = new HashMap<>();
  private final Map<String, Long> lastChange = new HashMap<>();
  private Optional<Host> twin = Optional.empty();
  private final List<String> diary = new ArrayList<>();
  private final long begin = System.nanoTime();

  Course(LabCluster cluster, Faults faults) {
    this.cluster = cluster;
    this.faults = faults;
  }

  void run(Scenario scenario) {
    for (JsonNode pod : cluster.get(Feed.PODS).path("items")) {
      hosted.computeIfAbsent(Objects.node(pod), node -> new TreeSet<>()).add(Objects.name(pod));
    }
    for (Step each : scenario.steps()) {
      note(each.toString());
      each.match(this);
    }
    faults.healAll();
    twin.ifPresent(cluster.admission()::removeTwin);
  }

  /** Names of hosts that something befell. */
  Set<String> struck() {
    return struck;
  }

  /** Pods that a step deleted. */
  Set<String> deleted() {
    return deleted;
  }

  /** Claims whose data a step gave up. */
  Set<String> givenUp() {
    return givenUp;
  }

  List<String> diary() {
    return diary;
  }

  /** Remembers what happened now. */
  void note(String what) {
    diary.add("%6.2f s  %s".formatted((System.nanoTime() - begin) / 1e9, what));
  }

  @Override
  public Void strike(Step.Strike step) {
    Set<Integer> hosts = hosts(step.aim());
    for (int host : hosts) {
      String name = cluster.lab().host(host).name();
      struck.add(name);
      note("that is %s, which began with %s".formatted(name, hosted.getOrDefault(name, Set.of())));
    }
    fault(step.harm(), hosts).forEach(faults::begin);
    return null;
  }

  private Set<Integer> hosts(Aim aim) {
    if (aim instanceof Aim.At at) return Set.of(at.host());
    if (aim instanceof Aim.Side side) return side.hosts();
    if (aim instanceof Aim.All) return cluster.shape().hosts();
    if (aim instanceof Aim.HostOf of) return Set.of(cluster.hostOf(of.pod()));
    if (aim instanceof Aim.Leader) return Set.of(cluster.leader());
    return Set.of(cluster.singleton());
  }

  private List<Fault> fault(Step.Harm harm, Set<Integer> hosts) {
    if (harm == Step.Harm.POWER_OFF) return List.of(new Fault.PowerOff(hosts));
    if (harm == Step.Harm.CUT_FROM_THE_REST) return split(hosts);
    return hosts.stream().map(host -> fault(harm, host)).toList();
  }

  private List<Fault> split(Set<Integer> side) {
    Set<Integer> rest = new HashSet<>(cluster.shape().hosts());
    rest.removeAll(side);
    return side.stream().<Fault>map(host -> new Fault.CutOff(host, Fault.Way.BOTH, rest)).toList();
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
      case CUT_FROM_THE_REST -> throw new IllegalArgumentException("not of one host");
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

  @Override
  public Void giveUp(Step.GiveUp step) {
    String host = cluster.lab().host(step.host()).name();
    for (JsonNode volume : cluster.get(Feed.VOLUMES).path("items")) {
      String nodes = volume.path("spec").path("nodeAffinity").toString();
      String claim = volume.path("spec").path("claimRef").path("name").asString("");
      if (claim.isEmpty() || !nodes.contains('"' + host + '"')) continue;
      givenUp.add(claim);
      String pod = claim.substring(claim.indexOf('-') + 1);
      note("gives up " + claim);
      cluster.any(api -> api.delete(Feed.CLAIMS + "/" + claim)).ok();
      deletePod(new Step.DeletePod(pod));
    }
    return null;
  }

  @Override
  public Void moment(Step.Moment step) {
    long changed = lastChange.getOrDefault(step.set(), 0L);
    String query = "?watch=true&timeoutSeconds=" + LONGEST_MOMENT + "&resourceVersion=" + changed;
    for (int controller : cluster.shape().controllers()) {
      try (Stream<String> lines = cluster.api(controller).lines(Feed.PODS + query)) {
        lines
            .map(line -> Feed.parse(Feed.PODS, line))
            .filter(each -> Objects.name(each.object()).startsWith(step.set() + "-"))
            .limit(step.changes())
            .reduce((earlier, later) -> later)
            .ifPresent(last -> note("that is " + last.summary()));
        return null;
      } catch (IOException | UncheckedIOException away) {
        note("another controller must tell");
      }
    }
    return null;
  }

  @Override
  public Void await(Step.Await step) {
    cluster.awaitReady(step.set(), step.replicas(), PATIENCE);
    return null;
  }

  @Override
  public Void twin(Step.Twin step) {
    if (step.comes()) {
      twin = cluster.admission().addTwin(step.host());
      if (twin.isEmpty()) note("the name is refused");
    } else if (twin.isPresent()) {
      cluster.admission().removeTwin(twin.get());
      twin = Optional.empty();
      // The name is the other machine's by a token: only with a token it comes back.
      cluster.admission().expel(step.host());
      join(step.host());
    }
    return null;
  }

  @Override
  public Void vote(Step.Vote step) {
    struck.add(cluster.lab().host(step.host()).name());
    if (step.joins()) join(step.host());
    else cluster.admission().dismiss(step.host());
    return null;
  }

  /** Refused until the machine that had its name counts as away. */
  private void join(int host) {
    Callable<Boolean> admitted =
        () -> {
          cluster.admit(host);
          return true;
        };
    Until.within(PATIENCE, "the joining of h" + host, admitted);
  }

  private void taint(int host, String taints) {
    String node = "/api/v1/nodes/" + cluster.lab().host(host).name();
    patch(node, "{\"spec\": {\"taints\": " + taints + "}}");
  }

  /**
   * A single controller that is down answers when it is back; so a patch may wait for the healing.
   */
  private void patch(String path, String body) {
    if (patched(path, body)) return;
    note("refused for now; healing first");
    faults.healAll();
    Until.within(PATIENCE, "the patch of " + path, () -> patched(path, body));
  }

  private boolean patched(String path, String body) {
    Api.Answer answer = cluster.any(api -> api.patch(path, body));
    if (!answer.done()) return false;
    lastChange.put(Objects.name(answer.body()), Objects.revision(answer.body()));
    return true;
  }

  @Override
  public String toString() {
    return diary.stream().collect(Collectors.joining("\n  ", "\n  ", ""));
  }
}
