package io.ordinal.controller.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

final class LogTailTest {
  private static final int PADDING = 500;

  private final Random random = new Random(3);
  private final ByteBuffer log = ByteBuffer.allocate(100_000).put("RaftLog1".getBytes());

  /** Appends an entry as Ratis writes it and tells where it begins. */
  private int append(int length) {
    int begin = log.position();
    for (int rest = length; ; rest >>>= 7) {
      log.put((byte) (rest > 0x7F ? rest | 0x80 : rest));
      if (rest <= 0x7F) break;
    }
    for (int i = 0; i < length; i++) log.put((byte) (1 + random.nextInt(255)));
    CRC32C checksum = new CRC32C();
    checksum.update(log.duplicate().flip().position(begin));
    log.putInt((int) checksum.getValue());
    return begin;
  }

  private ByteBuffer preallocated() {
    return ByteBuffer.wrap(log.array(), 0, log.position() + PADDING).slice();
  }

  @Test
  void a_whole_log_is_left_alone() {
    append(10);
    append(3000);
    assertThat(LogTail.tornAt(preallocated())).isEmpty();
    assertThat(LogTail.tornAt(log.duplicate().flip())).isEmpty();
  }

  @Test
  void an_entry_cut_anywhere_is_found_at_its_begin() {
    append(200);
    int begin = append(700);
    int end = log.position();
    byte[] whole = Arrays.copyOf(log.array(), end + PADDING);
    for (int cut = begin + 1; cut < end; cut++) {
      ByteBuffer zeros = ByteBuffer.wrap(whole.clone());
      for (int i = cut; i < end; i++) zeros.put(i, (byte) 0);
      // The checksum itself may end in zeros: then the entry is whole.
      if (zeros.equals(ByteBuffer.wrap(whole))) continue;
      assertThat(LogTail.tornAt(zeros)).as("zeros from %d", cut).hasValue(begin);
      assertThat(LogTail.tornAt(ByteBuffer.wrap(whole, 0, cut).slice()))
          .as("ends at %d", cut)
          .hasValue(begin);
    }
  }

  @Test
  void damage_in_the_middle_is_not_taken_for_a_torn_end() {
    int first = append(300);
    append(300);
    log.put(first + 50, (byte) ~log.get(first + 50));
    assertThat(LogTail.tornAt(preallocated())).isEmpty();
  }

  @Test
  void damage_in_a_whole_last_entry_is_not_taken_for_a_torn_end() {
    int begin = append(300);
    // An entry whose checksum ends in zero cannot be told from a torn one; take another then.
    while (log.get(log.position() - 1) == 0) begin = append(300);
    log.put(begin + 50, (byte) ~log.get(begin + 50));
    assertThat(LogTail.tornAt(preallocated())).isEmpty();
  }
}
