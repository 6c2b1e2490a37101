package io.ordinal.tests.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The hosts and their cables, before any member runs in them. */
class LabTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private Lab lab;
  private Faults faults;

  @BeforeEach
  void open() {
    assumeTrue(Lab.hasCables(), "network namespaces need root, ip and nft");
    lab = Lab.open(3);
    faults = new Faults(lab);
  }

  @AfterEach
  void close() {
    if (lab != null) lab.close();
  }

  @Test
  void hosts_reach_each_other_and_each_others_pods_and_so_do_we() {
    assertThat(reaches(0, lab.host(1).address())).isTrue();
    assertThat(reaches(0, pod(lab.host(2)))).isTrue();
    assertThat(Lab.shell(ping(lab.host(1).address())).code()).isZero();
    assertThat(Lab.shell(ping(pod(lab.host(1)))).code()).isZero();
  }

  @Test
  void a_cut_between_two_hosts_leaves_the_third_alone_and_heals() {
    Fault cut = new Fault.CutOff(0, Fault.Way.BOTH, Set.of(1));
    faults.begin(cut);
    assertThat(reaches(0, lab.host(1).address())).isFalse();
    assertThat(reaches(1, lab.host(0).address())).isFalse();
    assertThat(reaches(0, lab.host(2).address())).isTrue();
    faults.heal(cut);
    assertThat(reaches(0, lab.host(1).address())).isTrue();
  }

  @Test
  void a_cut_in_one_way_lets_packets_go_the_other() {
    String asked = "icmp type echo-request counter";
    lab.host(1)
        .run(
            "nft",
            "table inet seen { chain c { type filter hook input priority 0; " + asked + "; }; }")
        .ok();
    faults.begin(new Fault.CutOff(0, Fault.Way.INCOMING, Set.of()));
    assertThat(reaches(0, lab.host(1).address())).isFalse();
    assertThat(lab.host(1).run("nft", "list", "ruleset").ok()).contains("packets 1");
    faults.healAll();
    faults.begin(new Fault.CutOff(0, Fault.Way.OUTGOING, Set.of(1)));
    assertThat(reaches(0, lab.host(1).address())).isFalse();
    assertThat(lab.host(1).run("nft", "list", "ruleset").ok()).contains("packets 1");
  }

  @Test
  void a_pulled_cable_cuts_off_everybody_and_the_host_still_reaches_itself() {
    Fault unplugged = new Fault.Unplug(0);
    faults.begin(unplugged);
    assertThat(reaches(1, lab.host(0).address())).isFalse();
    assertThat(reaches(0, lab.host(0).address())).isTrue();
    faults.heal(unplugged);
    Until.within(PATIENCE, "the cable", () -> reaches(1, lab.host(0).address()));
  }

  @Test
  void packets_are_lost_as_often_as_asked() {
    faults.begin(new Fault.Loss(1, 99));
    String pings =
        lab.host(0).run("busybox", "ping", "-c", "4", "-W", "1", lab.host(1).address()).out();
    assertThat(pings).contains("4 packets transmitted").doesNotContain("4 packets received");
    faults.healAll();
    assertThat(reaches(0, lab.host(1).address())).isTrue();
  }

  @Test
  void packets_are_late_as_asked() {
    assumeTrue(Faults.canDelay(lab), "netem is not in this kernel");
    faults.begin(new Fault.Delay(0, Duration.ofMillis(200)));
    String out = lab.host(0).run("busybox", "ping", "-c", "1", lab.host(1).address()).ok();
    assertThat(out).containsPattern("time=2\\d\\d");
  }

  @Test
  void everything_in_a_host_dies_with_it_and_nothing_elsewhere() {
    lab.host(0).spawn("sleep", "1000");
    lab.host(0).spawn("setsid", "--fork", "sleep", "1000");
    lab.host(1).spawn("sleep", "1000");
    Until.within(PATIENCE, "two sleepers", () -> lab.host(0).processes().size() == 2);
    lab.host(0).killEverything();
    assertThat(lab.host(0).processes()).isEmpty();
    assertThat(lab.host(1).processes()).hasSize(1);
  }

  @Test
  void closing_leaves_nothing() {
    lab.host(0).spawn("sleep", "1000");
    long bridges = ours();
    lab.close();
    assertThat(ours()).isLessThan(bridges);
    assertThat(Files.exists(lab.directory())).isFalse();
    assertThat(Lab.shell(List.of("ip", "netns", "list")).ok())
        .doesNotContain(lab.directory().getFileName().toString());
    lab = null;
  }

  @Test
  void only_what_dead_processes_left_is_swept() {
    LabName mine = new LabName(ProcessHandle.current().pid(), 1);
    LabName left = new LabName((1L << 22) + 1, 1); // No kernel gives such a number.
    for (LabName each : List.of(mine, left)) {
      boolean orphaned = each == left;
      assertThat(LabName.orphaned(each.namespace(0))).isEqualTo(orphaned);
      assertThat(LabName.orphaned(each.cable(12))).isEqualTo(orphaned);
      assertThat(LabName.orphaned(each.bridge())).isEqualTo(orphaned);
      assertThat(LabName.orphaned(each.directory())).isEqualTo(orphaned);
      assertThat(each.cable(99)).hasSizeLessThanOrEqualTo(15);
    }
    assertThat(LabName.orphaned("eth0")).isFalse();
  }

  @Test
  void a_sweep_ends_processes_of_a_dead_lab() {
    LabName left = new LabName((1L << 22) + 1, 1);
    Lab.shell(List.of("ip", "netns", "add", left.namespace(0))).ok();
    Lab.shell(
            List.of("ip", "netns", "exec", left.namespace(0), "setsid", "--fork", "sleep", "1000"))
        .ok();
    Until.within(PATIENCE, "a sleeper", () -> !Namespaces.processes(left.namespace(0)).isEmpty());
    LabName.sweep();
    assertThat(Lab.shell(List.of("ip", "netns", "list")).ok()).doesNotContain(left.namespace(0));
  }

  private static long ours() {
    return Lab.shell(List.of("ip", "-o", "link", "show", "type", "bridge")).ok().lines().count();
  }

  private static String pod(Host host) {
    return host.pods().replace(".0/24", ".7");
  }

  private boolean reaches(int from, String address) {
    return lab.host(from).run(ping(address).toArray(String[]::new)).code() == 0;
  }

  private static List<String> ping(String address) {
    return List.of("busybox", "ping", "-c", "1", "-W", "1", address);
  }
}
