package io.ordinal.controller.store.rocks;

import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.Revision;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides whether the conditions of a transaction hold. Reads through the functions it is given.
 */
final class Judge implements Operation.Cases<Optional<Judge.Objection>> {
  record Objection(String found, Revision revision) {}

  private final Function<ObjectKey, Optional<ObjectRow>> objects;
  private final Function<RecordKey, RecordRow> records;

  Judge(Function<ObjectKey, Optional<ObjectRow>> objects, Function<RecordKey, RecordRow> records) {
    this.objects = objects;
    this.records = records;
  }

  Optional<Outcome.Refused> refusal(Transaction transaction) {
    for (int i = 0; i < transaction.operations().size(); i++) {
      Optional<Objection> objection = transaction.operations().get(i).match(this);
      if (objection.isPresent()) {
        Objection found = objection.get();
        return Optional.of(new Outcome.Refused(i, found.found(), found.revision()));
      }
    }
    return Optional.empty();
  }

  private Optional<Objection> judge(ObjectKey key, Condition condition) {
    if (condition instanceof Condition.Any) return Optional.empty(); // Spares the read.
    Optional<ObjectRow> there = objects.apply(key);
    if (condition.match(new Holds(there))) return Optional.empty();
    return Optional.of(
        there
            .map(row -> new Objection(describe(key, row), row.revision()))
            .orElseGet(() -> new Objection(key + " does not exist", Revision.ZERO)));
  }

  private static String describe(ObjectKey key, ObjectRow row) {
    return key
        + " exists at revision "
        + row.revision()
        + " with uid "
        + row.uid()
        + " and generation "
        + row.generation();
  }

  private Optional<Objection> judge(RecordKey key, RecordCondition condition) {
    if (condition instanceof RecordCondition.Any) return Optional.empty();
    RecordRow there = records.apply(key);
    if (condition.match(new RecordHolds(there))) return Optional.empty();
    String found = key + " is at version " + there.version() + (there.live() ? "" : ", deleted");
    return Optional.of(new Objection(found, Revision.ZERO));
  }

  @Override
  public Optional<Objection> put(Operation.Put put) {
    return judge(put.key(), put.condition());
  }

  @Override
  public Optional<Objection> putIfAbsent(Operation.PutIfAbsent put) {
    return Optional.empty();
  }

  @Override
  public Optional<Objection> delete(Operation.Delete delete) {
    return judge(delete.key(), delete.condition());
  }

  @Override
  public Optional<Objection> expect(Operation.Expect expect) {
    return judge(expect.key(), expect.condition());
  }

  @Override
  public Optional<Objection> putRecord(Operation.PutRecord put) {
    return judge(put.key(), put.condition());
  }

  @Override
  public Optional<Objection> deleteRecord(Operation.DeleteRecord delete) {
    return judge(delete.key(), delete.condition());
  }

  @Override
  public Optional<Objection> expectRecord(Operation.ExpectRecord expect) {
    return judge(expect.key(), expect.condition());
  }

  private record Holds(Optional<ObjectRow> there) implements Condition.Cases<Boolean> {
    @Override
    public Boolean any(Condition.Any any) {
      return true;
    }

    @Override
    public Boolean absent(Condition.Absent absent) {
      return there.isEmpty();
    }

    @Override
    public Boolean present(Condition.Present present) {
      return there.isPresent();
    }

    @Override
    public Boolean atRevision(Condition.AtRevision at) {
      return there.filter(row -> row.revision().equals(at.revision())).isPresent();
    }

    @Override
    public Boolean atGeneration(Condition.AtGeneration at) {
      return there
          .filter(row -> row.uid().equals(at.uid()) && row.generation() == at.generation())
          .isPresent();
    }

    @Override
    public Boolean withUid(Condition.WithUid with) {
      return there.filter(row -> row.uid().equals(with.uid())).isPresent();
    }
  }

  private record RecordHolds(RecordRow there) implements RecordCondition.Cases<Boolean> {
    @Override
    public Boolean any(RecordCondition.Any any) {
      return true;
    }

    @Override
    public Boolean absent(RecordCondition.Absent absent) {
      return !there.live();
    }

    @Override
    public Boolean atVersion(RecordCondition.AtVersion at) {
      return there.version() == at.version();
    }
  }
}
