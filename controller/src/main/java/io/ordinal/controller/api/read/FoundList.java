package io.ordinal.controller.api.read;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Source;

/**
 * A list as of one moment, with what it takes to send it. Whoever found it closes it, answers it,
 * or runs its documents for the last time. Thread safe.
 */
public abstract class FoundList implements AutoCloseable {
  private final ListHead head;
  private final List<String> warnings;
  private final Holding holding;
  private final AtomicBoolean sending = new AtomicBoolean();

  /**
   * @param holding ends when this is closed
   */
  FoundList(ListHead head, List<String> warnings, Holding holding) {
    this.head = head;
    this.warnings = warnings;
    this.holding = holding;
  }

  /** What stands above it. */
  public final ListHead head() {
    return head;
  }

  /** About how it was read. */
  public final List<String> warnings() {
    return warnings;
  }

  /** Its documents in their order; may be run several times until it is closed. */
  public abstract Source<byte[], NotUsed> documents();

  /** An answer with all of them. */
  abstract HttpResponse answer(ListForm form);

  /** Its documents, after which it is closed. */
  public final Source<byte[], NotUsed> lastDocuments() {
    return closing(documents());
  }

  /** The same, and this is closed when that ends or is broken off. */
  final <T> Source<T, NotUsed> closing(Source<T, NotUsed> source) {
    return source.watchTermination(
        (nothing, over) -> {
          sending.set(true);
          over.whenComplete((done, failure) -> close());
          return nothing;
        });
  }

  /** For when its client has gone, maybe before the last of it began to be sent. */
  public final void closeUnlessSending() {
    if (!sending.get()) close();
  }

  /** Again does nothing. */
  @Override
  public final void close() {
    holding.end();
  }

  final Holding holding() {
    return holding;
  }
}
