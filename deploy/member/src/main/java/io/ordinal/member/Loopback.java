package io.ordinal.member;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Tells addresses of this machine only from those that others reach. */
final class Loopback {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  private Loopback() {}

  /**
   * @throws IllegalArgumentException when it is a name: members know each other by addresses
   */
  static boolean is(String address) {
    if (!IPV4.matcher(address).matches() && !address.contains(":")) {
      throw new IllegalArgumentException(
          "ordinal.member.address: expected an IP address, found '" + address + "'");
    }
    try {
      // Without its interface (fe80::1%eth0), which may not be there yet.
      return InetAddress.getByName(address.split("%", 2)[0]).isLoopbackAddress();
    } catch (UnknownHostException wrong) {
      throw new IllegalArgumentException(
          "ordinal.member.address: expected an IP address, found '" + address + "'", wrong);
    }
  }
}
