package io.ordinal.agent.network;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An interface of this machine, by the command {@code ip}. */
final class LinuxInterface implements PodInterface {
  private static final Logger LOG = LoggerFactory.getLogger(LinuxInterface.class);
  private static final int DISCARD_PORT = 9;
  private static final int IPV4_BITS = 32;

  /** Asked for in turn, because one of them may be known already and then nobody is asked. */
  private static final int STRANGERS = 3;

  /** How kernels of several ages say it. */
  private static final List<String> THERE = List.of("File exists", "already assigned");

  private static final List<String> ABSENT =
      List.of("Cannot assign", "Address not found", "Cannot find device");

  private final String name;
  private final List<String> ip;

  LinuxInterface(String name, List<String> ip) {
    this.name = name;
    this.ip = List.copyOf(ip);
  }

  @Override
  public void add(String address) throws IOException {
    Optional<String> failure = run("add", address);
    if (failure.isPresent() && !says(failure.get(), THERE)) {
      throw new IOException("%s cannot be put on %s: %s".formatted(address, name, failure.get()));
    }
    announce(address);
  }

  @Override
  public void remove(String address) throws IOException {
    Optional<String> failure = run("del", address);
    if (failure.isPresent() && !says(failure.get(), ABSENT)) {
      throw new IOException(
          "%s cannot be taken off %s: %s".formatted(address, name, failure.get()));
    }
  }

  private static boolean says(String said, List<String> any) {
    return any.stream().anyMatch(said::contains);
  }

  /** What it said, if it failed. */
  private Optional<String> run(String verb, String address) throws IOException {
    List<String> command = new ArrayList<>(ip);
    command.addAll(List.of("addr", verb, address + "/" + IPV4_BITS, "dev", name));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return process.waitFor() == 0 ? Optional.empty() : Optional.of(said.strip());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for ip", e);
    }
  }

  /**
   * Neighbours may still have the address with the machine that had it before. They learn from any
   * question that is broadcast in its name: so strangers are looked for, whom nobody knows.
   */
  private void announce(String address) {
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), 0))) {
      for (InetAddress stranger : strangers(address)) {
        byte[] nothing = new byte[0];
        socket.send(new DatagramPacket(nothing, 0, stranger, DISCARD_PORT));
      }
    } catch (IOException e) {
      LOG.debug("neighbours were not told of {}", address, e);
    }
  }

  /** Addresses of the interface's network, near its end, others for every address. */
  private List<InetAddress> strangers(String address) throws IOException {
    List<InetAddress> strangers = new ArrayList<>();
    NetworkInterface here = NetworkInterface.getByName(name);
    if (here == null) return strangers;
    for (InterfaceAddress own : here.getInterfaceAddresses()) {
      boolean network =
          own.getAddress() instanceof Inet4Address && own.getNetworkPrefixLength() < IPV4_BITS - 2;
      if (!network) continue;
      int hosts = 1 << (IPV4_BITS - own.getNetworkPrefixLength());
      int base = number(own.getAddress()) & -hosts;
      int seed = number(InetAddress.getByName(address));
      for (int i = 0; i < STRANGERS; i++) {
        int host = 1 + Math.floorMod(seed * 31 + i * 7919, hosts - 2);
        strangers.add(InetAddress.getByAddress(bytes(base + host)));
      }
    }
    return strangers;
  }

  private static int number(InetAddress address) {
    int number = 0;
    for (byte octet : address.getAddress()) number = number << Byte.SIZE | octet & 0xff;
    return number;
  }

  private static byte[] bytes(int number) {
    return new byte[] {
      (byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number
    };
  }
}
