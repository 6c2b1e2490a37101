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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tries, before anything is opened, whether what a member is to listen on can be had: the parts
 * that open it later would tell by exceptions of their own, without the setting.
 */
final class Listening {
  /** Its last part is no number: that would be an address. */
  private static final Pattern NAME = Pattern.compile("([\\w-]+\\.)*\\d*[A-Za-z_-][\\w-]*\\.?");

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
   * A cable that is out, a name server or an interface that is late must not keep a member off, so
   * they are tried again.
   *
   * @throws NoWayBack when a text can be neither an address nor a name
   * @throws IllegalStateException when this machine has not the address or the interface that is
   *     named, the name of one has no address, or a port is not to be had
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
        throw unresolved(door);
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

  /** Names may be known in a moment, and so may an address of an interface that is named in it. */
  private RuntimeException unresolved(Door door) {
    String said = said(door.host());
    if (door.address().contains("%")) {
      return new IllegalStateException(said + ": this machine has no such address now");
    }
    return NAME.matcher(door.address()).matches()
        ? new IllegalStateException(
            said + ": this name has no address now; is its name server reached?")
        : new NoWayBack(said + ": neither an address nor a name", null);
  }

  private RuntimeException absent(Door door) {
    return new IllegalStateException(
        said(door.host()) + ": this machine has no such address now; it has " + addresses());
  }

  private void requireInterface() {
    String key = "ordinal.agent.network.interface";
    String name = config.getString(key);
    try {
      if (name.isBlank() || NetworkInterface.getByName(name) != null) return;
      throw new IllegalStateException(
          said(key)
              + ": this machine has no such interface now; it has "
              + NetworkInterface.networkInterfaces()
                  .map(NetworkInterface::getName)
                  .collect(Collectors.joining(", ")));
    } catch (SocketException unknown) {
      throw new IllegalStateException("this machine's interfaces cannot be listed", unknown);
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
