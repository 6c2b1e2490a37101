package io.ordinal.agent.network;

/**
 * IPv4 addresses in CIDR notation, without the first and the last of the range.
 *
 * @param first as a number
 * @param count how many
 */
record AddressRange(long first, int count) {
  private static final int BITS = 32;
  private static final int OCTET_BITS = 8;
  private static final int OCTET = 0xff;
  private static final int WIDEST = 8;
  private static final int NARROWEST = 30;

  /** Reads such as {@code 127.64.0.0/20}. */
  static AddressRange parse(String cidr) {
    String[] parts = cidr.split("/");
    if (parts.length != 2 || !parts[0].matches("\\d{1,3}(\\.\\d{1,3}){3}")) throw unreadable(cidr);
    int prefix = Integer.parseInt(parts[1]);
    if (prefix < WIDEST || prefix > NARROWEST) throw unreadable(cidr);
    long network = number(parts[0]) & -(1L << (BITS - prefix));
    return new AddressRange(network + 1, (1 << (BITS - prefix)) - 2);
  }

  /** The address with this place in the range. */
  String at(int index) {
    long number = first + index;
    StringBuilder text = new StringBuilder();
    for (int shift = BITS - OCTET_BITS; shift >= 0; shift -= OCTET_BITS) {
      text.append((number >> shift) & OCTET).append(shift > 0 ? "." : "");
    }
    return text.toString();
  }

  boolean contains(String address) {
    long number = number(address);
    return number >= first && number < first + count;
  }

  private static long number(String address) {
    long number = 0;
    for (String octet : address.split("\\.")) number = number << OCTET_BITS | Long.parseLong(octet);
    return number;
  }

  private static IllegalArgumentException unreadable(String cidr) {
    return new IllegalArgumentException(
        "ordinal.agent.network.pods: expected an IPv4 range such as 127.64.0.0/20, with a prefix"
            + " of 8 to 30, found '"
            + cidr
            + "'");
  }
}
