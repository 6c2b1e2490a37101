package io.ordinal.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Members of an etcd on loopback, each a process of its own, with etcd's default durability: every
 * batch is forced to the disk before it is acknowledged.
 */
final class EtcdGroup implements AutoCloseable {
  private final List<Integer> ports = new ArrayList<>();
  private final List<Process> servers = new ArrayList<>();

  EtcdGroup(Path directory, int members) throws IOException {
    List<Integer> peers = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      ports.add(freePort());
      peers.add(freePort());
    }
    String all =
        IntStream.range(0, members)
            .mapToObj(i -> "bench" + i + "=http://127.0.0.1:" + peers.get(i))
            .collect(Collectors.joining(","));
    for (int i = 0; i < members; i++) {
      Path place = directory.resolve(Integer.toString(i));
      servers.add(start(place, "bench" + i, ports.get(i), peers.get(i), all));
    }
  }

  private static Process start(Path directory, String name, int port, int peerPort, String all)
      throws IOException {
    String clients = "http://127.0.0.1:" + port;
    String peers = "http://127.0.0.1:" + peerPort;
    return new ProcessBuilder(
            "etcd",
            "--name=" + name,
            "--data-dir=" + directory,
            "--listen-client-urls=" + clients,
            "--advertise-client-urls=" + clients,
            "--listen-peer-urls=" + peers,
            "--initial-advertise-peer-urls=" + peers,
            "--initial-cluster=" + all,
            "--quota-backend-bytes=8589934592",
            "--logger=zap",
            "--log-level=error")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Where clients reach the members. */
  List<Integer> ports() {
    return ports;
  }

  boolean isAlive() {
    return servers.stream().allMatch(Process::isAlive);
  }

  @Override
  public void close() throws InterruptedException {
    servers.forEach(Process::destroy);
    for (Process server : servers) server.waitFor();
  }
}
