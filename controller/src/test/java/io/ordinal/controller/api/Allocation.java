package io.ordinal.controller.api;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What work on this thread costs: the same on every machine, however busy it is. */
public final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /** Bytes that it allocates, dead or alive. */
  public static long bytes(Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
