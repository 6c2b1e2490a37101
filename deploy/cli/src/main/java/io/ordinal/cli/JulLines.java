package io.ordinal.cli;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Leads what libraries tell the JDK's own log, which is standard error, to the member's log. */
final class JulLines extends Handler {
  private final SimpleFormatter words = new SimpleFormatter();

  /** For the whole JVM, so for a process that is a member and nothing else. */
  static void lead() {
    LogManager.getLogManager().reset();
    LogManager.getLogManager().getLogger("").addHandler(new JulLines());
  }

  @Override
  public void publish(LogRecord line) {
    String logger = line.getLoggerName() == null ? "" : line.getLoggerName();
    LoggingEventBuilder told = LoggerFactory.getLogger(logger).atLevel(level(line.getLevel()));
    told.setCause(line.getThrown()).log(words.formatMessage(line));
  }

  private static org.slf4j.event.Level level(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) return org.slf4j.event.Level.ERROR;
    if (level.intValue() >= Level.WARNING.intValue()) return org.slf4j.event.Level.WARN;
    if (level.intValue() >= Level.INFO.intValue()) return org.slf4j.event.Level.INFO;
    return org.slf4j.event.Level.DEBUG;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
