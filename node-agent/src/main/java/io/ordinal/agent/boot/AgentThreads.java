package io.ordinal.agent.boot;

import java.time.Duration;
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
 */
record AgentThreads(ExecutorService blocking, ExecutorService waiting, ExecutorService deadlines) {

  /**
   * @param writers how many write files of this machine at once
   */
  static AgentThreads begin(int writers) {
    return new AgentThreads(
        Executors.newFixedThreadPool(writers, named("agent-blocking")),
        // As many as there are volumes that somebody waits for.
        Executors.newCachedThreadPool(named("agent-volume")),
        Executors.newFixedThreadPool(1, named("agent-deadline")));
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
   * is not mounted. What writes to this machine's own disks is begun no more, and finishes: the
   * next agent must not find it half done, nor see it change.
   *
   * @param most how long each may take; storage that is away is waited for no longer
   */
  void end(Duration most) {
    waiting.shutdownNow();
    blocking.shutdown();
    deadlines.shutdown();
    boolean interrupted = Thread.interrupted();
    try {
      for (ExecutorService each : new ExecutorService[] {blocking, deadlines, waiting}) {
        each.awaitTermination(most.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException hurried) {
      interrupted = true;
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }
}
