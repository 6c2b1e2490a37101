package io.ordinal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class JulLinesTest {
  @Test
  void what_the_jdks_log_is_told_comes_to_the_members_log_only() {
    Logger logger = (Logger) LoggerFactory.getLogger("some.library");
    ListAppender<ILoggingEvent> seen = new ListAppender<>();
    seen.start();
    logger.addAppender(seen);
    PrintStream before = System.err;
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    System.setErr(new PrintStream(console, true));
    try {
      JulLines.lead();
      java.util.logging.Logger.getLogger("some.library").info("Epoll is there: true");
    } finally {
      System.setErr(before);
    }
    assertThat(seen.list)
        .extracting(ILoggingEvent::toString)
        .containsExactly("[INFO] Epoll is there: true");
    assertThat(console.toString()).isEmpty();
  }
}
