package io.ordinal.controller.store.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** How far this member has applied the log; lets those wait who need a certain entry. */
final class AppliedIndex {
  private final NavigableMap<Long, CompletableFuture<Void>> waiting = new TreeMap<>();
  private long reached = -1;

  /** Completes when the entry is applied here. */
  CompletableFuture<Void> await(long index) {
    synchronized (this) {
      if (index > reached) return waiting.computeIfAbsent(index, any -> new CompletableFuture<>());
    }
    return CompletableFuture.completedFuture(null);
  }

  void reached(long index) {
    List<CompletableFuture<Void>> ready;
    synchronized (this) {
      reached = Math.max(reached, index);
      NavigableMap<Long, CompletableFuture<Void>> passed = waiting.headMap(reached, true);
      if (passed.isEmpty()) return;
      ready = new ArrayList<>(passed.values());
      passed.clear();
    }
    ready.forEach(each -> each.complete(null));
  }
}
