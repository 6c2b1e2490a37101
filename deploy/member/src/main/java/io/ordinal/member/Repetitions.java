package io.ordinal.member;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.slf4j.Marker;
import org.slf4j.helpers.FormattingTuple;
import org.slf4j.helpers.MessageFormatter;

/**
 * Holds back what a library's loggers say again and again, such as one line for each attempt to
 * reach a member that is away. Of each line the first ones of a while are kept, and how many were
 * not is told once the while is over, whether it is said again or not. Lines are the same when they
 * differ in numbers only: what is said of another member, or of another trouble, always passes, and
 * so do errors. Made by logback.xml.
 */
public final class Repetitions extends TurboFilter {
  /** Identities and Pekko's addresses of members are kept, since they say of whom a line is. */
  private static final Pattern NUMBERS =
      Pattern.compile(
          "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|pekko://[^@ ]+@[^] ]+:[0-9]+)|[0-9]+");

  /** Of lines that differ in more than numbers no more are remembered; the others pass. */
  private static final int MOST_KINDS = 1000;

  private final LongSupplier nanos;
  private final Map<Kind, While> present = new ConcurrentHashMap<>();
  private ScheduledFuture<?> looks;
  private String prefix = "";
  private int most = 1;
  private int seconds = 1;

  /** For logback, which sets the rest. */
  public Repetitions() {
    this(System::nanoTime);
  }

  Repetitions(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** What the names of these loggers begin with. */
  public void setPrefix(String prefix) {
    this.prefix = prefix;
  }

  /** How many times the same line passes in a while. */
  public void setMost(int most) {
    this.most = most;
  }

  /** How long a while is. */
  public void setSeconds(int seconds) {
    this.seconds = seconds;
  }

  /** Lines that are taken for the same. */
  private record Kind(String logger, Level level, String words) {}

  /**
   * @param said how often, since it began
   * @param last what was said last
   */
  private record While(long began, int said, String last) {}

  @Override
  public void start() {
    super.start();
    looks =
        getContext()
            .getScheduledExecutorService()
            .scheduleWithFixedDelay(this::look, seconds, seconds, TimeUnit.SECONDS);
  }

  @Override
  public void stop() {
    if (looks != null) looks.cancel(false);
    super.stop();
  }

  @Override
  public FilterReply decide(
      Marker marker,
      Logger logger,
      Level level,
      String format,
      Object[] parameters,
      Throwable thrown) {
    boolean ours = level == Level.WARN || level == Level.INFO;
    if (!ours || format == null || !logger.getName().startsWith(prefix)) return FilterReply.NEUTRAL;
    if (level.levelInt < logger.getEffectiveLevel().levelInt) return FilterReply.NEUTRAL;
    String line = line(format, parameters, thrown);
    Kind kind = new Kind(logger.getName(), level, NUMBERS.matcher(line).replaceAll("$1"));
    if (present.size() >= MOST_KINDS && !present.containsKey(kind)) return FilterReply.NEUTRAL;
    return said(kind, line) > most ? FilterReply.DENY : FilterReply.NEUTRAL;
  }

  private static String line(String format, Object[] parameters, Throwable thrown) {
    FormattingTuple told = MessageFormatter.arrayFormat(format, parameters);
    Throwable cause = thrown == null ? told.getThrowable() : thrown;
    return cause == null ? told.getMessage() : told.getMessage() + ": " + cause;
  }

  /** How often it was said in this while. */
  private int said(Kind kind, String line) {
    long now = nanos.getAsLong();
    While[] former = new While[1];
    While next =
        present.compute(
            kind,
            (key, known) -> {
              former[0] = known == null || !over(known, now) ? null : known;
              int before = known == null || former[0] != null ? 0 : known.said();
              return new While(before == 0 ? now : known.began(), before + 1, line);
            });
    if (former[0] != null) tell(kind, former[0]);
    return next.said();
  }

  private boolean over(While known, long now) {
    return now - known.began() >= TimeUnit.SECONDS.toNanos(seconds);
  }

  /** Tells of each while that is over. */
  void look() {
    long now = nanos.getAsLong();
    for (Map.Entry<Kind, While> each : List.copyOf(present.entrySet())) {
      boolean ours = over(each.getValue(), now) && present.remove(each.getKey(), each.getValue());
      if (ours) tell(each.getKey(), each.getValue());
    }
  }

  private void tell(Kind kind, While over) {
    if (over.said() <= most) return;
    ((LoggerContext) getContext())
        .getLogger(Repetitions.class)
        .info(
            "{} more such lines of {} were left out, the last: {}",
            over.said() - most,
            kind.logger(),
            over.last());
  }
}
