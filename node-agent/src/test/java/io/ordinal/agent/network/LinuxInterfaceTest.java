package io.ordinal.agent.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An address that moves from one machine to another, before the eyes of a third. */
class LinuxInterfaceTest {
  private static final String POD = "10.213.8.77";

  private final List<String> names = new ArrayList<>();
  private final String bridge = "oagb" + ProcessHandle.current().pid();

  @BeforeEach
  void begin() throws Exception {
    Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "needs root");
    for (String name : List.of("x", "y", "z")) {
      names.add("oagent-" + name + ProcessHandle.current().pid());
    }
    for (String name : names) ok("ip", "netns", "add", name);
    ok("ip", "-n", names.get(2), "link", "add", bridge, "type", "bridge");
    ok("ip", "-n", names.get(2), "addr", "add", "10.213.8.3/24", "dev", bridge);
    ok("ip", "-n", names.get(2), "link", "set", bridge, "up");
    for (int i = 0; i < 2; i++) connect(names.get(i), i);
  }

  private void connect(String name, int number) throws Exception {
    String port = "p" + number;
    ok("ip", "-n", names.get(2), "link", "add", port, "type", "veth", "peer", "v0", "netns", name);
    ok("ip", "-n", names.get(2), "link", "set", port, "master", bridge, "up");
    ok("ip", "-n", name, "addr", "add", "10.213.8." + (number + 1) + "/24", "dev", "v0");
    ok("ip", "-n", name, "link", "set", "v0", "up");
  }

  @AfterEach
  void end() throws Exception {
    for (String name : names) new ProcessBuilder("ip", "netns", "del", name).start().waitFor();
  }

  private static String ok(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command) + ": " + said).isZero();
    return said;
  }

  /** As an agent on that machine. */
  private static void add(String machine) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String path = System.getProperty("java.class.path");
    String main = AddressMain.class.getName();
    ok("ip", "netns", "exec", machine, java, "-cp", path, main, "v0", POD);
  }

  private static LinuxInterface on(String machine, String device) {
    return new LinuxInterface(device, List.of("ip", "-n", machine));
  }

  private String hardware(String machine) throws Exception {
    return ok("ip", "netns", "exec", machine, "cat", "/sys/class/net/v0/address").strip();
  }

  /** Where the third machine would send a packet for the pod. */
  private String known() throws Exception {
    return ok("ip", "-n", names.get(2), "neigh", "show", POD);
  }

  @Test
  void neighbours_learn_at_once_where_an_address_is_now() throws Exception {
    add(names.get(0));
    // Nobody listens: the question for the hardware's address is what counts.
    String ask = "echo >/dev/udp/" + POD + "/9";
    ok("ip", "netns", "exec", names.get(2), "bash", "-c", ask);
    String first = hardware(names.get(0));
    await().atMost(Duration.ofSeconds(10)).until(() -> known().contains(first));

    on(names.get(0), "v0").remove(POD);
    on(names.get(0), "v0").remove(POD);
    add(names.get(1));
    String second = hardware(names.get(1));
    await().atMost(Duration.ofSeconds(10)).until(() -> known().contains(second));
  }

  @Test
  void what_cannot_be_says_why() {
    assertThatThrownBy(() -> on(names.get(0), "none").add(POD))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(POD + " cannot be put on none");
  }
}
