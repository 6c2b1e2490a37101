package io.ordinal.agent.workload;

import io.ordinal.agent.lifecycle.LifeAction;
import io.ordinal.agent.lifecycle.LifeMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps starts back until their intention is on disk. At most one write is under way; what comes
 * meanwhile is in the next one. For one thread.
 */
final class Ledger {
  private final List<LifeAction.Start> intended = new ArrayList<>();
  private final List<LifeAction.Start> beingWritten = new ArrayList<>();
  private Optional<LifeMemory> written = Optional.empty();
  private boolean writing;

  void intend(LifeAction.Start start) {
    intended.add(start);
  }

  /**
   * Begins a write, unless one is under way or nothing is new.
   *
   * @return whether it is to be written now; then {@link #done()} or {@link #failed()} follows
   */
  boolean begin(LifeMemory memory) {
    boolean nothingNew = written.equals(Optional.of(memory)) && intended.isEmpty();
    if (writing || nothingNew) return false;
    writing = true;
    written = Optional.of(memory);
    beingWritten.addAll(intended);
    intended.clear();
    return true;
  }

  /**
   * @return what may begin now
   */
  List<LifeAction.Start> done() {
    writing = false;
    List<LifeAction.Start> starts = List.copyOf(beingWritten);
    beingWritten.clear();
    return starts;
  }

  /** It is not known what is on disk: the next write has the same starts. */
  void failed() {
    writing = false;
    written = Optional.empty();
  }
}
