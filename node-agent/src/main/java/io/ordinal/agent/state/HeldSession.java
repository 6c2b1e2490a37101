package io.ordinal.agent.state;

import io.ordinal.protocol.id.Session;

/**
 * The session that this node last had.
 *
 * @param lapsed its fenced lives had to end; it is never renewed again
 * @param resting a planned stop: the controllers do not fence it, so its deadline may be lifted
 */
public record HeldSession(Session session, boolean lapsed, boolean resting) {
  /** Held, and renewed. */
  public static HeldSession renewed(Session session) {
    return new HeldSession(session, false, false);
  }

  /** Over by this node's clock, or by the controllers' word. */
  public HeldSession over() {
    return new HeldSession(session, true, false);
  }
}
