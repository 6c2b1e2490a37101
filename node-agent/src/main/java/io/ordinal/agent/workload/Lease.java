package io.ordinal.agent.workload;

/** The node's right to run fenced lives. May be asked from any thread. */
public interface Lease {
  /** Whether fenced lives may run now. */
  boolean holds();
}
