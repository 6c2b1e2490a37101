package io.ordinal.agent.lifecycle;

/** A container's lifecycle hook. */
public enum Hook {
  POST_START,
  PRE_STOP
}
