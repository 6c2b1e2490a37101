package io.ordinal.agent.lifecycle;

import io.ordinal.protocol.agent.LifeStatus.ContainerState.Terminated;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * How a run ended, with every process of it.
 *
 * @param code as a shell counts; empty when it could not be learnt
 * @param byDeadline the launcher ended it because the lease had run out
 * @param beforeBoot the machine was started anew since
 * @param told somebody stopped what runs on this machine: no end of its own, whatever its code
 */
public record Exit(
    OptionalInt code,
    Instant startedAt,
    Instant finishedAt,
    boolean byDeadline,
    boolean beforeBoot,
    boolean told) {
  private static final int UNKNOWN_CODE = 255;
  private static final int SIGNAL_BASE = 128;
  private static final int HIGHEST_SIGNAL = 64;
  private static final int SIGTERM = 15;

  boolean succeeded() {
    return code.isPresent() && code.getAsInt() == 0 && !told;
  }

  /** Nobody saw its end, or it was told to end, or may have been since the machine went off. */
  boolean withMachine() {
    return code.isEmpty() || told || beforeBoot;
  }

  Duration ran() {
    return Duration.between(startedAt, finishedAt);
  }

  Terminated asTerminated() {
    if (code.isEmpty()) {
      return new Terminated(
          UNKNOWN_CODE,
          0,
          "ContainerStatusUnknown",
          "The exit code of the process could not be learnt",
          startedAt,
          finishedAt);
    }
    boolean cutShort = told && code.getAsInt() == 0; // Nobody may take that for finished work.
    int value = cutShort ? SIGNAL_BASE + SIGTERM : code.getAsInt();
    boolean signalled = value > SIGNAL_BASE && value <= SIGNAL_BASE + HIGHEST_SIGNAL;
    return new Terminated(
        value,
        signalled ? value - SIGNAL_BASE : 0,
        value == 0 ? "Completed" : "Error",
        message(),
        startedAt,
        finishedAt);
  }

  private String message() {
    if (byDeadline) return "The node's lease ran out";
    return told ? "Told to end with everything on its machine" : "";
  }
}
