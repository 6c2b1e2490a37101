package io.ordinal.member;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.FilterReply;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A library that repeats itself, and what is left of it. */
class RepetitionsTest {
  private static final String APPENDER = "org.apache.ratis.grpc.server.GrpcLogAppender";
  private final LoggerContext context = new LoggerContext();
  private final AtomicLong now = new AtomicLong();
  private final Repetitions filter = new Repetitions(now::get);

  @BeforeEach
  void configure() {
    filter.setPrefix("org.apache.ratis");
    filter.setMost(3);
    filter.setSeconds(60);
  }

  private boolean passes(String logger, Level level) {
    Logger told = context.getLogger(logger);
    return filter.decide(null, told, level, "Follower failed {}", null, null) != FilterReply.DENY;
  }

  private long passing(String logger, Level level, int times) {
    long passed = 0;
    for (int i = 0; i < times; i++) if (passes(logger, level)) passed++;
    return passed;
  }

  @Test
  void only_the_first_lines_of_a_while_pass() {
    assertThat(passing(APPENDER, Level.WARN, 1000)).isEqualTo(3);
    now.addAndGet(TimeUnit.SECONDS.toNanos(60));
    assertThat(passing(APPENDER, Level.WARN, 1000)).isEqualTo(3);
  }

  @Test
  void another_logger_has_lines_of_its_own() {
    passing(APPENDER, Level.WARN, 10);
    assertThat(passing("org.apache.ratis.server.RaftServer", Level.WARN, 10)).isEqualTo(3);
  }

  @Test
  void errors_and_our_own_lines_always_pass() {
    assertThat(passing(APPENDER, Level.ERROR, 10)).isEqualTo(10);
    assertThat(passing("io.ordinal.member.Member", Level.WARN, 10)).isEqualTo(10);
  }

  @Test
  void the_members_log_holds_back_what_ratis_repeats() throws Exception {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(Repetitions.class.getResource("/logback.xml"));
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    ListAppender<ILoggingEvent> seen = new ListAppender<>();
    seen.setContext(context);
    seen.start();
    root.addAppender(seen);
    for (int i = 0; i < 100; i++) context.getLogger(APPENDER).warn("Follower failed {}", i);
    context.stop();
    assertThat(seen.list).hasSizeBetween(1, 10);
  }
}
