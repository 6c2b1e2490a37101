package io.ordinal.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.spi.FilterReply;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A library that repeats itself, and what is left of it. */
class RepetitionsTest {
  private static final String APPENDER = "org.apache.ratis.grpc.server.GrpcLogAppender";
  private static final String ONE = "c6a8f3f0-1d7e-4d52-9d0c-0a1b2c3d4e5f";
  private static final String OTHER = "c6a8f3f0-1d7e-4d52-9d0c-0a1b2c3d4e50";
  private final LoggerContext context = new LoggerContext();
  private final AtomicLong now = new AtomicLong();
  private final Repetitions filter = new Repetitions(now::get);
  private final List<String> told = new CopyOnWriteArrayList<>();

  @BeforeEach
  void configure() {
    filter.setContext(context);
    filter.setPrefix("org.apache.ratis");
    filter.setMost(3);
    filter.setSeconds(60);
    listen();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private void listen() {
    AppenderBase<ILoggingEvent> seen =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            told.add(event.getFormattedMessage());
          }
        };
    seen.setContext(context);
    seen.start();
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(seen);
  }

  private long passing(String logger, Level level, int times) {
    return passing(logger, level, times, "{}: Follower failed", ONE);
  }

  private long passing(String name, Level level, int times, String format, Object... of) {
    Logger logger = context.getLogger(name);
    long passed = 0;
    for (int i = 0; i < times; i++) {
      FilterReply reply = filter.decide(null, logger, level, format, of, null);
      if (reply != FilterReply.DENY) passed++;
    }
    return passed;
  }

  @Test
  void only_the_first_lines_of_a_while_pass() {
    assertThat(passing(APPENDER, Level.WARN, 1000)).isEqualTo(3);
    now.addAndGet(TimeUnit.SECONDS.toNanos(60));
    assertThat(passing(APPENDER, Level.WARN, 1000)).isEqualTo(3);
    assertThat(told)
        .containsExactly(
            "997 more such lines of "
                + (APPENDER + " were left out, the last: ")
                + (ONE + ": Follower failed"));
  }

  @Test
  void another_logger_has_lines_of_its_own() {
    passing(APPENDER, Level.WARN, 10);
    assertThat(passing("org.apache.ratis.server.RaftServer", Level.WARN, 10)).isEqualTo(3);
  }

  @Test
  void another_warning_of_the_same_logger_passes() {
    passing(APPENDER, Level.WARN, 10);
    assertThat(passing(APPENDER, Level.WARN, 1, "{}: the log is full", ONE)).isEqualTo(1);
    assertThat(passing(APPENDER, Level.WARN, 1, ONE + ": the log has a gap")).isEqualTo(1);
  }

  @Test
  void the_same_of_another_member_passes() {
    passing(APPENDER, Level.WARN, 10);
    assertThat(passing(APPENDER, Level.WARN, 1, "{}: Follower failed", OTHER)).isEqualTo(1);
  }

  @Test
  void the_same_for_another_cause_passes() {
    passing(APPENDER, Level.WARN, 10, "{} failed", ONE, new IOException("no route to host"));
    Object[] full = {ONE, new IOException("no space left on device")};
    assertThat(passing(APPENDER, Level.WARN, 1, "{} failed", full)).isEqualTo(1);
  }

  @Test
  void lines_that_differ_in_numbers_only_are_repetitions() {
    long passed = 0;
    for (int i = 0; i < 100; i++) {
      passed += passing(APPENDER, Level.WARN, 1, "{}: timed out, errorCount={}", ONE, i);
      passed += passing(APPENDER, Level.WARN, 1, ONE + ": onError #" + i + "-t" + 7 * i);
    }
    assertThat(passed).isEqualTo(6);
  }

  @Test
  void what_is_never_the_same_passes() {
    long passed = 0;
    for (int i = 0; i < 5000; i++) {
      passed += passing(APPENDER, Level.WARN, 1, "of " + "x".repeat(i % 2500));
    }
    assertThat(passed).isEqualTo(5000);
  }

  @Test
  void errors_and_our_own_lines_always_pass() {
    assertThat(passing(APPENDER, Level.ERROR, 10)).isEqualTo(10);
    assertThat(passing("io.ordinal.member.Member", Level.WARN, 10)).isEqualTo(10);
  }

  @Test
  void the_number_left_out_is_told_once_though_nothing_is_said_any_more() {
    passing(APPENDER, Level.WARN, 10);
    filter.look();
    assertThat(told).as("within the while").isEmpty();
    now.addAndGet(TimeUnit.SECONDS.toNanos(60));
    filter.look();
    filter.look();
    assertThat(told).singleElement().asString().startsWith("7 more such lines of " + APPENDER);
  }

  @Test
  void it_looks_by_itself() {
    Repetitions running = new Repetitions();
    running.setContext(context);
    running.setPrefix("org.apache.ratis");
    running.setSeconds(1);
    running.start();
    context.addTurboFilter(running);
    for (int i = 0; i < 5; i++) context.getLogger(APPENDER).warn("Follower failed {}", i);
    await()
        .untilAsserted(
            () -> assertThat(told).anyMatch(each -> each.startsWith("4 more such lines")));
    assertThat(told).contains("Follower failed 0").doesNotContain("Follower failed 4");
  }

  @Test
  void the_members_log_holds_back_what_ratis_repeats() throws Exception {
    listenAsTheMemberDoes();
    for (int i = 0; i < 100; i++) context.getLogger(APPENDER).warn("Follower failed {}", i);
    assertThat(told).hasSizeBetween(1, 10);
  }

  @Test
  void the_members_log_holds_back_what_pekko_says_of_each_attempt() throws Exception {
    listenAsTheMemberDoes();
    for (int i = 0; i < 100; i++) {
      upstreamFailed("10.0.0.2:7400", "control", i);
      upstreamFailed("10.0.0.2:7400", "message", i);
    }
    upstreamFailed("10.0.0.3:7400", "control", 1);
    assertThat(told).hasSize(3).last().asString().contains("10.0.0.3");
  }

  private void upstreamFailed(String address, String stream, int attempt) {
    context
        .getLogger("org.apache.pekko.stream.Materializer")
        .warn(
            "[outbound connection to [pekko://ordinal@{}], {} stream] Upstream failed, cause:"
                + " StreamTcpException: Tcp command [Connect({} milliseconds)] failed",
            address,
            stream,
            attempt);
  }

  private void listenAsTheMemberDoes() throws Exception {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(Repetitions.class.getResource("/logback.xml"));
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAndStopAllAppenders();
    listen();
  }
}
