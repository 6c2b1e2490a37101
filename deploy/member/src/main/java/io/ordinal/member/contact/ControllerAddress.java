package io.ordinal.member.contact;

/**
 * An entry of {@code ordinal.member.controllers}: a host and the port on which its members talk.
 *
 * @param host an IP address, or a name that may stand for several
 */
public record ControllerAddress(String host, int port) {
  private static final String EXPECTED =
      "ordinal.member.controllers: expected host or host:port, found '";

  public ControllerAddress {
    if (host.isBlank() || host.contains("/")) {
      throw new IllegalArgumentException(EXPECTED + host + "'");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "ordinal.member.controllers: a port is 1 to 65535, found " + port);
    }
  }

  /**
   * Reads {@code host}, {@code host:port} or {@code [IPv6 address]:port}.
   *
   * @param usualPort of an entry that names none
   */
  public static ControllerAddress parse(String text, int usualPort) {
    int bracket = text.indexOf(']');
    int colon = text.lastIndexOf(':');
    boolean bareIpv6 = bracket < 0 && colon != text.indexOf(':');
    if (bareIpv6 || colon < bracket || colon < 0) {
      return new ControllerAddress(unbracketed(text), usualPort);
    }
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      return new ControllerAddress(unbracketed(text.substring(0, colon)), port);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(EXPECTED + text + "'", notANumber);
    }
  }

  private static String unbracketed(String host) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return bracketed ? host.substring(1, host.length() - 1) : host;
  }

  @Override
  public String toString() {
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }
}
