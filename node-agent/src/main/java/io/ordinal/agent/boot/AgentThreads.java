package io.ordinal.agent.boot;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The threads of an agent that may block.
 *
 * @param blocking write files of this machine
 * @param waiting wait for storage that may be away, and for hooks
 * @param deadlines move the launchers' deadline, behind nothing else
 * @param streams carry the bytes of streams to clients
 */
record AgentThreads(
    ExecutorService blocking,
    ExecutorService waiting,
    ExecutorService deadlines,
    ExecutorService streams) {

  /**
   * @param writers how many write files of this machine at once
   */
  static AgentThreads begin(int writers) {
    return new AgentThreads(
        Executors.newFixedThreadPool(writers, named("agent-blocking")),
        // As many as there are volumes that somebody waits for.
        Executors.newCachedThreadPool(named("agent-volume")),
        Executors.newFixedThreadPool(1, named("agent-deadline")),
        Executors.newCachedThreadPool(named("agent-stream")));
  }

  private static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Interrupts what waits: hooks are killed, and their marks say so; a volume that is being taken
   * is not mounted. What writes to this machine's own disks is begun no more, and finishes.
   */
  void stop() {
    waiting.shutdownNow();
    streams.shutdownNow();
    blocking.shutdown();
    deadlines.shutdown();
  }

  /** Once nothing of it runs any more: never, if storage that it waits for does not come back. */
  void awaitEnd() throws InterruptedException {
    for (ExecutorService each : new ExecutorService[] {blocking, deadlines, waiting}) {
      while (!each.awaitTermination(1, TimeUnit.DAYS)) {
        // It is for the caller to give up.
      }
    }
  }
}
