package io.ordinal.member;

import com.typesafe.config.Config;
import io.ordinal.member.directory.Listener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tries, before anything is opened, whether what a member is to listen on can be had: the parts
 * that open it later would tell by exceptions of their own, without the setting.
 */
final class Listening {
  private static final Path UP_TIME = Path.of("/proc/uptime");
  private final MemberSettings settings;
  private final Config config;

  /**
   * @param key of the port
   * @param host key of the address
   */
  private record Door(String key, int port, String host, String address) {
    String inWords() {
      return key + " = " + port;
    }
  }

  private Listening(MemberSettings settings) {
    this.settings = settings;
    this.config = settings.config();
  }

  /**
   * @throws NoWayBack when this machine has not the address or the interface that is named, and not
   *     just begun
   * @throws IllegalStateException when it may still come, or a port is not to be had
   */
  static void check(MemberSettings settings) {
    new Listening(settings).check();
  }

  private void check() {
    for (Door door : doors()) {
      try {
        InetAddress address = InetAddress.getByName(door.address());
        if (!isOurs(address)) throw absent(door);
        if (door.port() != 0) tryOut(door, new InetSocketAddress(address, door.port()));
      } catch (UnknownHostException unknown) {
        throw new NoWayBack(said(door.host()) + ": no address of this machine", null);
      } catch (SocketException unknown) {
        throw new IllegalStateException("this machine's addresses cannot be listed", unknown);
      }
    }
    if (settings.roles().contains(MemberSettings.Role.NODE)) requireInterface();
  }

  private List<Door> doors() {
    List<Door> doors = new ArrayList<>();
    String own = "ordinal.member.address";
    String behind = config.getString("pekko.remote.artery.bind.hostname");
    boolean mapped = !behind.isEmpty(); // What others reach is translated to something else here.
    if (!mapped) doors.add(door("ordinal.member.artery-port", own));
    doors.add(door("ordinal.member.management-port", own));
    if (settings.isController()) {
      doors.add(door("ordinal.store.port", "ordinal.store.address"));
      doors.add(door("ordinal.api.port", "ordinal.api.bind-address"));
    }
    return doors;
  }

  private Door door(String key, String host) {
    return new Door(key, config.getInt(key), host, config.getString(host));
  }

  private static boolean isOurs(InetAddress address) throws SocketException {
    return address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || NetworkInterface.getByInetAddress(address) != null;
  }

  private void tryOut(Door door, InetSocketAddress place) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(place);
    } catch (IOException refused) {
      String why =
          Listener.on(door.port())
              .map(each -> "is taken by " + each + ": end it, or set another port")
              .orElse("cannot be had (" + refused.getMessage() + "); set another port");
      throw new IllegalStateException(
          door.inWords() + ": on " + door.address() + " this port " + why);
    }
  }

  private RuntimeException absent(Door door) {
    return missing(said(door.host()) + ": this machine has no such address; it has " + addresses());
  }

  private void requireInterface() {
    String key = "ordinal.agent.network.interface";
    String name = config.getString(key);
    try {
      if (name.isBlank() || NetworkInterface.getByName(name) != null) return;
      throw missing(
          said(key)
              + ": this machine has no such interface; it has "
              + NetworkInterface.networkInterfaces()
                  .map(NetworkInterface::getName)
                  .collect(Collectors.joining(", ")));
    } catch (SocketException unknown) {
      throw new IllegalStateException("this machine's interfaces cannot be listed", unknown);
    }
  }

  /** Soon after the machine began, what is not there may come yet. */
  private RuntimeException missing(String text) {
    Duration patience = config.getDuration("ordinal.member.address-patience");
    if (upTime().compareTo(patience) < 0) {
      return new IllegalStateException(text + "; it may come yet, start again in a moment");
    }
    return new NoWayBack(text, null);
  }

  private static Duration upTime() {
    try {
      String seconds = Files.readString(UP_TIME).split("[. ]")[0];
      return Duration.ofSeconds(Long.parseLong(seconds));
    } catch (IOException | NumberFormatException unknown) {
      return Duration.ofDays(1);
    }
  }

  /** The key with its value and where it stands, as far as a person wrote it. */
  private String said(String key) {
    var value = config.getValue(key);
    String place = value.origin().filename() == null ? "" : Blame.place(value.origin()) + ": ";
    return place + key + " = " + value.unwrapped();
  }

  private static String addresses() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(each -> !each.isLoopbackAddress() && !each.isLinkLocalAddress())
          .map(InetAddress::getHostAddress)
          .collect(Collectors.collectingAndThen(Collectors.joining(", "), Listening::orLoopback));
    } catch (SocketException unknown) {
      return "others";
    }
  }

  private static String orLoopback(String others) {
    return others.isEmpty() ? "only loopback" : others;
  }
}
