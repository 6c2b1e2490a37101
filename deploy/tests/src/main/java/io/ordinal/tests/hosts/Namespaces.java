package io.ordinal.tests.hosts;

import io.ordinal.tests.Shell;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Hosts as network namespaces, each on a veth pair whose other end is plugged into one bridge. The
 * bridge has an address of its own: the tests stand in the same network.
 *
 * <p>10.N.0.H is a host, 10.N.(16+H).0/24 are its own pods, 10.N.128.0/20 is the cluster's pool.
 */
final class Namespaces implements Ground {
  private static final int FIRST_NET = 80;
  private static final int NETS = 160;
  private static final int FIRST_POD_NET = 16;
  private static final String DEVICE = "eth0";

  private final LabName name;
  private final int hosts;
  private final int net;
  private final Set<String> networks = new HashSet<>();

  Namespaces(LabName name, int hosts) {
    this.name = name;
    this.hosts = hosts;
    this.net = takeNet();
    try {
      for (int host = 0; host < hosts; host++) make(host);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Whether this machine lets us make them. */
  static boolean possible() {
    LabName trial = LabName.next();
    String namespace = trial.namespace(0);
    try {
      if (Lab.shell(List.of("ip", "netns", "add", namespace)).code() != 0) return false;
      List<String> inside = List.of("ip", "netns", "exec", namespace, "nft", "list", "ruleset");
      boolean nft = Lab.shell(inside).code() == 0;
      Lab.shell(List.of("ip", "netns", "delete", namespace));
      return nft;
    } catch (java.io.UncheckedIOException noSuchTool) {
      return false;
    }
  }

  /** The bridge is the claim: only one can be made with an address that nobody has. */
  private int takeNet() {
    for (int tried = 0; tried < NETS; tried++) {
      int candidate = FIRST_NET + (int) ((ProcessHandle.current().pid() + tried) % NETS);
      if (taken().contains(candidate)) continue;
      ip("link", "add", "name", name.bridge(), "type", "bridge");
      ip("addr", "add", "10." + candidate + ".0.254/16", "dev", name.bridge());
      ip("link", "set", name.bridge(), "up");
      return candidate;
    }
    throw new IllegalStateException("no free network between 10.80.0.0/16 and 10.239.0.0/16");
  }

  private static Set<Integer> taken() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .map(InetAddress::getAddress)
          .filter(bytes -> bytes.length == 4 && bytes[0] == 10)
          .map(bytes -> bytes[1] & 255)
          .collect(Collectors.toSet());
    } catch (SocketException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void make(int host) {
    String namespace = name.namespace(host);
    String outside = name.cable(host);
    ip("netns", "add", namespace);
    networks.add("net:[" + Kernel.inode(Path.of("/run/netns", namespace)) + "]");
    ip("link", "add", outside, "type", "veth", "peer", "name", DEVICE, "netns", namespace);
    ip("link", "set", outside, "master", name.bridge());
    ip("link", "set", outside, "up");
    ip("-n", namespace, "link", "set", "lo", "up");
    ip("-n", namespace, "addr", "add", address(host) + "/16", "dev", DEVICE);
    ip("-n", namespace, "link", "set", DEVICE, "up");
    // The whole range is the host's own without an address for each pod; neighbours get answers for
    // it.
    ip("-n", namespace, "route", "add", "local", podsOf(host), "dev", "lo");
  }

  @Override
  public List<String> inside(int host) {
    return List.of("ip", "netns", "exec", name.namespace(host));
  }

  @Override
  public String address(int host) {
    return "10." + net + ".0." + (host + 1);
  }

  @Override
  public String podsOf(int host) {
    return "10." + net + "." + (FIRST_POD_NET + host) + ".0/24";
  }

  @Override
  public String pool() {
    return "10." + net + ".128.0/20";
  }

  @Override
  public String outside() {
    return "10." + net + ".0.254";
  }

  @Override
  public String device() {
    return DEVICE;
  }

  @Override
  public List<Long> processes(int host) {
    return processes(name.namespace(host));
  }

  @Override
  public boolean owns(long pid) {
    return Kernel.namespace(pid, "net").filter(networks::contains).isPresent();
  }

  static List<Long> processes(String namespace) {
    Shell.Result found = Lab.shell(List.of("ip", "netns", "pids", namespace));
    return found.out().lines().map(Long::parseLong).toList();
  }

  @Override
  public boolean canCut() {
    return true;
  }

  @Override
  public void cable(int host, boolean plugged) {
    ip("link", "set", name.cable(host), plugged ? "up" : "down");
  }

  @Override
  public void close() {
    for (int host = 0; host < hosts; host++) remove(name.namespace(host));
    Lab.shell(List.of("ip", "link", "delete", name.bridge()));
  }

  /** With everything that runs in it. Its end of the cable goes with it, and so the other end. */
  static void remove(String namespace) {
    List<Long> left = processes(namespace);
    for (int round = 0; round < 100 && !left.isEmpty(); round++) {
      Kernel.signal("KILL", left);
      left = processes(namespace);
    }
    Lab.shell(List.of("ip", "netns", "delete", namespace));
  }

  private static void ip(String... words) {
    List<String> line = new ArrayList<>(List.of("ip"));
    line.addAll(Arrays.asList(words));
    Lab.shell(line).ok();
  }
}
