package io.ordinal.agent.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.protocol.agent.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script in a network namespace of its own, with a neighbour that it can lose. */
class CutOffTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String HERE = "10.213.7.1";
  private static final String THERE = "10.213.7.2";

  @TempDir Path directory;
  private final String here = "oagent-a" + ProcessHandle.current().pid();
  private final String there = "oagent-b" + ProcessHandle.current().pid();

  @BeforeEach
  void begin() throws Exception {
    Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "needs root");
    run("ip", "netns", "add", here);
    run("ip", "netns", "add", there);
    run("ip", "-n", here, "link", "add", "v0", "type", "veth", "peer", "v0", "netns", there);
    for (String[] end : new String[][] {{here, HERE}, {there, THERE}}) {
      run("ip", "-n", end[0], "addr", "add", end[1] + "/24", "dev", "v0");
      run("ip", "-n", end[0], "link", "set", "v0", "up");
      run("ip", "-n", end[0], "link", "set", "lo", "up");
    }
  }

  @AfterEach
  void end() throws Exception {
    new ProcessBuilder("ip", "netns", "del", here).start().waitFor();
    new ProcessBuilder("ip", "netns", "del", there).start().waitFor();
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
  }

  /** Nobody listens there: who is reached says so. */
  private boolean reaches(String address) throws Exception {
    String connect = "exec 3<>/dev/tcp/" + address + "/9";
    Process process =
        new ProcessBuilder("ip", "netns", "exec", here, "timeout", "0.5", "bash", "-c", connect)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return said.contains("refused");
  }

  /** The cable may be new, and a busy machine slower than one attempt may be. */
  private void awaitReach(String address) {
    await().atMost(PATIENCE).until(() -> reaches(address));
  }

  private void script(Path drill, Fault fault, String tools) throws IOException {
    Path script = directory.resolve("fault.sh");
    try (InputStream resource = FaultExecutor.class.getResourceAsStream("fault.sh")) {
      Files.copy(resource, script);
    }
    Map<String, String> plan = fault.match(FaultPlan.WORDS);
    plan.put("head", "0");
    plan.put("until", "999999999999");
    plan.put("member", "1 1");
    plan.put("table", "ordinal_drill_test");
    plan.put("lives", drill.toString());
    plan.put("marker", "none");
    Files.createDirectories(drill);
    Files.writeString(drill.resolve("plan"), FaultPlan.render(plan));
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", here));
    command.addAll(List.of("/bin/sh", script.toString(), "do", drill.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PATH", tools);
    builder.redirectErrorStream(true).redirectOutput(drill.resolve("log").toFile()).start();
  }

  /** A directory with every tool but nft. */
  private String toolsWithoutNft() throws IOException {
    Path tools = Files.createDirectories(directory.resolve("tools"));
    for (String tool : List.of("ip", "sleep", "cat", "mv", "date", "tail", "sh")) {
      for (String place : List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin")) {
        Path found = Path.of(place, tool);
        if (!Files.exists(found)) continue;
        Files.copy(found, tools.resolve(tool));
        break;
      }
    }
    return tools.toString();
  }

  @ParameterizedTest
  @CsvSource({"true,true", "true,false", "false,true", "false,false"})
  void a_neighbour_is_out_of_reach_until_it_is_undone(boolean nft, boolean all) throws Exception {
    Path drill = directory.resolve("d1");
    awaitReach(THERE);
    String tools = nft ? "/usr/sbin:/usr/bin:/sbin:/bin" : toolsWithoutNft();
    script(drill, new Fault.CutOff(all ? List.of() : List.of(THERE, "fd00::1")), tools);
    await()
        .atMost(PATIENCE)
        .until(
            () -> Files.exists(drill.resolve("active")) || Files.exists(drill.resolve("failed")));
    assertThat(drill.resolve("active")).as(Files.readString(drill.resolve("log"))).exists();
    assertThat(reaches(THERE)).isFalse();
    awaitReach("127.0.0.1");
    awaitReach(HERE);
    Files.createFile(drill.resolve("revert"));
    await().atMost(PATIENCE).until(() -> Files.exists(drill.resolve("reverted")));
    awaitReach(THERE);
  }
}
