package io.ordinal.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a new user does first, without any right on the machine. */
class UnprivilegedTest {
  private static final String MOUNTED =
      "command: [\"redis-server\", \"/etc/redis/redis.conf\", \"--dir\", \"/data\","
          + " \"--bind\", \"$(POD_IP)\"]";

  /** It daemonises: it leaves its session and writes its title over its environment. */
  private static final String BY_VARIABLE =
      "command: [\"sh\", \"-c\", 'redis-server \"$ORDINAL_VOLUME_CONFIG/redis.conf\" --dir"
          + " \"$ORDINAL_VOLUME_DATA\" --bind \"$POD_IP\" --daemonize yes; exec sleep 1000']";

  @Test
  void the_first_walk_needs_no_root() throws IOException {
    try (Cluster cluster = Cluster.preparedForNobody()) {
      cluster.ordinal("up", "-f", cluster.example("counter.yaml").toString()).ok();
      cluster.kubectl("apply", "-f", cluster.example("redis.yaml").toString()).ok();
      walk(cluster, true);
    }
  }

  @Test
  void without_user_namespaces_an_event_says_where_volumes_are_and_daemons_end_too()
      throws IOException {
    try (Cluster cluster = Cluster.preparedForNobody()) {
      cluster.ordinal("up").ok();
      cluster.ordinal("down").ok();
      String off = "ordinal.agent.process.namespaces = off\n";
      Files.writeString(cluster.directory().configuration(), off, StandardOpenOption.APPEND);
      cluster.ordinal("up", "-f", cluster.example("counter.yaml").toString()).ok();
      String manifest = Files.readString(cluster.example("redis.yaml"));
      assertThat(manifest).contains(MOUNTED);
      cluster.apply(manifest.replace(MOUNTED, BY_VARIABLE)).ok();
      walk(cluster, false);
    }
  }

  private static void walk(Cluster cluster, boolean mounts) throws IOException {
    cluster.awaitReady("counter", 3);
    cluster.awaitReady("redis", 3);
    Map<String, String> addresses = new HashMap<>();
    for (String pod : List.of("redis-0", "redis-1", "redis-2")) {
      addresses.put(pod, cluster.address(pod));
    }
    Map<String, Long> servers = servers(addresses);
    assertThat(servers).hasSize(3);
    Path ours = cluster.directory().path();
    for (long pid : servers.values()) {
      assertThat(Files.getOwner(Path.of("/proc/" + pid))).isEqualTo(Files.getOwner(ours));
    }
    assertThat(cluster.kubectl("describe", "pod", "redis-0").ok().contains("VolumesNotMounted"))
        .isNotEqualTo(mounts);

    cluster.killMember();
    cluster.ordinal("up").ok();
    cluster.awaitReady("redis", 3);
    assertThat(servers(addresses)).isEqualTo(servers);

    cluster.kubectl("delete", "pod", "redis-1").ok();
    cluster.awaitReady("redis", 3);
    assertThat(servers(addresses).get("redis-1")).isNotNull().isNotEqualTo(servers.get("redis-1"));
    cluster.kubectl("scale", "statefulset", "redis", "--replicas=1").ok();
    cluster.awaitReady("redis", 1);
    assertThat(servers(addresses)).isEqualTo(Map.of("redis-0", servers.get("redis-0")));

    cluster.ordinal("down", "--wipe").ok();
    assertThat(ours).doesNotExist();
    assertThat(servers(addresses)).isEmpty();
  }

  /** Live servers of these pods by their titles, which name their addresses. */
  private static Map<String, Long> servers(Map<String, String> addresses) {
    Map<String, Long> found = new HashMap<>();
    List<Long> all = ProcessHandle.allProcesses().map(ProcessHandle::pid).toList();
    addresses.forEach(
        (pod, address) ->
            all.stream()
                .filter(pid -> Processes.title(pid).startsWith("redis-server " + address + ":"))
                .forEach(pid -> assertThat(found.put(pod, pid)).as("second of " + pod).isNull()));
    return found;
  }
}
