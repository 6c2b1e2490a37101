package io.ordinal.agent.state;

import io.ordinal.protocol.id.Session;

/**
 * The session that this node last had.
 *
 * @param lapsed its fenced lives had to end; it is never renewed again
 */
public record HeldSession(Session session, boolean lapsed) {
  /** Held, and renewed. */
  public static HeldSession renewed(Session session) {
    return new HeldSession(session, false);
  }

  /** Over by this node's clock, or by the controllers' word. */
  public HeldSession over() {
    return new HeldSession(session, true);
  }
}
