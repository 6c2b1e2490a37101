package io.ordinal.controller.store.raft.wire;

import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Draft;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.rocks.LogEntry;
import io.ordinal.protocol.id.Revision;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Entries of the log as bytes. Transactions are encoded one by one, before they are gathered. */
public final class EntryCodec {
  private static final int EXPECTED_SIZE = 256;

  private EntryCodec() {}

  /**
   * One transaction, as a part of {@link #batch}.
   *
   * @throws IllegalArgumentException when a key cannot be stored
   */
  public static byte[] transaction(Transaction transaction) {
    int size = EXPECTED_SIZE;
    for (Operation operation : transaction.operations()) size += documentSize(operation) + 64;
    Encoder out = new Encoder(size);
    out.number(transaction.operations().size());
    OperationEncoder encoder = new OperationEncoder(out);
    for (Operation operation : transaction.operations()) operation.match(encoder);
    return out.encoded();
  }

  private static int documentSize(Operation operation) {
    if (operation instanceof Operation.Put put) return put.draft().bytes().length;
    return operation instanceof Operation.PutRecord put ? put.value().length : 0;
  }

  /** An entry of encoded transactions. */
  public static byte[] batch(List<byte[]> transactions) {
    int size = transactions.stream().mapToInt(each -> each.length).sum();
    Encoder out = new Encoder(size + 16).tag(Tags.VERSION).tag(Tags.BATCH);
    out.number(transactions.size());
    transactions.forEach(out::raw);
    return out.encoded();
  }

  public static byte[] purgeFeed(LogEntry.PurgeFeed purge) {
    return new Encoder(16)
        .tag(Tags.VERSION)
        .tag(Tags.PURGE_FEED)
        .number(purge.upTo().value())
        .encoded();
  }

  /**
   * Reads an entry.
   *
   * @throws UndecodableEntry unless the bytes are exactly one entry
   */
  public static LogEntry decode(ByteBuffer bytes) {
    Decoder in = new Decoder(bytes);
    int version = in.tag();
    if (version != Tags.VERSION)
      throw new UndecodableEntry("expected version " + Tags.VERSION + ", found " + version);
    int kind = in.tag();
    LogEntry entry =
        switch (kind) {
          case Tags.BATCH -> new LogEntry.Batch(transactions(in));
          case Tags.PURGE_FEED -> new LogEntry.PurgeFeed(new Revision(in.number()));
          default -> throw new UndecodableEntry("expected a kind of entry, found " + kind);
        };
    in.end();
    return entry;
  }

  private static List<Transaction> transactions(Decoder in) {
    int count = in.count();
    List<Transaction> found = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int steps = in.count();
      List<Operation> operations = new ArrayList<>(steps);
      for (int step = 0; step < steps; step++) operations.add(operation(in));
      found.add(new Transaction(operations));
    }
    return found;
  }

  private static Operation operation(Decoder in) {
    int tag = in.tag();
    return switch (tag) {
      case Tags.PUT -> new Operation.Put(objectKey(in), draft(in), condition(in));
      case Tags.PUT_IF_ABSENT -> new Operation.PutIfAbsent(objectKey(in), draft(in));
      case Tags.DELETE -> new Operation.Delete(objectKey(in), condition(in));
      case Tags.EXPECT -> new Operation.Expect(objectKey(in), condition(in));
      case Tags.PUT_RECORD ->
          new Operation.PutRecord(recordKey(in), in.bytes(), recordCondition(in));
      case Tags.DELETE_RECORD -> new Operation.DeleteRecord(recordKey(in), recordCondition(in));
      case Tags.EXPECT_RECORD -> new Operation.ExpectRecord(recordKey(in), recordCondition(in));
      default -> throw new UndecodableEntry("expected an operation, found " + tag);
    };
  }

  private static ObjectKey objectKey(Decoder in) {
    return new ObjectKey(new ResourceName(in.text()), in.text(), in.text());
  }

  private static RecordKey recordKey(Decoder in) {
    return new RecordKey(in.text(), in.text());
  }

  private static Draft draft(Decoder in) {
    return new Draft(in.bytes(), (int) in.number(), in.text(), in.number());
  }

  private static Condition condition(Decoder in) {
    int tag = in.tag();
    return switch (tag) {
      case Tags.ANY -> Condition.ANY;
      case Tags.ABSENT -> Condition.ABSENT;
      case Tags.PRESENT -> Condition.PRESENT;
      case Tags.AT_REVISION -> Condition.at(new Revision(in.number()));
      case Tags.AT_GENERATION -> new Condition.AtGeneration(in.text(), in.number());
      case Tags.WITH_UID -> new Condition.WithUid(in.text());
      default -> throw new UndecodableEntry("expected a condition, found " + tag);
    };
  }

  private static RecordCondition recordCondition(Decoder in) {
    int tag = in.tag();
    return switch (tag) {
      case Tags.ANY -> RecordCondition.ANY;
      case Tags.ABSENT -> RecordCondition.ABSENT;
      case Tags.AT_VERSION -> RecordCondition.at(in.number());
      default -> throw new UndecodableEntry("expected a condition of a record, found " + tag);
    };
  }
}
