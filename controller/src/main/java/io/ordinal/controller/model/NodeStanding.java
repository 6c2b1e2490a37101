package io.ordinal.controller.model;

import io.ordinal.protocol.id.Session;
import java.util.Map;

/**
 * A session as the log has it.
 *
 * @param recordVersion version of the session's record: a precondition for everything decided on
 *     this standing
 * @param address where the node is reached
 * @param schedulable false when cordoned
 */
public record NodeStanding(
    Session session,
    Standing standing,
    long recordVersion,
    String address,
    boolean schedulable,
    Map<String, String> labels) {

  /** ready -> fenced | closed. */
  public enum Standing {
    /** The session goes on, as far as the log knows. */
    READY,
    /**
     * Its lease ran out, or an operator said that the machine is off: fenced lives of it run
     * nowhere. Final.
     */
    FENCED,
    /** Its own state directory ended it and vouched for its fenced lives. Final. */
    CLOSED;

    /** Whether fenced lives of such a session are proven to have ended. */
    public boolean over() {
      return switch (this) {
        case READY -> false;
        case FENCED, CLOSED -> true;
      };
    }
  }
}
