package io.ordinal.cli.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrainTest {
  private static final DrainOptions PLAIN =
      new DrainOptions(false, true, true, false, OptionalLong.empty(), Optional.empty(), "", false);

  /** A node and a server that lets one pod of it go in every round, the highest first. */
  private static final class FakeNode implements NodeApi {
    private final Map<String, NodePod> pods = new TreeMap<>();
    private final List<String> evicted = new ArrayList<>();
    private Optional<NodePod> leaving = Optional.empty();
    private boolean closed;
    private int broken;

    void add(String name, String controller, boolean scratch) {
      pods.put(name, pod(name, controller, scratch));
    }

    static NodePod pod(String name, String controller, boolean scratch) {
      return new NodePod("default", name, "uid-" + name, "a", controller, scratch, false, true, "");
    }

    /** The pod that was leaving is gone; its next life can begin nowhere. */
    void pass() {
      leaving.ifPresent(
          gone ->
              pods.put(
                  gone.name(),
                  new NodePod(
                      "default",
                      gone.name(),
                      "next-" + gone.name(),
                      "",
                      gone.controller(),
                      false,
                      false,
                      false,
                      "1 node(s) were unschedulable")));
      leaving = Optional.empty();
    }

    @Override
    public boolean cordon(String node, boolean wanted, boolean byItself) {
      boolean changed = closed != wanted;
      closed = wanted;
      return changed;
    }

    @Override
    public boolean closedByItself(String node) {
      return false;
    }

    @Override
    public List<NodePod> podsOn(String node, String selector) {
      return List.copyOf(pods.values());
    }

    @Override
    public Optional<NodePod> pod(String namespace, String name) {
      return Optional.ofNullable(pods.get(name));
    }

    @Override
    public Eviction evict(NodePod pod, OptionalLong grace, boolean dryRun) throws IOException {
      if (broken-- > 0) throw new IOException("connection refused");
      if (leaving.isPresent()) {
        return new Eviction(Result.LATER, leaving.get().name() + " is still leaving", List.of());
      }
      if (dryRun) return new Eviction(Result.GRANTED, "", List.of());
      evicted.add(pod.name());
      leaving = Optional.of(pod);
      return new Eviction(Result.GRANTED, "", List.of("its volume stays on a"));
    }
  }

  private final FakeNode node = new FakeNode();
  private final List<String> lines = new ArrayList<>();
  private long nanos;
  private final Drain drain =
      new Drain(
          node,
          lines::add,
          () -> nanos,
          pause -> {
            nanos += pause.toNanos();
            node.pass();
          });

  @Test
  void replicas_leave_from_the_highest_ordinal_down_and_it_tells_where_they_are() throws Exception {
    for (int n = 0; n < 11; n++) node.add("web-" + n, "StatefulSet", false);
    drain.run("a", PLAIN, false);
    assertThat(node.closed).isTrue();
    assertThat(node.evicted.subList(0, 3)).containsExactly("web-10", "web-9", "web-8");
    assertThat(node.evicted).hasSize(11);
    assertThat(lines)
        .startsWith(
            "node/a cordoned",
            "evicting pod default/web-10",
            "Warning: its volume stays on a",
            "pod default/web-9 must wait: web-10 is still leaving")
        .contains(
            "pod default/web-10 left", "pod default/web-10 waits: 1 node(s) were unschedulable");
    assertThat(lines).filteredOn(each -> each.contains("drained of 11 pods")).hasSize(1);
  }

  @Test
  void pods_that_nobody_brings_back_are_a_reason_to_refuse_before_anything_goes() {
    node.add("web-0", "StatefulSet", false);
    node.add("bare", "", false);
    assertThatThrownBy(() -> drain.run("a", PLAIN, false))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "node \"a\" cannot be drained: cannot delete Pods that declare no controller"
                + " (use --force to override): default/bare");
    assertThat(node.evicted).isEmpty();
    assertThat(node.closed).isTrue();
  }

  @Test
  void a_member_that_stops_leaves_what_cannot_move() throws Exception {
    node.add("web-0", "StatefulSet", true);
    node.add("bare", "", false);
    drain.run("a", DrainOptions.beforeStop(Duration.ofMinutes(1)), true);
    assertThat(node.evicted).containsExactly("web-0");
    assertThat(lines).contains("pod default/bare (nobody would bring it back) stays");
  }

  @Test
  void it_gives_up_in_time_and_names_the_rest() {
    node.add("web-0", "StatefulSet", false);
    node.add("web-1", "StatefulSet", false);
    node.broken = Integer.MAX_VALUE;
    DrainOptions hasty =
        new DrainOptions(
            false,
            true,
            true,
            false,
            OptionalLong.empty(),
            Optional.of(Duration.ofSeconds(30)),
            "",
            false);
    assertThatThrownBy(() -> drain.run("a", hasty, false))
        .hasMessage(
            "drain did not complete within 30 s; still there: default/web-1, default/web-0");
    assertThat(lines)
        .filteredOn(each -> each.equals("the API does not answer: connection refused"))
        .hasSizeBetween(1, 3);
  }

  @Test
  void a_line_that_breaks_for_a_moment_is_no_matter() throws Exception {
    node.add("web-0", "StatefulSet", false);
    node.broken = 2;
    drain.run("a", PLAIN, false);
    assertThat(node.evicted).containsExactly("web-0");
  }

  @Test
  void a_dry_run_changes_nothing() throws Exception {
    node.add("web-0", "StatefulSet", false);
    drain.run(
        "a",
        new DrainOptions(
            false, true, true, false, OptionalLong.empty(), Optional.empty(), "", true),
        false);
    assertThat(node.closed).isFalse();
    assertThat(node.evicted).isEmpty();
    assertThat(lines).contains("would evict pod default/web-0");
  }

  @Test
  void without_their_flags_daemons_and_scratch_data_refuse() {
    DrainOptions strict =
        new DrainOptions(
            false, false, false, false, OptionalLong.empty(), Optional.empty(), "", false);
    DrainPlan plan =
        DrainPlan.of(
            List.of(
                FakeNode.pod("log", "DaemonSet", false),
                FakeNode.pod("web-0", "StatefulSet", true)),
            strict);
    assertThat(plan.refusals())
        .containsExactly(
            "cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): default/log",
            "cannot delete Pods with local storage (use --delete-emptydir-data to override):"
                + " default/web-0");
  }

  @ParameterizedTest
  @CsvSource({"0,0", "90,90000", "90s,90000", "1m30s,90000", "500ms,500", "2h,7200000"})
  void durations_are_read_as_kubectl_reads_them(String text, long millis) {
    assertThat(new KubectlDuration().convert(text)).isEqualTo(Duration.ofMillis(millis));
  }
}
