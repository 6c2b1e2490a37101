package io.ordinal.controller.store.raft;

import java.util.concurrent.ForkJoinPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The JDK's pool, on which Ratis runs a stage for every append. */
final class CommonPool {
  private static final Logger LOG = LoggerFactory.getLogger(CommonPool.class);
  private static final String PARALLELISM = "java.util.concurrent.ForkJoinPool.common.parallelism";

  private CommonPool() {}

  /**
   * On two or fewer processors the JDK runs asynchronous stages on a new thread each, unless the
   * pool is made larger before its first use.
   */
  static void prepare() {
    if (Runtime.getRuntime().availableProcessors() > 2) return;
    if (System.getProperty(PARALLELISM) == null) System.setProperty(PARALLELISM, "4");
    if (ForkJoinPool.getCommonPoolParallelism() < 2)
      LOG.warn("the store will be several times slower than with -D{}=4", PARALLELISM);
  }
}
