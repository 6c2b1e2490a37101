package io.ordinal.tests.hosts;

import io.ordinal.member.directory.DataDirectory;
import io.ordinal.tests.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A machine of the lab: an address, a data directory, a member. */
public final class Host {
  static final String VARIABLE = "ORDINAL_LAB_HOST";
  private static final String OPTIONS = "ORDINAL_MEMBER_OPTS";
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final int index;
  private final Ground ground;
  private final Path home;

  Host(int index, Ground ground, Path lab) {
    this.index = index;
    this.ground = ground;
    this.home = lab.resolve(nameOf(index));
    try {
      Files.createDirectories(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String nameOf(int index) {
    return "h" + index;
  }

  /** Such as h0; also the name of its node. */
  public String name() {
    return nameOf(index);
  }

  public String address() {
    return ground.address(index);
  }

  public int index() {
    return index;
  }

  /** Addresses that this host's own pods may have, in CIDR notation. */
  public String pods() {
    return ground.podsOf(index);
  }

  public DataDirectory directory() {
    return new DataDirectory(home.resolve("data"));
  }

  /** What the member reads; beside the data directory, so that wiping that one leaves it. */
  public Path configuration() {
    return home.resolve("member.conf");
  }

  public void configure(String hocon) {
    try {
      Files.writeString(configuration(), hocon);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command in this host and waits for it. */
  public Shell.Result run(String... command) {
    List<String> line = new ArrayList<>(ground.inside(index));
    line.addAll(Arrays.asList(command));
    return Shell.run(environment(), PATIENCE, "", line);
  }

  /** Runs the command {@code ordinal} in this host. */
  public Shell.Result ordinal(String... words) {
    List<String> line = new ArrayList<>(List.of(Lab.COMMAND.toString()));
    line.addAll(Arrays.asList(words));
    return run(line.toArray(String[]::new));
  }

  /** Starts a command in this host, in a session of its own, that outlives us. */
  public ProcessHandle spawn(String... command) {
    List<String> line = new ArrayList<>(ground.inside(index));
    line.add("setsid"); // Does not fork: the child of a JVM leads no group. The pid stays the same.
    line.addAll(Arrays.asList(command));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(environment());
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectOutput(Redirect.appendTo(output().toFile()));
    try {
      return builder.start().toHandle();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the member unless it runs; returns before it serves. */
  public void start() {
    if (member().isPresent()) return;
    member = spawn(Lab.COMMAND.toString(), "server", "--config", configuration().toString());
  }

  private volatile ProcessHandle member;

  /** The JVM of its member. */
  public Optional<ProcessHandle> member() {
    return Optional.ofNullable(member).filter(Host::lives);
  }

  private static boolean lives(ProcessHandle process) {
    return Kernel.stat(process.pid()).filter(Kernel.Stat::lives).isPresent();
  }

  /** What the member printed. */
  public Path output() {
    return home.resolve("output");
  }

  /** What it logged; beside the data directory as well. */
  Path log() {
    return home.resolve("log");
  }

  /** Every process in this host. */
  public List<Long> processes() {
    return ground.processes(index);
  }

  /** SIGKILL to the member's JVM, and to nothing else. */
  public void killMember() {
    member().ifPresent(each -> Kernel.signal("KILL", each.pid()));
    Until.within(PATIENCE, "the end of the member of " + name(), () -> member().isEmpty());
  }

  /** SIGKILL to every process in this host. */
  public void killEverything() {
    Until.within(
        PATIENCE,
        "the end of everything in " + name(),
        () -> {
          Kernel.signal("KILL", processes());
          return processes().isEmpty();
        });
  }

  /** Asks the member to end in order, and waits for it. */
  public void stop() {
    member().ifPresent(each -> Kernel.signal("TERM", each.pid()));
    Until.within(PATIENCE, "the end of the member of " + name(), () -> member().isEmpty());
  }

  private Map<String, String> environment() {
    Map<String, String> variables = new HashMap<>(Lab.commandEnvironment());
    variables.put("HOME", home.toString());
    String before = Optional.ofNullable(System.getenv(OPTIONS)).orElse("");
    variables.put(OPTIONS, (before + " -Dordinal.log=" + log()).strip());
    return variables;
  }

  @Override
  public String toString() {
    return name();
  }
}
