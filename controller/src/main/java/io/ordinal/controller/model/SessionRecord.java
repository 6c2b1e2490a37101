package io.ordinal.controller.model;

import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.protocol.id.Session;

/**
 * A session as the log keeps it: ready -> fenced | closed. Only these moves exist; what is over
 * stays over.
 *
 * @param address where the node is reached
 * @param agent serialized reference of the agent's actor
 */
public record SessionRecord(Session session, Standing standing, String address, String agent) {
  public static SessionRecord opened(Session session, String address, String agent) {
    return new SessionRecord(session, Standing.READY, address, agent);
  }

  /** The same stay, reached elsewhere: the agent was restarted or the machine got a new address. */
  public SessionRecord reachedAt(String newAddress, String newAgent) {
    return new SessionRecord(goingOn(), standing, newAddress, newAgent);
  }

  public SessionRecord fenced() {
    return new SessionRecord(goingOn(), Standing.FENCED, address, agent);
  }

  public SessionRecord closed() {
    return new SessionRecord(goingOn(), Standing.CLOSED, address, agent);
  }

  private Session goingOn() {
    if (standing.over()) throw new IllegalStateException("session " + session + " is " + standing);
    return session;
  }
}
