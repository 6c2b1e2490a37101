package io.ordinal.controller.network;

import java.util.Optional;

/**
 * IPv4 addresses in CIDR notation, without the first and the last of the range.
 *
 * @param first as a number
 * @param count how many
 */
public record AddressPool(long first, int count) {
  private static final int BITS = 32;
  private static final int OCTET_BITS = 8;
  private static final int OCTET = 0xff;
  private static final int WIDEST = 8;
  private static final int NARROWEST = 30;

  /**
   * Reads {@code ordinal.network.pods}, such as {@code 10.20.0.0/16}; {@code none} and empty text
   * are no pool.
   *
   * @throws IllegalArgumentException when it is no such range
   */
  public static Optional<AddressPool> parse(String cidr) {
    if (cidr.isBlank() || cidr.strip().equals("none")) return Optional.empty();
    String[] parts = cidr.strip().split("/");
    if (parts.length != 2 || !parts[0].matches("\\d{1,3}(\\.\\d{1,3}){3}")) throw unreadable(cidr);
    int prefix = parts[1].matches("\\d{1,2}") ? Integer.parseInt(parts[1]) : 0;
    if (prefix < WIDEST || prefix > NARROWEST) throw unreadable(cidr);
    long network = number(parts[0], cidr) & -(1L << (BITS - prefix));
    return Optional.of(new AddressPool(network + 1, (1 << (BITS - prefix)) - 2));
  }

  /** The address with this place in the range, counted from 0. */
  public String at(int index) {
    if (index < 0 || index >= count) {
      throw new IllegalArgumentException("expected a place below " + count + ", got " + index);
    }
    long number = first + index;
    StringBuilder text = new StringBuilder();
    for (int shift = BITS - OCTET_BITS; shift >= 0; shift -= OCTET_BITS) {
      text.append((number >> shift) & OCTET).append(shift > 0 ? "." : "");
    }
    return text.toString();
  }

  /** Whether the address is one of them. */
  public boolean contains(String address) {
    long number = number(address, address);
    return number >= first && number < first + count;
  }

  private static long number(String address, String found) {
    long number = 0;
    for (String octet : address.split("\\.")) {
      long value = Long.parseLong(octet);
      if (value > OCTET) throw unreadable(found);
      number = number << OCTET_BITS | value;
    }
    return number;
  }

  private static IllegalArgumentException unreadable(String cidr) {
    return new IllegalArgumentException(
        "ordinal.network.pods: expected an IPv4 range such as 10.20.0.0/16, with a prefix of 8 to"
            + " 30, found '"
            + cidr
            + "'");
  }
}
