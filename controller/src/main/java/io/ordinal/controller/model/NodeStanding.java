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

  /** ready <-> resting; both -> closed | off; ready -> fenced; fenced and closed -> off. */
  public enum Standing {
    /** The session goes on, as far as the log knows. */
    READY,
    /**
     * Its agent stopped by plan: all its lives are kept, its lease does not count, and nothing new
     * is placed there.
     */
    RESTING,
    /** Its lease ran out: fenced lives of it run nowhere. Nobody may renew it any more. */
    FENCED,
    /** Its own state directory ended it and vouched for its fenced lives. */
    CLOSED,
    /** An operator's word that the machine is off: no life of it runs, kept ones neither. Final. */
    OFF;

    /** Whether the session has ended, so that its fenced lives are proven to have ended. */
    public boolean over() {
      return switch (this) {
        case READY, RESTING -> false;
        case FENCED, CLOSED, OFF -> true;
      };
    }

    /** Whether a life of such a session is proven to have ended. */
    public boolean frees(boolean fenced) {
      return switch (this) {
        case READY, RESTING -> false;
        case FENCED, CLOSED -> fenced;
        case OFF -> true;
      };
    }

    /** Whether lives may begin there. */
    public boolean takesLives() {
      return switch (this) {
        case READY -> true;
        case RESTING, FENCED, CLOSED, OFF -> false;
      };
    }
  }
}
