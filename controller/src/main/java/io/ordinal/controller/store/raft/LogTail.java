package io.ordinal.controller.store.raft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts a half-written entry off the end of the log, as a crash in the middle of a write leaves it:
 * the file is preallocated with zeros, so the entry ends in zeros instead of its checksum, which
 * Ratis takes for damage. Such an entry was never forced to the disk, hence never acknowledged.
 * Anything else that is wrong with the log is left for Ratis to refuse.
 */
final class LogTail {
  private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);
  private static final int HEADER = 8;
  private static final int CHECKSUM = Integer.BYTES;

  private LogTail() {}

  /** Looks at the files still being written below a directory. */
  static void repair(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) return;
    try (Stream<Path> files = Files.walk(directory, 3)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("log_inprogress_")).toList())
        repairFile(file);
    }
  }

  private static void repairFile(Path file) throws IOException {
    OptionalLong torn;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      torn = tornAt(bytes);
    }
    if (torn.isEmpty()) return;
    LOG.warn("{} ends with a half-written entry at {}; it was never acknowledged", file, torn);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(torn.getAsLong());
      channel.force(true);
    }
  }

  /** Where the half-written entry begins, if there is one and nothing but zeros behind it. */
  static OptionalLong tornAt(ByteBuffer bytes) {
    int position = HEADER;
    while (position < bytes.limit() && bytes.get(position) != 0) {
      int end = endOfEntry(bytes, position);
      boolean whole = end <= bytes.limit() && checksumHolds(bytes, position, end);
      if (!whole) {
        // The last byte that was written tells how far the write came.
        boolean stopsShort = lastNonZero(bytes, position) < end - 1;
        return stopsShort ? OptionalLong.of(position) : OptionalLong.empty();
      }
      position = end;
    }
    return OptionalLong.empty();
  }

  /** Takes the bytes of one entry. */
  interface Taking {
    void entry(ByteBuffer bytes) throws IOException;
  }

  /**
   * Goes through the whole entries of a file, up to a half-written one.
   *
   * @throws IOException when the file is damaged before its end
   */
  static void entries(ByteBuffer bytes, Taking taking) throws IOException {
    int position = HEADER;
    while (position < bytes.limit() && bytes.get(position) != 0) {
      int end = endOfEntry(bytes, position);
      if (end > bytes.limit() || !checksumHolds(bytes, position, end)) {
        if (tornAt(bytes).isPresent()) return;
        throw new IOException("the log is damaged at " + position);
      }
      int begin = position;
      while (bytes.get(begin) < 0) begin++;
      begin++;
      taking.entry(bytes.slice(begin, end - CHECKSUM - begin));
      position = end;
    }
  }

  /** An entry is its length as a varint, its bytes, and a checksum of both. */
  private static int endOfEntry(ByteBuffer bytes, int position) {
    int length = 0;
    for (int i = 0; i < 5 && position + i < bytes.limit(); i++) {
      byte next = bytes.get(position + i);
      length |= (next & 0x7F) << (7 * i);
      if (next >= 0) {
        long end = (long) position + i + 1 + length + CHECKSUM;
        return length < 0 || end > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) end;
      }
    }
    return Integer.MAX_VALUE;
  }

  private static boolean checksumHolds(ByteBuffer bytes, int position, int end) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.slice(position, end - CHECKSUM - position));
    return (int) checksum.getValue() == bytes.getInt(end - CHECKSUM);
  }

  private static int lastNonZero(ByteBuffer bytes, int from) {
    int last = bytes.limit() - 1;
    while (last > from && bytes.get(last) == 0) last--;
    return last;
  }
}
