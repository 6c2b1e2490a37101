package io.ordinal.agent.driver.process;

/** The host name that a run finds where it has namespaces. */
final class HostName {
  private static final int MOST = 63;

  private HostName() {}

  /** As the kernel and Kubernetes take it. */
  static String shortened(String name) {
    String cut = name.length() <= MOST ? name : name.substring(0, MOST);
    return cut.replaceAll("[-.]+$", "");
  }

  /** Shell text that sets it: without another process if the shell may. */
  static String script(String name) {
    String quoted = ShellText.quoted(shortened(name));
    return "{ echo " + quoted + " >/proc/sys/kernel/hostname; } 2>/dev/null || hostname " + quoted;
  }

  /** What stands in /etc/hosts besides the machine's own. */
  static String hosts(String machines, String address, String name) {
    String own = machines.isEmpty() || machines.endsWith("\n") ? machines : machines + "\n";
    return own + address + "\t" + shortened(name) + "\n";
  }
}
