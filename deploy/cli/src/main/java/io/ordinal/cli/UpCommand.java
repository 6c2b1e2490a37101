package io.ordinal.cli;

import io.ordinal.cli.client.ApiClient;
import io.ordinal.cli.client.Apply;
import io.ordinal.cli.client.Manifest;
import io.ordinal.cli.client.Manifests;
import io.ordinal.cli.up.Follow;
import io.ordinal.cli.up.Health;
import io.ordinal.cli.up.Launch;
import io.ordinal.member.MemberSettings;
import io.ordinal.member.directory.DataDirectory;
import io.ordinal.member.directory.RunningMember;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code ordinal up}: a running cluster of one, with these manifests applied and their sets ready.
 */
@Command(
    name = "up",
    description = {
      "Start a one-member cluster, apply manifests, and wait until their sets are ready.",
      "The cluster runs in the background. When it runs already, only the manifests are applied."
    },
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  private static final String ERROR = "error: ";
  @Mixin private DataDirOption data;
  @Spec private CommandSpec spec;

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "FILE",
      description = "manifests to apply: a file, a directory, or -")
  private List<String> files = List.of();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "how long to wait for the replicas (default: ${DEFAULT-VALUE})")
  private int timeoutSeconds;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    List<Manifest> manifests = new ArrayList<>();
    for (String file : files) manifests.addAll(Manifests.read(file));
    DataDirectory directory = data.directory();
    requireOwnConfiguration(directory);
    if (isNode(directory)) return upNode(directory, manifests, out);
    ApiClient api = serving(directory, out).telling(new Warnings(spec.commandLine().getErr()));
    List<ObjectNode> sets = apply(api, manifests, out);
    boolean ready = follow(api, sets, out);
    if (!ready) return 1;
    out.println();
    NextSteps.here(directory).lines(api, sets).forEach(out::println);
    out.flush();
    return 0;
  }

  /** What joined by a file of the operator's must not be started with settings made up here. */
  private static void requireOwnConfiguration(DataDirectory directory) {
    if (Files.exists(directory.joined()) && !Files.exists(directory.configuration())) {
      throw new IllegalArgumentException(
          directory.path()
              + " was joined with a configuration file of its own; start its member with that:"
              + " systemctl start ordinal, or ordinal server --config FILE");
    }
  }

  private static boolean isNode(DataDirectory directory) {
    return Files.exists(directory.configuration())
        && !MemberSettings.load(directory.configuration()).isController();
  }

  /** A machine that joined as a node has no API to apply anything to. */
  private int upNode(DataDirectory directory, List<Manifest> manifests, PrintWriter out)
      throws IOException, InterruptedException {
    if (!manifests.isEmpty()) {
      throw new IllegalArgumentException(
          directory.path()
              + " is a node's; apply manifests on a controller: "
              + LocalCluster.controllers(MemberSettings.load(directory.configuration())));
    }
    Optional<RunningMember> running = directory.member();
    Launch launch = new Launch(directory);
    ProcessHandle member =
        running.isPresent() ? running.get().process() : launch.start().toHandle();
    try {
      new Health(directory).await(member, Duration.ofSeconds(timeoutSeconds));
    } catch (IOException failed) {
      if (running.isPresent()) throw failed;
      throw new IOException(failed.getMessage() + launch.lastWords(), failed);
    }
    out.println("The node of " + directory.path() + " runs (pid " + member.pid() + ")");
    out.flush();
    return 0;
  }

  private ApiClient serving(DataDirectory directory, PrintWriter out)
      throws IOException, InterruptedException {
    Optional<RunningMember> running = directory.member();
    if (running.isPresent()) {
      ProcessHandle process = running.get().process();
      out.println("Ordinal runs on " + directory.path() + " (pid " + process.pid() + ")");
      out.flush();
      ApiClient api = LocalCluster.of(directory).api();
      if (waitUntilReady(api, directory, process)) return api;
      out.println("... and ended just now");
    }
    return started(directory, out);
  }

  private static ApiClient started(DataDirectory directory, PrintWriter out)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    out.println("Starting Ordinal on " + directory.path() + " ...");
    out.flush();
    directory.prepare(new SecureRandom());
    ApiClient api = LocalCluster.of(directory).api();
    Launch launch = new Launch(directory);
    Process member = launch.start();
    try {
      if (waitUntilReady(api, directory, member.toHandle())) {
        out.printf("Serving %s after %.1f s%n", api.server(), (System.nanoTime() - begin) / 1e9);
        out.flush();
        return api;
      }
    } catch (IOException late) {
      throw new IOException(late.getMessage() + launch.lastWords(), late);
    }
    throw new IOException(
        "the member ended with exit code " + member.waitFor() + launch.lastWords());
  }

  /** False when the member ended instead. */
  private static boolean waitUntilReady(
      ApiClient api, DataDirectory directory, ProcessHandle member)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!api.ready()) {
      if (!member.isAlive()) return false;
      if (System.nanoTime() > deadline) {
        throw new IOException("the member does not serve after 60 s; see " + directory.log());
      }
      Thread.sleep(50);
    }
    return true;
  }

  private static List<ObjectNode> apply(ApiClient api, List<Manifest> manifests, PrintWriter out)
      throws IOException, InterruptedException {
    Apply apply = new Apply(api);
    List<ObjectNode> sets = new ArrayList<>();
    for (Manifest manifest : manifests) {
      Apply.Result result = apply.apply(manifest);
      out.println(result.line());
      if (manifest.object().path("kind").asString("").equals("StatefulSet")) {
        sets.add(result.object());
      }
    }
    out.flush();
    return sets;
  }

  private boolean follow(ApiClient api, List<ObjectNode> sets, PrintWriter out)
      throws IOException, InterruptedException {
    boolean terminal = System.console() != null;
    boolean ready = true;
    for (ObjectNode set : sets) {
      var metadata = set.path("metadata");
      Follow.End end =
          new Follow(api, out, terminal)
              .untilReady(
                  metadata.path("namespace").asString(),
                  metadata.path("name").asString(),
                  Duration.ofSeconds(timeoutSeconds));
      if (!end.ready()) {
        ready = false;
        spec.commandLine().getErr().println(ERROR + end.explanation());
      }
    }
    return ready;
  }
}
