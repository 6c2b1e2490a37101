package io.ordinal.controller.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ordinal.protocol.id.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Transactions over few keys, so that conditions sometimes hold and sometimes do not. */
public final class RandomTransactions {
  private static final List<ResourceName> RESOURCES =
      List.of(new ResourceName("pods"), ResourceName.of("apps", "statefulsets"));

  private final Random random;
  private long revisions = 1;

  public RandomTransactions(Random random) {
    this.random = random;
  }

  public static List<ResourceName> resources() {
    return RESOURCES;
  }

  public List<Transaction> several() {
    return IntStream.range(0, 1 + random.nextInt(4)).mapToObj(i -> next()).toList();
  }

  public Transaction next() {
    List<Operation> operations = new ArrayList<>();
    int steps = random.nextInt(5);
    for (int i = 0; i < steps; i++) operations.add(operation());
    revisions += steps / 2;
    return new Transaction(operations);
  }

  private Operation operation() {
    return switch (random.nextInt(8)) {
      case 0, 1 -> new Operation.Put(key(), draft(), condition());
      case 2 -> new Operation.PutIfAbsent(key(), draft());
      case 3 -> new Operation.Delete(key(), condition());
      case 4 -> new Operation.Expect(key(), condition());
      case 5 -> new Operation.PutRecord(recordKey(), value(), recordCondition());
      case 6 -> new Operation.DeleteRecord(recordKey(), recordCondition());
      default -> new Operation.ExpectRecord(recordKey(), recordCondition());
    };
  }

  private ObjectKey key() {
    String namespace = List.of("", "a", "b-ü").get(random.nextInt(3));
    return new ObjectKey(RESOURCES.get(random.nextInt(2)), namespace, "n" + random.nextInt(4));
  }

  private Draft draft() {
    return SampleDocuments.draft("u" + random.nextInt(2), random.nextInt(2), text());
  }

  private String text() {
    return "é".repeat(random.nextInt(30)) + random.nextInt();
  }

  private byte[] value() {
    return text().getBytes(UTF_8);
  }

  private RecordKey recordKey() {
    return new RecordKey(random.nextBoolean() ? "replica" : "lease", "r" + random.nextInt(4));
  }

  private Condition condition() {
    return switch (random.nextInt(12)) {
      case 0 -> Condition.ABSENT;
      case 1 -> Condition.PRESENT;
      case 2 -> Condition.at(new Revision(random.nextLong(revisions)));
      case 3 -> new Condition.AtGeneration("u" + random.nextInt(2), random.nextInt(2));
      case 4 -> new Condition.WithUid("u" + random.nextInt(2));
      default -> Condition.ANY;
    };
  }

  private RecordCondition recordCondition() {
    return switch (random.nextInt(6)) {
      case 0 -> RecordCondition.ABSENT;
      case 1 -> RecordCondition.at(random.nextInt(4));
      default -> RecordCondition.ANY;
    };
  }
}
