package io.ordinal.controller.api.call;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The moment when a client hangs up, for those who answer it. Over one connection any number of
 * requests are answered one after another: whoever wishes to learn of its end takes the wish back
 * when the own answer has ended, and nothing is left of it. Thread safe.
 */
public final class HangUp {
  /** To learn that the client has hung up. */
  public final class Wish implements AutoCloseable {
    private final Runnable what;

    private Wish(Runnable what) {
      this.what = what;
    }

    /** Takes it back. It may be being fulfilled just now; done again, this does nothing. */
    @Override
    public void close() {
      forget(this);
    }

    private void fulfil() {
      try {
        what.run();
      } catch (RuntimeException failed) { // The others are to learn of it nevertheless.
        LOG.error("what a client had asked for could not be ended", failed);
      }
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);

  private final Set<Wish> wishes = new HashSet<>();
  private boolean happened;

  /**
   * @param what is run once, by any thread, when the client hangs up; now, if it has
   */
  public Wish then(Runnable what) {
    Wish wish = new Wish(what);
    if (!remember(wish)) wish.fulfil();
    return wish;
  }

  private synchronized boolean remember(Wish wish) {
    return !happened && wishes.add(wish);
  }

  private synchronized void forget(Wish wish) {
    wishes.remove(wish);
  }

  /** The client has hung up; more than once is as good as once. */
  public void happen() {
    all().forEach(Wish::fulfil);
  }

  private synchronized List<Wish> all() {
    happened = true;
    List<Wish> all = List.copyOf(wishes);
    wishes.clear();
    return all;
  }

  public synchronized boolean hasHappened() {
    return happened;
  }

  /** How many wishes there are. */
  public synchronized int wishes() {
    return wishes.size();
  }
}
