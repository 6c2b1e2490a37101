package io.ordinal.bench;

import io.ordinal.tests.hosts.Host;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts what comes into a controller's host, by what it is for, with nftables. */
final class LinkCounters {
  private static final int ARTERY_PORT = 7650;
  private static final int STORE_PORT = 7651;
  private static final Pattern COUNTER =
      Pattern.compile("counter (\\w+) \\{\\s*packets (\\d+) bytes (\\d+)");

  /** So far. */
  record Count(long packets, long bytes) {}

  private final Host host;

  /**
   * @param controllers addresses of all controllers: what they say to each other is the cluster's,
   *     what others say is the agents'
   */
  LinkCounters(Host host, List<String> controllers) {
    this.host = host;
    String among = "ip saddr { " + String.join(", ", controllers) + " } ";
    String rules =
        """
        table inet traffic {
          counter store {}
          counter cluster {}
          counter agents {}
          chain incoming {
            type filter hook input priority -200;
            tcp sport %2$d counter name store accept
            tcp dport %2$d counter name store accept
            %3$s tcp sport %1$d counter name cluster accept
            %3$s tcp dport %1$d counter name cluster accept
            tcp sport %1$d counter name agents accept
            tcp dport %1$d counter name agents accept
          }
        }
        """
            .formatted(ARTERY_PORT, STORE_PORT, among);
    host.run("nft", rules).ok();
  }

  /** By purpose: the store's copies, the controllers' cluster, the agents of nodes. */
  Map<String, Count> read() {
    Map<String, Count> found = new LinkedHashMap<>();
    Matcher each = COUNTER.matcher(host.run("nft", "list", "counters").ok());
    while (each.find())
      found.put(
          each.group(1), new Count(Long.parseLong(each.group(2)), Long.parseLong(each.group(3))));
    return found;
  }
}
