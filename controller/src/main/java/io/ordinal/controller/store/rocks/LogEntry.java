package io.ordinal.controller.store.rocks;

import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.Revision;
import java.util.List;

/** What one entry of the replicated log asks of the state. */
public sealed interface LogEntry {
  <R> R match(Cases<R> cases);

  /** Transactions that waited together; each has its own outcome and sees those before it. */
  record Batch(List<Transaction> transactions) implements LogEntry {
    public Batch {
      transactions = List.copyOf(transactions);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.batch(this);
    }
  }

  /** Forgets the changes up to a revision, on every member alike. */
  record PurgeFeed(Revision upTo) implements LogEntry {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.purgeFeed(this);
    }
  }

  interface Cases<R> {
    R batch(Batch batch);

    R purgeFeed(PurgeFeed purge);
  }
}
