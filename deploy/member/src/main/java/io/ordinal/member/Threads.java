package io.ordinal.member;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads of a member for what blocks. They never keep a JVM alive. */
final class Threads {
  private Threads() {}

  /** As many as there are things to wait for; they go when they have nothing to do. */
  static ExecutorService few(String name) {
    return Executors.newCachedThreadPool(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }
}
