package io.ordinal.cli.drill;

import io.ordinal.controller.document.drill.DrillPhase;
import io.ordinal.controller.document.drill.DrillStatus;
import io.ordinal.controller.document.drill.DrillStatus.Moment;
import io.ordinal.controller.document.drill.DrillStatus.ReplicaStatus;
import io.ordinal.controller.document.drill.DrillStatus.Times;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Follows a drill until its verdict: a table that is redrawn in place on a terminal, otherwise a
 * line for everything that happens. The controller that answers may be the one that is drilled, so
 * failing to reach it is part of the matter.
 */
public final class DrillFollow {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final String ROW = "%-28s %-10s %9s %9s %9s %9s %s";

  private final DrillClient client;
  private final PrintWriter out;
  private final boolean terminal;
  private int drawn;
  private int told;
  private String last = "";

  public DrillFollow(DrillClient client, PrintWriter out, boolean terminal) {
    this.client = client;
    this.out = out;
    this.terminal = terminal;
  }

  /** The drill once it is done; nothing when it was deleted meanwhile. */
  public Optional<DrillClient.Seen> untilDone(String name) throws InterruptedException {
    while (true) {
      try {
        Optional<DrillClient.Seen> drill = client.get(name);
        if (drill.isEmpty()) return drill;
        show(drill.get().status());
        if (drill.get().status().phase() == DrillPhase.DONE) return drill;
      } catch (IOException unreachable) {
        say("the API does not answer here: " + unreachable.getMessage());
      }
      Thread.sleep(LOOK_EVERY.toMillis());
    }
  }

  private void show(DrillStatus status) {
    if (terminal) redraw(status);
    else tell(status);
    out.flush();
  }

  private void redraw(DrillStatus status) {
    List<String> lines = new ArrayList<>();
    lines.add(phase(status) + "  " + text(status.message()));
    if (status.replicas() != null) {
      lines.add(
          ROW.formatted("REPLICA", "FORECAST", "DETECTED", "FENCED", "PLACED", "READY", "NODE"));
      status.replicas().forEach(each -> lines.add(row(each)));
    }
    if (drawn > 0) out.print("\u001b[" + drawn + "A");
    lines.forEach(line -> out.print("\r\u001b[2K" + line + "\n"));
    drawn = Math.max(drawn, lines.size());
  }

  private void tell(DrillStatus status) {
    say(phase(status) + ": " + text(status.message()));
    List<Moment> moments = status.timeline() == null ? List.of() : status.timeline();
    for (; told < moments.size(); told++) {
      Moment moment = moments.get(told);
      out.println("  " + VerdictTable.seconds(moment.at()) + "  " + moment.what());
    }
  }

  private void say(String line) {
    if (line.equals(last)) return;
    last = line;
    if (!terminal) out.println(line);
    out.flush();
  }

  private static String phase(DrillStatus status) {
    return status.phase() == null ? "Pending" : status.phase().word();
  }

  private static String row(ReplicaStatus replica) {
    Times times = replica.times() == null ? Times.NONE : replica.times();
    var life = replica.after() == null ? replica.before() : replica.after();
    return ROW.formatted(
        replica.name(),
        replica.forecast(),
        VerdictTable.seconds(times.detected()),
        VerdictTable.seconds(times.fenced()),
        VerdictTable.seconds(times.placed()),
        VerdictTable.seconds(times.ready()),
        life == null ? "-" : text(life.node()));
  }

  private static String text(String text) {
    return text == null ? "" : text;
  }
}
