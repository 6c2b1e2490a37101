package io.ordinal.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Clients that send a byte a second: of their TLS handshake, of a request's head, of its body; and
 * some that send nothing at all, before and after a request. While they do, others write.
 */
final class SlowClients implements Siege {
  private static final int EACH = 250;
  private static final int SECONDS = 60;
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";

  @Override
  public void lay(Town town) throws Exception {
    List<Socket> shaking = new ArrayList<>();
    List<Socket> silent = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      shaking.add(plain(town));
      silent.add(plain(town));
    }
    List<HttpLine> heads = lines(town, "GET /version HTTP/1.1\r\nX-A: ");
    List<HttpLine> bodies =
        lines(
            town,
            "POST "
                + MAPS
                + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2000\r\n\r\n");
    int[] codes = new int[600];
    long begin = System.nanoTime();
    try (HttpLine writer = town.line()) {
      for (int second = 1; second <= SECONDS; second++) {
        shaking.forEach(SlowClients::drip);
        heads.forEach(SlowClients::drip);
        bodies.forEach(SlowClients::drip);
        writeUntil(begin + second * 1_000_000_000L, writer, codes);
      }
    }
    int written = codes[201];
    int refused = Arrays.stream(codes).sum() - written;
    town.say("slow_written", written, "writes of another client meanwhile");
    town.say("slow_refused", refused, "writes of it that were refused");
    town.say(
        "slow_handshakes",
        shaking.stream().filter(SlowClients::open).count(),
        "handshakes left of " + EACH);
    town.say(
        "slow_silent",
        silent.stream().filter(SlowClients::open).count(),
        "silent connections left of " + EACH);
    town.say("slow_heads", open(heads), "heads left of " + EACH);
    town.say("slow_bodies", open(bodies), "bodies left of " + EACH);
    for (Socket each : shaking) each.close();
    for (Socket each : silent) each.close();
    for (HttpLine each : heads) each.close();
    for (HttpLine each : bodies) each.close();
  }

  private static void writeUntil(long end, HttpLine writer, int[] codes) throws Exception {
    while (System.nanoTime() < end) {
      int number = Arrays.stream(codes).sum();
      codes[writer.ask("POST", MAPS, Siege.configMap("slow-" + number, 100)).status()]++;
      Thread.sleep(10); // The pace of the load.
    }
  }

  private static Socket plain(Town town) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(town.server().getHost(), town.server().getPort()), 10_000);
    return socket;
  }

  private static List<HttpLine> lines(Town town, String begin) throws Exception {
    List<HttpLine> lines = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      HttpLine line = new HttpLine(town.server(), town.tls(), 10_000);
      line.raw(begin.getBytes(StandardCharsets.US_ASCII));
      lines.add(line);
    }
    return lines;
  }

  /** The first bytes of a long handshake record, and then its rest. */
  private static void drip(Socket socket) {
    try {
      socket.getOutputStream().write(0x16);
    } catch (IOException cut) {
      // Counted at the end.
    }
  }

  private static void drip(HttpLine line) {
    try {
      line.raw(new byte[] {'a'});
    } catch (IOException cut) {
      // Counted at the end.
    }
  }

  private static long open(List<HttpLine> lines) throws IOException {
    long open = 0;
    for (HttpLine each : lines) if (!each.endsWithin(5)) open++;
    return open;
  }

  private static boolean open(Socket socket) {
    try {
      socket.setSoTimeout(5);
      while (socket.getInputStream().read() >= 0) Thread.onSpinWait();
      return false;
    } catch (java.net.SocketTimeoutException silent) {
      return true;
    } catch (IOException cut) {
      return false;
    }
  }
}
