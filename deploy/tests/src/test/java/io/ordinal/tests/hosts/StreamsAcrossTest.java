package io.ordinal.tests.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ordinal.tests.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams by the kubectls of several years, through controllers that the pod is not beside. */
@Tag("long")
class StreamsAcrossTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SECONDS = Duration.ofSeconds(10); // Two beats, and some to spare.
  private static final int MEMBER_OF_BOTH_KINDS = 0;
  private static final int MERE_NODE = 3;
  private static final String BESIDE = "beside-0"; // A controller runs on its machine, another one.
  private static final String APART = "apart-0";

  private static final AtomicInteger MARKS = new AtomicInteger(10_000_000); // Of seconds to sleep.

  private static Lab lab;
  private static LabCluster cluster;

  @BeforeAll
  static void up() {
    assumeTrue(Lab.hasCables(), "network namespaces need root, ip and nft");
    lab = Lab.open(4);
    Set<Integer> nodes = Set.of(MEMBER_OF_BOTH_KINDS, MERE_NODE);
    cluster = LabCluster.start(lab, new LabCluster.Shape(List.of(0, 1, 2), nodes, ""));
    cluster.apply(Talker.set("beside", lab.host(MEMBER_OF_BOTH_KINDS)));
    cluster.apply(Talker.set("apart", lab.host(MERE_NODE)));
    cluster.awaitReady("beside", 1, PATIENCE);
    cluster.awaitReady("apart", 1, PATIENCE);
  }

  @AfterAll
  static void down() {
    if (lab != null) lab.close();
  }

  /** Who asks which controller for which pod of another machine. */
  record Way(KubectlTool tool, int controller, String pod) {
    Shell.Result run(String input, String... words) {
      return tool.run(cluster, controller, input, List.of(words));
    }

    Shell.Result exec(String input, String... command) {
      return tool.run(cluster, controller, input, Talker.exec(pod, command));
    }

    LabClient begin(String... words) {
      return LabClient.of(cluster, tool, controller, Path.of("/dev/null"), List.of(words));
    }

    Host host() {
      return lab.host(pod.equals(BESIDE) ? MEMBER_OF_BOTH_KINDS : MERE_NODE);
    }
  }

  static Stream<Way> ways() {
    return Arrays.stream(KubectlTool.values())
        .filter(KubectlTool::isHere)
        .flatMap(
            tool ->
                Stream.concat(
                    IntStream.of(1, 2).mapToObj(each -> new Way(tool, each, BESIDE)),
                    IntStream.of(0, 1, 2).mapToObj(each -> new Way(tool, each, APART))));
  }

  @ParameterizedTest
  @EnumSource(KubectlTool.class)
  void every_kubectl_that_is_here_speaks_what_it_is_to_speak(KubectlTool tool) {
    assumeTrue(tool.isHere(), "no such kubectl");
    List<String> words = List.of("exec", "-v=8", APART, "-c", "main", "--", "true");
    String told = tool.run(cluster, 1, "", words).err();
    assertThat(told.toLowerCase(Locale.ROOT).contains("spdy/3.1"))
        .as(told)
        .isEqualTo(tool != KubectlTool.WEB_SOCKET);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void exec_has_all_of_the_input_its_end_both_outputs_and_the_exit_code(Way way) {
    String input = "0123456789abcde\n".repeat(100_000);
    Shell.Result seen =
        way.exec(input, "sh", "-c", "wc -c; echo after the end; echo other >&2; exit 7");
    assertThat(seen.code()).isEqualTo(7);
    assertThat(seen.out()).isEqualTo("1600000\nafter the end\n");
    assertThat(seen.err()).startsWith("other\n").contains("exit code 7");
    assertThat(way.exec(input, "cat").ok()).isEqualTo(input);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void files_are_copied_both_ways(Way way) throws IOException {
    byte[] bytes = new byte[1_000_000];
    new Random(way.hashCode()).nextBytes(bytes);
    Path mine = Files.write(Files.createTempFile(lab.directory(), "mine", ""), bytes);
    Path there = lab.shared().resolve(mine.getFileName());
    Path back = lab.directory().resolve(mine.getFileName() + ".back");
    way.run("", "cp", mine.toString(), way.pod() + ":" + there, "-c", "main").ok();
    way.run("", "cp", way.pod() + ":" + there, back.toString(), "-c", "main").ok();
    assertThat(back).hasBinaryContent(bytes);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void ports_are_forwarded(Way way) throws IOException {
    int port = LabClient.freePort();
    String value = "v".repeat(1_000_000);
    try (LabClient forward = way.begin("port-forward", way.pod(), Talker.ports(port))) {
      forward.awaitText("Forwarding from", PATIENCE);
      assertThat(redis(port, value, "-x", "set", "key")).isEqualTo("OK\n");
      assertThat(redis(port, "", "get", "key")).isEqualTo(value + "\n");
      assertThat(forward.text()).doesNotContain("error");
    }
  }

  private static String redis(int port, String input, String... words) {
    List<String> line = new ArrayList<>(List.of("redis-cli", "-p", "" + port));
    line.addAll(List.of(words));
    return Shell.run(Map.of(), PATIENCE, input, line).ok();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void logs_follow_line_by_line(Way way) {
    try (LabClient logs = way.begin("logs", "-f", way.pod(), "-c", "main", "--tail=1")) {
      Until.within(PATIENCE, "lines", () -> logs.text().lines().count() > 7);
      List<Integer> lines =
          logs.text().lines().limit(7).map(each -> Integer.parseInt(each.substring(5))).toList();
      assertThat(lines).isEqualTo(IntStream.range(lines.get(0), lines.get(0) + 7).boxed().toList());
    }
  }

  /** What a client does at the moment of its death, and how many processes that takes. */
  enum Doing {
    NOTHING("/dev/null", "trap '' HUP; (setsid sleep %1$s &); sleep %1$s; echo over", 3),
    SENDING_WHAT_NOBODY_READS("/dev/zero", "sleep %1$s; echo over", 2),
    RECEIVING_WITHOUT_END("/dev/null", "yes %1$s; echo over", 2);

    private final Path input;
    private final String script;
    private final int processes;

    Doing(String input, String script, int processes) {
      this.input = Path.of(input);
      this.script = script;
      this.processes = processes;
    }
  }

  static Stream<Arguments> deaths() {
    return ways()
        .filter(each -> each.controller() == 1)
        .flatMap(way -> Arrays.stream(Doing.values()).map(each -> Arguments.of(way, each)));
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void nothing_is_left_on_the_node_of_a_client_that_was_killed(Way way, Doing doing) {
    String mark = Integer.toString(MARKS.incrementAndGet());
    List<String> words = Talker.exec(way.pod(), "sh", "-c", doing.script.formatted(mark));
    LabClient client = LabClient.of(cluster, way.tool(), way.controller(), doing.input, words);
    try {
      Until.within(PATIENCE, "the command", () -> marked(way, mark) >= doing.processes);
      if (doing == Doing.RECEIVING_WITHOUT_END) client.awaitOutput(PATIENCE);
      assertThat(client.isAlive()).isTrue();
    } finally {
      client.close();
    }
    Until.within(SECONDS, "the end of what was left", () -> marked(way, mark) == 0);
  }

  private static long marked(Way way, String mark) {
    return way.host().processes().stream()
        .filter(each -> Kernel.title(each).contains(mark))
        .count();
  }
}
