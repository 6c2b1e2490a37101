package io.ordinal.controller.event;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * News on its way into the store: a bounded queue that {@link EventWriter} empties. Thread safe;
 * what does not fit is dropped and counted.
 */
public final class StoreEvents implements Events {
  private final BlockingQueue<EventNote> waiting;
  private final LongAdder dropped = new LongAdder();

  public StoreEvents(EventSettings settings) {
    waiting = new ArrayBlockingQueue<>(settings.queue());
  }

  @Override
  public void record(EventNote note) {
    if (!waiting.offer(note)) dropped.increment();
  }

  /** How much news was dropped: the queue was full, an object had too much, the store refused. */
  public long dropped() {
    return dropped.sum();
  }

  List<EventNote> take(int most) {
    List<EventNote> taken = new ArrayList<>();
    waiting.drainTo(taken, most);
    return taken;
  }

  void drop(int notes) {
    dropped.add(notes);
  }
}
