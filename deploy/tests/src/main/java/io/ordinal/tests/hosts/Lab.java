package io.ordinal.tests.hosts;

import io.ordinal.tests.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Several hosts on this machine, which nobody else sees. Makes them of network namespaces as root,
 * otherwise of loopback addresses. Everything is gone after {@link #close}; what a killed process
 * left is removed by the next lab.
 */
public final class Lab implements AutoCloseable {
  /** The clone that is tested. */
  public static final Path CLONE = clone(Path.of("").toAbsolutePath());

  static final Path COMMAND = CLONE.resolve("deploy/bin/ordinal");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static volatile boolean slow;
  private static final Duration BUILD = Duration.ofMinutes(10);

  private final Path directory;
  private final Ground ground;
  private final List<Host> hosts;

  private Lab(Path directory, Ground ground, int hosts) {
    this.directory = directory;
    this.ground = ground;
    this.hosts =
        IntStream.range(0, hosts).mapToObj(each -> new Host(each, ground, directory)).toList();
  }

  /** Whether hosts on this machine can have cables of their own. */
  public static boolean hasCables() {
    return Namespaces.possible();
  }

  /** Nothing runs in the hosts yet. */
  public static Lab open(int hosts) {
    boolean cables = hasCables();
    if (cables) LabName.sweep();
    return open(hosts, cables);
  }

  /**
   * @param cables whether to make namespaces
   */
  static Lab open(int hosts, boolean cables) {
    LabName name = LabName.next();
    try {
      Path directory =
          Files.createDirectory(LabName.temporary().resolve(name.directory())).toRealPath();
      Files.createDirectory(directory.resolve("shared"));
      Ground ground = cables ? new Namespaces(name, hosts) : new Loopbacks(name, hosts, directory);
      return new Lab(directory, ground, hosts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Host> hosts() {
    return hosts;
  }

  public Host host(int index) {
    return hosts.get(index);
  }

  /** Where every host finds the same files. */
  public Path shared() {
    return directory.resolve("shared");
  }

  /** For the tests' own files. */
  public Path directory() {
    return directory;
  }

  /** Addresses that move with the cluster's pods from host to host, in CIDR notation. */
  public String pool() {
    return ground.pool();
  }

  /** Where the hosts reach this process, which is in none of them. */
  public String ownAddress() {
    return ground.outside();
  }

  /** Name of the network interface, as every host sees it. */
  public String device() {
    return ground.device();
  }

  /** True when cables can be pulled and packets dropped. */
  public boolean canCut() {
    return ground.canCut();
  }

  /** Whether a process is in one of the hosts: what a {@link Witness} of this lab is to look at. */
  public boolean owns(long pid, Life life) {
    return ground.owns(pid);
  }

  void cable(Host host, boolean plugged) {
    ground.cable(host.index(), plugged);
  }

  /** Ends every process in the hosts, and removes them with all their files. */
  @Override
  public void close() {
    ground.close();
    try {
      LabName.removeTree(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + directory, e);
    }
  }

  /** Lets the command get ready what it makes at its first start, before several start at once. */
  static void prepareCommand() {
    Shell.run(Map.of(), BUILD, "", List.of(COMMAND.toString(), "server", "--help")).ok();
    slow = !Files.exists(CLONE.resolve("deploy/cli/target/lib/ordinal.jsa"));
  }

  /** Where the archive for fast starts could not be made, no member is to try again. */
  static Map<String, String> commandEnvironment() {
    return slow ? Map.of("ORDINAL_TRAINING", "1") : Map.of();
  }

  static Shell.Result shell(List<String> command) {
    return Shell.run(Map.of(), PATIENCE, "", command);
  }

  private static Path clone(Path from) {
    for (Path each = from; each != null; each = each.getParent()) {
      if (Files.isExecutable(each.resolve("deploy/bin/ordinal"))) return each;
    }
    throw new IllegalStateException("run this inside a clone; no deploy/bin/ordinal above " + from);
  }
}
