package io.ordinal.controller.store.raft.wire;

import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Draft;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;

/** Writes operations and their conditions. */
final class OperationEncoder implements Operation.Cases<Encoder> {
  private static final int MOST_CHARACTERS = 2048;

  private final Encoder out;

  OperationEncoder(Encoder out) {
    this.out = out;
  }

  @Override
  public Encoder put(Operation.Put put) {
    key(Tags.PUT, put.key());
    draft(put.draft());
    return condition(put.condition());
  }

  @Override
  public Encoder putIfAbsent(Operation.PutIfAbsent put) {
    key(Tags.PUT_IF_ABSENT, put.key());
    return draft(put.draft());
  }

  @Override
  public Encoder delete(Operation.Delete delete) {
    key(Tags.DELETE, delete.key());
    return condition(delete.condition());
  }

  @Override
  public Encoder expect(Operation.Expect expect) {
    key(Tags.EXPECT, expect.key());
    return condition(expect.condition());
  }

  @Override
  public Encoder putRecord(Operation.PutRecord put) {
    key(Tags.PUT_RECORD, put.key());
    out.bytes(put.value());
    return condition(put.condition());
  }

  @Override
  public Encoder deleteRecord(Operation.DeleteRecord delete) {
    key(Tags.DELETE_RECORD, delete.key());
    return condition(delete.condition());
  }

  @Override
  public Encoder expectRecord(Operation.ExpectRecord expect) {
    key(Tags.EXPECT_RECORD, expect.key());
    return condition(expect.condition());
  }

  private Encoder key(int tag, ObjectKey key) {
    return out.tag(tag)
        .text(checked(key.resource().value()))
        .text(checked(key.namespace()))
        .text(checked(key.name()));
  }

  private Encoder key(int tag, RecordKey key) {
    return out.tag(tag).text(checked(key.family())).text(checked(key.id()));
  }

  /** What is refused here never has to be refused where it would stop every member: at applying. */
  private static String checked(String part) {
    if (part.indexOf('\0') >= 0)
      throw new IllegalArgumentException("a key must not contain a zero character");
    if (part.length() > MOST_CHARACTERS)
      throw new IllegalArgumentException(
          "a part of a key has " + part.length() + " characters, more than " + MOST_CHARACTERS);
    return part;
  }

  private Encoder draft(Draft draft) {
    return out.bytes(draft.bytes())
        .number(draft.hole())
        .text(checked(draft.uid()))
        .number(draft.generation());
  }

  private Encoder condition(Condition condition) {
    return condition.match(
        new Condition.Cases<>() {
          @Override
          public Encoder any(Condition.Any any) {
            return out.tag(Tags.ANY);
          }

          @Override
          public Encoder absent(Condition.Absent absent) {
            return out.tag(Tags.ABSENT);
          }

          @Override
          public Encoder present(Condition.Present present) {
            return out.tag(Tags.PRESENT);
          }

          @Override
          public Encoder atRevision(Condition.AtRevision at) {
            return out.tag(Tags.AT_REVISION).number(at.revision().value());
          }

          @Override
          public Encoder atGeneration(Condition.AtGeneration at) {
            return out.tag(Tags.AT_GENERATION).text(at.uid()).number(at.generation());
          }

          @Override
          public Encoder withUid(Condition.WithUid with) {
            return out.tag(Tags.WITH_UID).text(with.uid());
          }
        });
  }

  private Encoder condition(RecordCondition condition) {
    return condition.match(
        new RecordCondition.Cases<>() {
          @Override
          public Encoder any(RecordCondition.Any any) {
            return out.tag(Tags.ANY);
          }

          @Override
          public Encoder absent(RecordCondition.Absent absent) {
            return out.tag(Tags.ABSENT);
          }

          @Override
          public Encoder atVersion(RecordCondition.AtVersion at) {
            return out.tag(Tags.AT_VERSION).number(at.version());
          }
        });
  }
}
