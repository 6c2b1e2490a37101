package io.ordinal.member.directory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds ports on which nothing listens, outside the range from which the kernel gives ports to
 * clients.
 */
final class FreePorts {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;

  private FreePorts() {}

  static List<Integer> find(int count, java.util.random.RandomGenerator random) throws IOException {
    List<Integer> found = new ArrayList<>();
    int candidate = LOWEST + random.nextInt(HIGHEST - LOWEST);
    for (int tried = 0; tried < HIGHEST - LOWEST && found.size() < count; tried++) {
      if (isFree(candidate)) found.add(candidate);
      candidate = candidate + 1 < HIGHEST ? candidate + 1 : LOWEST;
    }
    if (found.size() < count)
      throw new IOException("no free port between " + LOWEST + " and " + HIGHEST);
    return found;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
