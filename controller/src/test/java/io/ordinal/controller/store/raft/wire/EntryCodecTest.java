package io.ordinal.controller.store.raft.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Draft;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RandomTransactions;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.rocks.LogEntry;
import io.ordinal.protocol.id.Revision;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EntryCodecTest {
  private static final ObjectKey KEY = new ObjectKey(new ResourceName("pods"), "a", "x");
  private static final RecordKey RECORD = new RecordKey("lease", "7");
  private static final Draft DRAFT = new Draft("{\"\"}".getBytes(UTF_8), 2, "u", 300);

  private static byte[] batch(Transaction... transactions) {
    return EntryCodec.batch(Arrays.stream(transactions).map(EntryCodec::transaction).toList());
  }

  private static LogEntry decoded(byte[] bytes) {
    return EntryCodec.decode(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
  }

  private static byte[] encoded(LogEntry entry) {
    return entry.match(
        new LogEntry.Cases<>() {
          @Override
          public byte[] batch(LogEntry.Batch batch) {
            return EntryCodecTest.batch(batch.transactions().toArray(Transaction[]::new));
          }

          @Override
          public byte[] purgeFeed(LogEntry.PurgeFeed purge) {
            return EntryCodec.purgeFeed(purge);
          }
        });
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** These bytes are in logs on disks: a change here needs a new version of the format. */
  @Test
  void entries_keep_the_bytes_they_were_released_with() {
    String key = "04706f6473" + "0161" + "0178";
    String draft = "047b22227d" + "02" + "0175" + "ac02";
    assertThat(hex(batch(Transaction.of(new Operation.Put(KEY, DRAFT, Condition.ANY)))))
        .isEqualTo("0101" + "01" + "01" + "01" + key + draft + "00");
    Transaction conditions =
        Transaction.of(
            new Operation.PutIfAbsent(KEY, DRAFT),
            new Operation.Delete(KEY, Condition.ABSENT),
            new Operation.Expect(KEY, Condition.PRESENT),
            new Operation.Expect(KEY, Condition.at(new Revision(128))),
            new Operation.Expect(KEY, new Condition.AtGeneration("u", 3)),
            new Operation.Expect(KEY, new Condition.WithUid("u")));
    assertThat(hex(batch(conditions)))
        .isEqualTo(
            "0101" + "01" + "06" + "02" + key + draft + "03" + key + "01" + "04" + key + "02" + "04"
                + key + "038001" + "04" + key + "04" + "0175" + "03" + "04" + key + "05" + "0175");
    String record = "056c65617365" + "0137";
    Transaction records =
        Transaction.of(
            new Operation.PutRecord(RECORD, new byte[] {9}, RecordCondition.at(5)),
            new Operation.DeleteRecord(RECORD, RecordCondition.ANY),
            new Operation.ExpectRecord(RECORD, RecordCondition.ABSENT));
    assertThat(hex(batch(records, Transaction.of())))
        .isEqualTo(
            "0101" + "02" + "03" + "05" + record + "0109" + "0605" + "06" + record + "00" + "07"
                + record + "01" + "00");
    assertThat(hex(EntryCodec.purgeFeed(new LogEntry.PurgeFeed(new Revision(300)))))
        .isEqualTo("0102ac02");
  }

  @Test
  void entries_are_read_back_as_they_were_written() {
    Random random = new Random(11);
    RandomTransactions transactions = new RandomTransactions(random);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = encoded(new LogEntry.Batch(transactions.several()));
      assertThat(encoded(decoded(bytes))).isEqualTo(bytes);
    }
    LogEntry purge = new LogEntry.PurgeFeed(new Revision(Long.MAX_VALUE));
    assertThat(decoded(encoded(purge))).isEqualTo(purge);
  }

  @Test
  void what_is_no_entry_is_refused() {
    byte[] whole = batch(Transaction.of(new Operation.Put(KEY, DRAFT, Condition.ANY)));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> decoded(cut)).isInstanceOf(UndecodableEntry.class);
    }
    assertThatThrownBy(() -> decoded(Arrays.copyOf(whole, whole.length + 1)))
        .isInstanceOf(UndecodableEntry.class)
        .hasMessageContaining("expected the end");
    assertThatThrownBy(() -> decoded(new byte[] {2, 1, 0}))
        .isInstanceOf(UndecodableEntry.class)
        .hasMessage("expected version 1, found 2");
    assertThatThrownBy(() -> decoded(new byte[] {1, 9, 0})).isInstanceOf(UndecodableEntry.class);
  }

  @Test
  void keys_that_cannot_be_stored_are_not_encoded() {
    for (String name : List.of("x\0y", "x".repeat(3000))) {
      ObjectKey key = new ObjectKey(new ResourceName("pods"), "a", name);
      Transaction transaction = Transaction.of(new Operation.Delete(key, Condition.ANY));
      assertThatThrownBy(() -> EntryCodec.transaction(transaction))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void outcomes_are_read_back_as_they_were_written() {
    List<Outcome> outcomes =
        List.of(
            new Outcome.Committed(List.of(new Revision(300), Revision.ZERO), new Revision(301)),
            new Outcome.Refused(2, "pods a/x ü", new Revision(7)),
            new Outcome.Committed(List.of(), Revision.ZERO));
    byte[] bytes = OutcomeCodec.encode(outcomes);
    assertThat(OutcomeCodec.decode(ByteBuffer.wrap(bytes))).isEqualTo(outcomes);
    assertThat(hex(bytes)).isEqualTo("01030102ac0200ad0202020b706f647320612f7820c3bc07010000");
  }
}
