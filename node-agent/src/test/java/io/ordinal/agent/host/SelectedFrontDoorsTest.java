package io.ordinal.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.ordinal.protocol.agent.FrontDoorRequest;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SelectedFrontDoorsTest {
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ActorTestKit kit = ActorTestKit.create();
  private final Logger logger = (Logger) LoggerFactory.getLogger(SelectedFrontDoors.class);
  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          logged.add(event.getLevel() + " " + event.getFormattedMessage());
        }
      };

  @BeforeEach
  void listen() {
    appender.start();
    logger.setLevel(Level.DEBUG);
    logger.setAdditive(false);
    logger.addAppender(appender);
  }

  @AfterEach
  void end() {
    logger.detachAppender(appender);
    logger.setAdditive(true);
    logger.setLevel(null);
    kit.shutdownTestKit();
  }

  @Test
  void a_door_that_is_not_found_and_addresses_that_are_not_known_leave_a_word() {
    String nowhere = "pekko://ordinal@127.0.0.1:1";
    CompletableFuture<List<String>> unknown =
        CompletableFuture.failedFuture(new IllegalStateException("no resolver"));
    search(() -> CompletableFuture.completedFuture(List.of(DoorAddresses.HERE, nowhere)));
    search(() -> unknown);
    await().atMost(PATIENCE).until(() -> logged.size() == 2);
    assertThat(logged)
        .containsExactlyInAnyOrder(
            "DEBUG no front door found at '" + nowhere + "'",
            "DEBUG the controllers' addresses are not known");
  }

  private void search(DoorAddresses addresses) {
    ActorRef<FrontDoorRequest> here = kit.<FrontDoorRequest>createTestProbe().ref();
    new SelectedFrontDoors(kit.system(), addresses, SHORT, SHORT).findOthers(here, found -> {});
  }
}
