package io.ordinal.tests.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ordinal.tests.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** One machine, from the installation to a reboot. Each test goes on where the last one ended. */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SystemdTest {
  private static final Path CLONE = Path.of("../..").toAbsolutePath().normalize();
  private static final String SETTINGS = "etc/ordinal/ordinal.conf";

  /** First processes of the counters: pid, start time and incarnation. */
  private static final String LIVES =
      """
      for each in $(pgrep -f counter[.]jar); do
        tr '\\0' '\\n' </proc/$each/environ | grep -e ^ORDINAL_NAME -e ^ORDINAL_INCARNATION
        echo $each $(cut -d' ' -f22 /proc/$each/stat)
      done
      """;

  /** Lines that never end, all kept in memory. */
  private static final String GLUTTON =
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: glutton}
      spec:
        serviceName: glutton
        selector: {matchLabels: {app: glutton}}
        template:
          metadata: {labels: {app: glutton}}
          spec:
            containers: [{name: main, image: busybox, command: [tail, /dev/zero]}]
      """;

  private static BootedMachine machine;

  @BeforeAll
  static void install() {
    BootedMachine.obstacle().ifPresent(why -> assumeTrue(false, why));
    String build = CLONE.resolve("deploy/bin/ordinal").toString();
    Shell.run(Map.of(), Duration.ofMinutes(9), "", List.of(build, "--version")).ok();
    machine = new BootedMachine(Path.of("target/systemd").toAbsolutePath(), CLONE);
    machine.boot();
    String said = machine.shell("/src/deploy/bin/install-ordinal").ok();
    assertThat(said).contains("systemctl enable --now ordinal");
    machine.shell("systemctl enable --now ordinal").ok();
    machine.shell("kubectl apply -f /usr/lib/ordinal/examples/counter.yaml").ok();
    machine.shell("kubectl rollout status statefulset/counter --timeout=120s").ok();
  }

  @AfterAll
  static void remove() {
    if (machine != null) machine.close();
  }

  private static String property(String name) {
    return machine.shell("systemctl show -P " + name + " ordinal").ok().strip();
  }

  /** Whether systemd's watchdog looks after the member, which is started anew with that. */
  private static void watch(boolean whether) throws IOException {
    String watching = "ordinal.agent.watchdog = systemd";
    Path additions = machine.file("etc/systemd/system/ordinal.service.d");
    String settings = Files.readString(machine.file(SETTINGS)).replace("\n" + watching + "\n", "");
    Files.createDirectories(additions);
    Files.deleteIfExists(additions.resolve("watchdog.conf"));
    if (whether) {
      settings += "\n" + watching + "\n";
      Files.copy(CLONE.resolve("deploy/systemd/watchdog.conf"), additions.resolve("watchdog.conf"));
    }
    Files.writeString(machine.file(SETTINGS), settings);
    machine.shell("systemctl daemon-reload && systemctl restart ordinal").ok();
    untilServing();
  }

  private static void untilServing() {
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> machine.shell("kubectl get --raw /readyz").out().equals("ok"));
    machine.shell("kubectl wait --for=condition=Ready --timeout=90s node --all").ok();
    machine.shell("kubectl wait --for=condition=Ready --timeout=90s pod --all").ok();
  }

  @Test
  @Order(1)
  void stops_restarts_kills_and_upgrades_leave_workloads_alone() {
    String before = machine.shell(LIVES).ok();
    assertThat(before).contains("counter-0", "counter-1", "counter-2");
    for (String trouble :
        List.of(
            "systemctl restart ordinal",
            "systemctl stop ordinal && systemctl start ordinal",
            "systemctl kill --kill-whom=main -s KILL ordinal",
            "/src/deploy/bin/install-ordinal && systemctl restart ordinal")) {
      machine.shell(trouble).ok();
      untilServing();
      assertThat(machine.shell(LIVES).ok()).as(trouble).isEqualTo(before);
    }
  }

  @Test
  @Order(2)
  void settings_that_cannot_be_used_are_not_tried_again_and_an_upgrade_keeps_them()
      throws IOException {
    String before = machine.shell(LIVES).ok();
    String good = Files.readString(machine.file(SETTINGS));
    Files.writeString(machine.file(SETTINGS), good + "\nordinal.agent.watchdog = sometimes\n");
    assertThat(machine.shell("systemctl restart ordinal").code()).isNotZero();
    assertThat(property("ActiveState")).isEqualTo("failed");
    assertThat(property("ExecMainStatus")).isEqualTo("78");
    String upgrade = machine.shell("/src/deploy/bin/install-ordinal").ok();
    assertThat(upgrade).contains("systemctl restart ordinal", "ordinal.conf is kept");
    assertThat(Files.readString(machine.file(SETTINGS))).contains("sometimes");
    Files.writeString(machine.file(SETTINGS), good);
    machine.shell("systemctl start ordinal").ok();
    untilServing();
    assertThat(machine.shell(LIVES).ok()).isEqualTo(before);
  }

  @Test
  @Order(3)
  void the_watchdog_resets_for_a_frozen_member_and_not_for_a_killed_one() throws IOException {
    watch(true);
    machine.shell("systemctl kill --kill-whom=main -s KILL ordinal").ok();
    untilServing();
    assertThat(property("WatchdogUSec")).isEqualTo("5s");
    assertThat(journal()).doesNotContain("Rebooting");
    machine.shell("systemctl kill --kill-whom=main -s STOP ordinal").ok();
    await() // It lacks the right: a machine would be gone.
        .atMost(Duration.ofSeconds(30))
        .until(() -> journal().contains("Failed to reboot: Operation not permitted"));
    watch(false);
  }

  @Test
  @Order(4)
  void a_member_that_ends_slowly_resets_nothing() throws IOException {
    String before = machine.shell(LIVES).ok();
    watch(true);
    String restarts = property("NRestarts");
    int earlier = journal().length();
    String slowly =
        """
        member=$(systemctl show -P MainPID ordinal)
        kill -TERM $member
        until [ "$(systemctl show -P ActiveState ordinal)" = deactivating ] &&
          [ "$(systemctl show -P WatchdogUSec ordinal)" = 0 ]; do sleep 0.05; done
        kill -STOP $member && sleep 12 && systemctl show -P Result ordinal && kill -CONT $member
        """;
    assertThat(machine.shell(slowly).ok()).isEqualTo("success\n"); // More than twice WatchdogSec=.
    await().until(() -> !property("NRestarts").equals(restarts)); // By Restart=always.
    untilServing();
    assertThat(property("WatchdogUSec")).isEqualTo("5s"); // It counts again.
    assertThat(journal().substring(earlier)).doesNotContain("reboot", "Watchdog timeout");
    assertThat(machine.shell(LIVES).ok()).isEqualTo(before);
    watch(false);
  }

  @Test
  @Order(5)
  void a_workload_that_runs_out_of_memory_ends_alone() throws IOException {
    assumeTrue(machine.endedForWantOfMemory().isPresent(), "control groups of memory are needed");
    assertThat(property("OOMPolicy")).isEqualTo("continue");
    String before = machine.shell(LIVES).ok();
    String member = property("MainPID") + " " + property("NRestarts");
    Files.writeString(machine.file("root/glutton.yaml"), GLUTTON);
    machine.shell("kubectl apply -f /root/glutton.yaml").ok();
    String status = "kubectl get pod glutton-0 -o jsonpath='{.status.containerStatuses[0]";
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> machine.shell(status + ".restartCount}'").out().matches("[1-9]\\d*"));
    assertThat(machine.shell(status + ".lastState.terminated.exitCode}'").ok()).isEqualTo("137");
    assertThat(machine.endedForWantOfMemory().orElseThrow()).isPositive();
    machine.shell("kubectl delete -f /root/glutton.yaml").ok();
    machine.shell("kubectl wait --for=delete --timeout=60s pod/glutton-0").ok();
    assertThat(property("ActiveState")).isEqualTo("active");
    assertThat(property("MainPID") + " " + property("NRestarts")).isEqualTo(member);
    assertThat(machine.shell(LIVES).ok()).isEqualTo(before);
  }

  @Test
  @Order(6)
  void a_reboot_ends_workloads_in_order_and_brings_them_back_at_once() throws IOException {
    String volumes = machine.shell("kubectl get pvc -o jsonpath='{..volumeName}'").ok();
    for (int times = 1; times <= 3; times++) {
      machine.reboot();
      assertThat(Files.readString(machine.file("var/lib/ordinal/last-stop")))
          .contains("ended with the machine", "counter-0", "counter-1", "counter-2");
      untilServing();
      assertThat(machine.shell(LIVES).ok()).contains("counter-0", "counter-1", "counter-2");
    }
    assertThat(machine.shell("kubectl get events").ok()).doesNotContain("Back-off");
    assertThat(machine.shell("kubectl get pvc -o jsonpath='{..volumeName}'").ok())
        .isEqualTo(volumes);
  }

  @Test
  @Order(7)
  void what_is_secret_is_not_for_others_and_not_in_the_journal() {
    String open =
        "find /var/lib/ordinal -maxdepth 0 -perm /077; find /var/lib/ordinal/pki -perm /077 -name '*.key'";
    assertThat(machine.shell(open).ok()).isEmpty();
    assertThat(machine.shell("stat -c %a /etc/ordinal/ordinal.conf").ok()).isEqualTo("644\n");
    for (String key : machine.shell("cat /var/lib/ordinal/pki/*.key").ok().lines().toList()) {
      if (key.length() > 20) assertThat(journal()).doesNotContain(key);
    }
  }

  private static String journal() {
    return machine.shell("journalctl -q -u ordinal -o cat").ok();
  }
}
