package io.ordinal.member.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A /20 of 127.64.0.0/10: 4,096 loopback addresses that one data directory calls its own.
 *
 * @param index 0 to 1023
 */
public record AddressRange(int index) {
  private static final int COUNT = 1024;
  private static final int FIRST = (127 << 24) | (64 << 16);
  private static final int SIZE_BITS = 12;

  public AddressRange {
    if (index < 0 || index >= COUNT)
      throw new IllegalArgumentException("range index must be below 1024, got " + index);
  }

  /** Such as 127.80.16.0/20. */
  public String cidr() {
    return text(0) + "/20";
  }

  /** The member's own address: the last one, since pods get theirs from the first on. */
  public String memberAddress() {
    return text((1 << SIZE_BITS) - 2);
  }

  /** A range in which nothing on this machine listens now. */
  public static AddressRange unused(RandomGenerator random) throws IOException {
    BitSet used = new BitSet(COUNT);
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6", "/proc/net/udp")) {
      Path path = Path.of(table);
      if (Files.isReadable(path)) Files.readAllLines(path).forEach(line -> mark(used, line));
    }
    int start = random.nextInt(COUNT);
    for (int step = 0; step < COUNT; step++) {
      int candidate = (start + step) % COUNT;
      if (!used.get(candidate)) return new AddressRange(candidate);
    }
    throw new IOException(
        "something listens in every /20 of 127.64.0.0/10; name a range in ordinal.agent.network");
  }

  private static void mark(BitSet used, String line) {
    String[] words = line.strip().split("\\s+");
    if (words.length < 2 || words[1].indexOf(':') < 8) return;
    String hex = words[1].substring(0, words[1].indexOf(':'));
    int little = Integer.parseUnsignedInt(hex.substring(hex.length() - 8), 16);
    int offset = Integer.reverseBytes(little) - FIRST;
    if (offset >= 0 && offset < COUNT << SIZE_BITS) used.set(offset >> SIZE_BITS);
  }

  private String text(int offset) {
    int address = FIRST + (index << SIZE_BITS) + offset;
    return "%d.%d.%d.%d"
        .formatted(address >>> 24, address >> 16 & 255, address >> 8 & 255, address & 255);
  }
}
