package io.ordinal.controller.api.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

  private WatchHub hub() {
    return new WatchHub(
        new InMemoryObjectStore(),
        PODS,
        new WatchSettings(8, 8, 8, 1 << 20, 1 << 20, LONG, LONG, LONG, LONG));
  }

  private LiveWatch live(WatchHub hub) {
    WatchSettings settings = new WatchSettings(8, 8, 8, 1 << 20, 1 << 20, LONG, LONG, LONG, LONG);
    return new LiveWatch(hub, new Scope(PODS, "", ""), settings, kit.system());
  }

  @Test
  void what_nobody_comes_to_read_has_left_the_hub_soon_after_its_client_went() {
    WatchHub hub = hub();
    LiveWatch live = live(hub);
    assertThat(live.join(0)).isTrue();
    live.source(new WatchOptions(0, false, false, false, LONG)); // And it is never run.
    live.closeUnlessRead();
    await().until(() -> hub.size() == 0);
  }

  @Test
  void what_is_read_over_another_protocol_goes_on_after_the_connection_changed() {
    WatchHub hub = hub();
    LiveWatch live = live(hub);
    assertThat(live.join(0)).isTrue();
    live.source(new WatchOptions(0, false, false, false, LONG))
        .runWith(Sink.ignore(), kit.system());
    live.closeUnlessRead();
    await().during(Duration.ofMillis(300)).until(() -> hub.size() == 1);
    live.close();
    assertThat(hub.size()).isZero();
  }

  @Test
  void nothing_is_left_of_what_was_never_read_when_its_time_is_over() {
    WatchHub hub = hub();
    LiveWatch live = live(hub);
    assertThat(live.join(0)).isTrue();
    live.source(new WatchOptions(0, false, false, false, Duration.ofMillis(50)));
    await().until(() -> hub.size() == 0);
  }

  @Test
  void a_client_that_went_before_the_joining_is_not_fed() {
    WatchHub hub = hub();
    LiveWatch live = live(hub);
    live.close();
    live.join(0);
    assertThat(hub.size()).isZero();
  }

  @Test
  void the_news_wait_however_long_the_first_part_takes_to_be_read() throws Exception {
    WatchSettings settings = new WatchSettings(8, 8, 8, 1 << 20, 1 << 20, LONG, LONG, LONG, LONG);
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
