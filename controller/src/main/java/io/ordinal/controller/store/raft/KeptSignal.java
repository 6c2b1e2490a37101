package io.ordinal.controller.store.raft;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.apache.ratis.util.AwaitForSignal;

/**
 * A signal to one thread. Where nobody waits it is kept for the next wait. Where it has nothing to
 * say to the thread that waits it does not wake it: whatever comes to be later has a signal of its
 * own.
 */
final class KeptSignal extends AwaitForSignal {
  private final BooleanSupplier work;
  private final BooleanSupplier news;
  private final long shortMs;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition came = lock.newCondition();
  private boolean signaled;
  private boolean waits;
  private boolean waitsShortly;

  /**
   * @param work whether there is something that cannot wait; asked by the thread that signals
   * @param news whether there is something that can wait, but not for longer than a short wait
   * @param shortMs how long a short wait is at most
   */
  KeptSignal(String name, BooleanSupplier work, BooleanSupplier news, long shortMs) {
    super(name);
    this.work = work;
    this.news = news;
    this.shortMs = shortMs;
  }

  @Override
  public void await() throws InterruptedException {
    await(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
  }

  @Override
  public boolean await(long time, TimeUnit unit) throws InterruptedException {
    long left = unit.toNanos(time);
    lock.lockInterruptibly();
    try {
      waits = true;
      waitsShortly = unit.toMillis(time) <= shortMs;
      while (!signaled && left > 0) left = came.awaitNanos(left);
      boolean found = signaled;
      signaled = false;
      return found;
    } finally {
      waits = false;
      lock.unlock();
    }
  }

  @Override
  public void signal() {
    // Asked before the lock is taken: what is asked has locks of its own.
    boolean hasWork = says(work);
    boolean hasNews = !hasWork && says(news);
    lock.lock();
    try {
      boolean inVain = !hasWork && (waitsShortly || !hasNews);
      if (waits && inVain) return;
      signaled = true;
      came.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** One that cannot tell, as at an end, wakes the thread, and keeps no signal from others. */
  private static boolean says(BooleanSupplier question) {
    try {
      return question.getAsBoolean();
    } catch (RuntimeException ending) {
      return true;
    }
  }

  /** Whether a thread waits now. */
  boolean isAwaited() {
    lock.lock();
    try {
      return lock.hasWaiters(came);
    } finally {
      lock.unlock();
    }
  }
}
