package io.ordinal.member;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What a class logs, from here on until this is closed. */
final class Lines implements AutoCloseable {
  private final Logger logger;
  private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

  private Lines(Logger logger) {
    this.logger = logger;
    heard.start();
    logger.addAppender(heard);
  }

  static Lines of(Class<?> author) {
    return new Lines((Logger) LoggerFactory.getLogger(author));
  }

  /** Of exactly this level, in their order. */
  List<String> told(Level level) {
    return heard.list.stream()
        .filter(each -> each.getLevel().equals(level))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(heard);
  }
}
