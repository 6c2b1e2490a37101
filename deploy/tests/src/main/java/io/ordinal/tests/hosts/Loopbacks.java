package io.ordinal.tests.hosts;

import java.nio.file.Path;
import java.util.List;

/**
 * Hosts without any right: all in one network, told apart by their loopback addresses and by what
 * their processes have in their environment. Nothing can be cut.
 */
final class Loopbacks implements Ground {
  private static final int NETS = 64;
  private final int net;
  private final int hosts;
  private final Path directory;

  /**
   * @param directory of the lab; every process of a host names it in its command line
   */
  Loopbacks(LabName name, int hosts, Path directory) {
    this.net = 128 + (int) ((name.owner() + name.number()) % NETS);
    this.hosts = hosts;
    this.directory = directory;
  }

  @Override
  public List<String> inside(int host) {
    return List.of("env", Host.VARIABLE + "=" + directory.resolve(Host.nameOf(host)));
  }

  @Override
  public String address(int host) {
    return "127." + net + ".0." + (host + 1);
  }

  @Override
  public String podsOf(int host) {
    return "127." + net + "." + (16 + host) + ".0/24";
  }

  @Override
  public String pool() {
    return "127." + net + ".128.0/20";
  }

  @Override
  public String outside() {
    return "127." + net + ".0.254";
  }

  @Override
  public String device() {
    return "lo";
  }

  @Override
  public List<Long> processes(int host) {
    String home = directory.resolve(Host.nameOf(host)).toString();
    return Kernel.pids().stream().filter(pid -> belongs(pid, home)).toList();
  }

  @Override
  public boolean owns(long pid) {
    for (int host = 0; host < hosts; host++) {
      if (belongs(pid, directory.resolve(Host.nameOf(host)).toString())) return true;
    }
    return false;
  }

  private static boolean belongs(long pid, String home) {
    return Kernel.variable(pid, Host.VARIABLE).filter(home::equals).isPresent()
        || Kernel.variable(pid, "ORDINAL_DEADLINE")
            .filter(each -> each.startsWith(home))
            .isPresent();
  }

  @Override
  public boolean canCut() {
    return false;
  }

  @Override
  public void cable(int host, boolean plugged) {
    throw new UnsupportedOperationException("hosts on loopback addresses have no cable");
  }

  @Override
  public void close() {
    for (int host = 0; host < hosts; host++) {
      List<Long> left = processes(host);
      for (int round = 0; round < 100 && !left.isEmpty(); round++) {
        Kernel.signal("KILL", left);
        left = processes(host);
      }
    }
  }
}
