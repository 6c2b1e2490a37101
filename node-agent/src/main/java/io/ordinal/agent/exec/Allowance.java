package io.ordinal.agent.exec;

/** How much may be sent on a channel. Raised by one thread, spent by another. */
final class Allowance {
  private long upTo;
  private boolean revoked;
  private boolean waiting;

  synchronized void raise(long total) {
    upTo = Math.max(upTo, total);
    notifyAll();
  }

  /** Whoever waits gets nothing any more. */
  synchronized void revoke() {
    revoked = true;
    notifyAll();
  }

  /** Whether what was sent waits for the other end. */
  synchronized boolean exhausted() {
    return waiting;
  }

  /** Waits until more than so much may be sent in all; 0 when nothing ever will. */
  synchronized long beyond(long sent) throws InterruptedException {
    waiting = true;
    while (!revoked && upTo <= sent) wait();
    waiting = false;
    return revoked ? 0 : upTo - sent;
  }
}
