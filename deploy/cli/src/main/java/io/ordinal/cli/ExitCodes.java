package io.ordinal.cli;

import io.ordinal.member.NoWayBack;
import picocli.CommandLine.ExitCode;

/** What a command that failed ends with. */
final class ExitCodes {
  /**
   * As sysexits.h has it: a person must change something. Named in {@code ordinal.service}, so that
   * systemd starts the member no more.
   */
  static final int NO_WAY_BACK = 78;

  /** What was asked for is done, but by force: the member did not end in its time. */
  static final int KILLED = 5;

  private ExitCodes() {}

  static int of(Throwable failure) {
    return NoWayBack.in(failure) ? NO_WAY_BACK : ExitCode.SOFTWARE;
  }
}
