package io.ordinal.member;

import java.time.Duration;
import java.util.List;

/** What goes on running when the member is gone. */
public final class LeftWorkloads {
  private LeftWorkloads() {}

  public static List<String> stop(MemberSettings settings, Duration grace) {
    return List.of();
  }
}
