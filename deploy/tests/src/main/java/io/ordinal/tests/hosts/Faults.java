package io.ordinal.tests.hosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes faults so, and heals them: dead members are started again, cables plugged in, rules
 * removed.
 */
public final class Faults {
  private final Lab lab;
  private final Map<Fault, Runnable> present = new LinkedHashMap<>();
  private int count;

  public Faults(Lab lab) {
    this.lab = lab;
  }

  /** Whether this machine's kernel can delay packets. */
  public static boolean canDelay(Lab lab) {
    if (!lab.canCut()) return false;
    String device = lab.device();
    var added =
        lab.host(0).run("tc", "qdisc", "add", "dev", device, "root", "netem", "delay", "1ms");
    if (added.code() != 0) return false;
    lab.host(0).run("tc", "qdisc", "delete", "dev", device, "root").ok();
    return true;
  }

  /** Returns when it is so. The same fault twice is one. */
  public synchronized void begin(Fault fault) {
    if (present.containsKey(fault)) return;
    present.put(fault, fault.match(new Begin()));
  }

  /** Returns when it is no more; members that were started again may not serve yet. */
  public synchronized void heal(Fault fault) {
    Runnable remedy = present.remove(fault);
    if (remedy != null) remedy.run();
  }

  /** Heals whatever is left, the last one first. */
  public synchronized void healAll() {
    List<Fault> left = new ArrayList<>(present.keySet());
    for (int i = left.size() - 1; i >= 0; i--) heal(left.get(i));
  }

  /** Each returns what heals it. */
  private final class Begin implements Fault.Cases<Runnable> {
    @Override
    public Runnable killMember(Fault.KillMember fault) {
      Host host = lab.host(fault.host());
      host.killMember();
      return host::start;
    }

    @Override
    public Runnable killNode(Fault.KillNode fault) {
      Host host = lab.host(fault.host());
      host.killEverything();
      return host::start;
    }

    @Override
    public Runnable powerOff(Fault.PowerOff fault) {
      List<Host> hosts = fault.hosts().stream().sorted().map(lab::host).toList();
      hosts.forEach(each -> lab.cable(each, false));
      hosts.parallelStream().forEach(Host::killEverything);
      return () ->
          hosts.forEach(
              each -> {
                lab.cable(each, true);
                each.start();
              });
    }

    @Override
    public Runnable freeze(Fault.Freeze fault) {
      ProcessHandle member = lab.host(fault.host()).member().orElseThrow();
      Kernel.signal("STOP", member.pid());
      return () -> Kernel.signal("CONT", member.pid());
    }

    @Override
    public Runnable unplug(Fault.Unplug fault) {
      Host host = lab.host(fault.host());
      lab.cable(host, false);
      return () -> lab.cable(host, true);
    }

    @Override
    public Runnable cutOff(Fault.CutOff fault) {
      List<String> peers =
          fault.peers().stream().sorted().map(each -> lab.host(each).address()).toList();
      StringBuilder rules = new StringBuilder();
      if (fault.way() != Fault.Way.OUTGOING) rules.append(chain("input", "iif", "saddr", peers));
      if (fault.way() != Fault.Way.INCOMING) rules.append(chain("output", "oif", "daddr", peers));
      return filter(lab.host(fault.host()), rules.toString());
    }

    @Override
    public Runnable flap(Fault.Flap fault) {
      Thread flapping = new Thread(() -> flapping(fault), "flapping-" + fault.host());
      flapping.setDaemon(true);
      flapping.start();
      return () -> {
        flapping.interrupt();
        try {
          flapping.join();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        lab.cable(lab.host(fault.host()), true);
      };
    }

    @Override
    public Runnable loss(Fault.Loss fault) {
      String rule =
          "chain input { type filter hook input priority 0; iif != \"lo\""
              + " numgen random mod 100 < %d drop; }\n";
      return filter(lab.host(fault.host()), rule.formatted(fault.percent()));
    }

    @Override
    public Runnable delay(Fault.Delay fault) {
      Host host = lab.host(fault.host());
      String by = fault.by().toMillis() + "ms";
      host.run("tc", "qdisc", "add", "dev", lab.device(), "root", "netem", "delay", by).ok();
      return () -> host.run("tc", "qdisc", "delete", "dev", lab.device(), "root").ok();
    }

    @Override
    public Runnable wipe(Fault.Wipe fault) {
      Host host = lab.host(fault.host());
      host.killMember();
      Path directory =
          switch (fault.what()) {
            case STORE -> host.directory().store();
            case NODE -> host.directory().node();
            case EVERYTHING -> host.directory().path();
          };
      try {
        LabName.removeTree(directory);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return host::start;
    }
  }

  private static String chain(String hook, String device, String side, List<String> peers) {
    String whom = peers.isEmpty() ? "" : "ip " + side + " { " + String.join(", ", peers) + " } ";
    return "chain %1$s { type filter hook %1$s priority 0; %2$s != \"lo\" %3$sdrop; }\n"
        .formatted(hook, device, whom);
  }

  /** A table of its own for every fault, so that each is healed without the others. */
  private Runnable filter(Host host, String chains) {
    String table = "fault" + ++count;
    host.run("nft", "table inet " + table + " {\n" + chains + "}").ok();
    return () -> host.run("nft", "delete table inet " + table).ok();
  }

  private void flapping(Fault.Flap fault) {
    Host host = lab.host(fault.host());
    try {
      while (true) {
        lab.cable(host, false);
        Thread.sleep(fault.out().toMillis());
        lab.cable(host, true);
        Thread.sleep(fault.in().toMillis());
      }
    } catch (InterruptedException healed) {
      Thread.currentThread().interrupt();
    }
  }
}
