package io.ordinal.controller.api.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.api.read.Scope;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.SampleDocuments;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LiveWatchTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final ResourceName PODS = SampleDocuments.pod("a", "x").resource();

  private final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseString("pekko.stream.materializer.subscription-timeout.timeout = 50ms")
              .withFallback(ConfigFactory.load()));

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void the_news_wait_however_long_the_first_part_takes_to_be_read() throws Exception {
    WatchSettings settings = new WatchSettings(8, 8, 8, LONG, LONG, LONG, LONG);
    WatchHub hub = new WatchHub(new InMemoryObjectStore(), PODS, settings);
    LiveWatch live = new LiveWatch(hub, new Scope(PODS, "", ""), settings, kit.system());
    assertThat(live.join(0)).isTrue();
    WatchOptions options = new WatchOptions(0, false, false, false, LONG);
    Source<Feed, ?> first =
        Source.<Feed>single(new Feed.Begun(1))
            .initialDelay(Duration.ofMillis(500))
            .map(
                each -> {
                  live.close();
                  return each;
                });
    CompletableFuture<List<Feed>> read =
        first
            .concatLazy(live.source(options))
            .runWith(Sink.seq(), kit.system())
            .toCompletableFuture();
    assertThat(read.get(10, TimeUnit.SECONDS)).containsExactly(new Feed.Begun(1));
  }
}
