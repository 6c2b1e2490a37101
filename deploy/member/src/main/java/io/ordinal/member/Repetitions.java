package io.ordinal.member;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Holds back what a library's loggers say again and again, such as one line for each attempt to
 * reach a member that is away. Of each logger and level the first lines of a while are kept; the
 * first one of the next while tells how many were not. Made by logback.xml; errors always pass.
 */
public final class Repetitions extends TurboFilter {
  private final LongSupplier nanos;
  private final Map<String, While> present = new ConcurrentHashMap<>();
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

  /** How many lines of one logger and level pass in a while. */
  public void setMost(int most) {
    this.most = most;
  }

  /** How long a while is. */
  public void setSeconds(int seconds) {
    this.seconds = seconds;
  }

  /** What was said in a while that began then. */
  private record While(long began, int said) {}

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
    long now = nanos.getAsLong();
    long length = TimeUnit.SECONDS.toNanos(seconds);
    While[] former = new While[1];
    While next =
        present.compute(
            level + logger.getName(),
            (key, known) -> {
              former[0] = known;
              return known == null || now - known.began() >= length
                  ? new While(now, 1)
                  : new While(known.began(), known.said() + 1);
            });
    if (next.said() == 1 && former[0] != null && former[0].said() > most) {
      LoggerFactory.getLogger(Repetitions.class)
          .info("{} more lines of {} were left out", former[0].said() - most, logger.getName());
    }
    return next.said() > most ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}
