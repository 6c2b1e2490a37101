package io.ordinal.controller.store;

/** One step of a transaction. */
public sealed interface Operation {
  <R> R match(Cases<R> cases);

  /** Creates or replaces; takes one revision. */
  record Put(ObjectKey key, Draft draft, Condition condition) implements Operation {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.put(this);
    }
  }

  /**
   * Creates unless an object of that name exists, which is no refusal; takes one revision if it
   * creates.
   */
  record PutIfAbsent(ObjectKey key, Draft draft) implements Operation {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.putIfAbsent(this);
    }
  }

  /**
   * Removes; takes one revision, which stands in the last document that watchers see. Removing what
   * is not there is no refusal (unless the condition says so) and takes no revision.
   */
  record Delete(ObjectKey key, Condition condition) implements Operation {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.delete(this);
    }
  }

  /** Changes nothing; refuses the transaction unless the condition holds. */
  record Expect(ObjectKey key, Condition condition) implements Operation {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.expect(this);
    }
  }

  record PutRecord(RecordKey key, byte[] value, RecordCondition condition) implements Operation {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.putRecord(this);
    }
  }

  record DeleteRecord(RecordKey key, RecordCondition condition) implements Operation {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.deleteRecord(this);
    }
  }

  record ExpectRecord(RecordKey key, RecordCondition condition) implements Operation {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.expectRecord(this);
    }
  }

  interface Cases<R> {
    R put(Put put);

    R putIfAbsent(PutIfAbsent putIfAbsent);

    R delete(Delete delete);

    R expect(Expect expect);

    R putRecord(PutRecord putRecord);

    R deleteRecord(DeleteRecord deleteRecord);

    R expectRecord(ExpectRecord expectRecord);
  }
}
