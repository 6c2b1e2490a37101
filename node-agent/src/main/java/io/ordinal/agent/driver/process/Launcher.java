package io.ordinal.agent.driver.process;

import io.ordinal.agent.driver.Driver.LaunchRefused;
import io.ordinal.agent.driver.LaunchSpec;
import io.ordinal.agent.driver.LaunchSpec.Mount;
import io.ordinal.agent.driver.catalogue.Image;
import io.ordinal.agent.driver.process.Abilities.Tree;
import io.ordinal.agent.driver.process.HostFiles.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes down what a run needs and starts its launcher, detached from this JVM. */
final class Launcher {
  private static final String SCRIPT = "launcher.sh";
  private static final String STAGE = "root";
  private static final Path HOSTS = Path.of("/etc/hosts");
  private static final Path HOST_ROOT = Path.of("/");

  /** Where the machine's own programs are. */
  static final String TOOLS = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final long MILLIS_PER_HUNDREDTH = 10;

  private final Path script;
  private final Path stage;
  private final RunStore runs;
  private final Abilities abilities;
  private final ProcessSettings settings;
  private final DeadlineFile deadline;
  private final String bootId;

  Launcher(
      Path state,
      RunStore runs,
      Abilities abilities,
      ProcessSettings settings,
      DeadlineFile deadline,
      String bootId)
      throws IOException {
    this.script = install(state);
    this.stage = Files.createDirectories(state.resolve(STAGE));
    this.runs = runs;
    this.abilities = abilities;
    this.settings = settings;
    this.deadline = deadline;
    this.bootId = bootId;
  }

  /** Writes the run's files and starts it. */
  RunDirectory launch(LaunchSpec spec, Image image) throws IOException {
    if (spec.fenced() && deadline.passed()) {
      throw new LaunchRefused("RunContainerError", "the node's lease has run out");
    }
    Path root = image.root().orElse(HOST_ROOT);
    if (!root.equals(HOST_ROOT) && !abilities.mounts()) {
      throw new LaunchRefused(
          "CreateContainerError",
          "image "
              + spec.image()
              + " has a root directory of its own, and this node allows no"
              + " mount namespaces");
    }
    String marker = runs.markerOf(spec.run());
    Map<String, String> env = Environment.of(spec, settings, abilities.mounts(), marker);
    List<String> command = ContainerCommand.of(spec, image, env);
    ContainerCommand.check(command.get(0), spec, root, env);
    String workingDir = spec.workingDir().isEmpty() ? "/" : spec.workingDir();
    RunDirectory directory = runs.create(spec.run());
    Path hosts = directory.file("hosts");
    Files.writeString(hosts, HostName.hosts(read(HOSTS), spec.address(), spec.hostname()));
    List<MountStep> mounts = mounts(spec, root, hosts);
    directory.writeSecret(
        "main.sh", MainScript.render(env, workingDir, command, abilities.userNamespace()));
    if (!mounts.isEmpty()) writeMounts(directory, spec, mounts);
    if (settings.takesAway(spec.address())) {
      directory.writeAddress(spec.address(), settings.podInterface());
    }
    directory.setFenced(spec.fenced());
    directory.writeRecord(record(spec, workingDir, env));
    spawn("run", directory, marker, abilities.tree());
    return directory;
  }

  /** Starts what holds the deadline for a run that was started as kept. */
  void watch(RunDirectory directory, RunRecord record) throws IOException {
    Tree tree = record.namespaces() ? Tree.NAMESPACE : Tree.SWEEP;
    spawn("watch", directory, runs.markerOf(record.run()), tree);
  }

  /** A process that inherits nothing of this one but its standard error. */
  static ProcessBuilder quiet(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("PATH", TOOLS);
    builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectErrorStream(true);
    return builder;
  }

  private List<MountStep> mounts(LaunchSpec spec, Path root, Path hosts) throws IOException {
    if (!abilities.mounts()) return List.of();
    List<Mount> wanted = new ArrayList<>(spec.mounts());
    boolean own = spec.mounts().stream().noneMatch(mount -> HOSTS.startsWith(mount.mountPath()));
    boolean known = Files.isRegularFile(root.resolve("etc/hosts"));
    if (own && known) wanted.add(new Mount("hosts", hosts, HOSTS.toString(), false));
    MountPlan plan = MountPlan.of(root, wanted, stage, HostFiles.ofMachine());
    for (Map.Entry<Path, Kind> place : plan.missing().entrySet()) {
      Path path = place.getKey();
      Files.createDirectories(place.getValue() == Kind.DIRECTORY ? path : path.getParent());
      if (place.getValue() == Kind.FILE) Files.createFile(path);
    }
    return plan.steps();
  }

  private static void writeMounts(RunDirectory directory, LaunchSpec spec, List<MountStep> steps)
      throws IOException {
    MountScript.Rendered mounts = MountScript.render(steps, directory.path());
    for (Map.Entry<String, String> table : mounts.tables().entrySet()) {
      directory.writeSecret(table.getKey(), table.getValue());
    }
    directory.writeSecret("mounts.sh", HostName.script(spec.hostname()) + "\n" + mounts.script());
  }

  private static String read(Path file) throws IOException {
    return Files.isRegularFile(file) ? Files.readString(file) : "";
  }

  private RunRecord record(LaunchSpec spec, String workingDir, Map<String, String> env) {
    return new RunRecord(
        spec.run().replica().namespace(),
        spec.run().replica().name(),
        spec.run().incarnation().value(),
        spec.run().container(),
        spec.run().attempt(),
        bootId,
        abilities.tree() == Tree.NAMESPACE,
        abilities.userNamespace(),
        workingDir,
        env);
  }

  private void spawn(String verb, RunDirectory directory, String marker, Tree tree)
      throws IOException {
    ProcessBuilder builder =
        quiet(
            List.of(
                "setsid",
                "--fork",
                "/bin/sh",
                script.toString(),
                verb,
                directory.path().toString()));
    Map<String, String> env = builder.environment();
    env.put("ORDINAL_LAUNCHER", marker);
    env.put("ORDINAL_TREE", tree == Tree.NAMESPACE ? "namespace" : "sweep");
    env.put("ORDINAL_UNSHARE", String.join(" ", abilities.unshare()));
    env.put("ORDINAL_DEADLINE", deadline.file().toString());
    long step = settings.deadlineStep().toMillis() / MILLIS_PER_HUNDREDTH;
    env.put("ORDINAL_STEP", Long.toString(step));
    builder.redirectOutput(Redirect.appendTo(directory.launcherLog().toFile()));
    builder.start(); // Gone at once; what it forked is found by its files.
  }

  /** Never overwritten in place: a running shell still reads the one that it was started from. */
  private static Path install(Path state) throws IOException {
    try (InputStream resource = Launcher.class.getResourceAsStream(SCRIPT)) {
      Path next = state.resolve(SCRIPT + ".new");
      Files.copy(resource, next, StandardCopyOption.REPLACE_EXISTING);
      Path installed = state.resolve(SCRIPT);
      Files.move(
          next, installed, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return installed;
    }
  }
}
