package io.ordinal.controller.api.watch;

import static org.awaitility.Awaitility.await;

import io.ordinal.controller.api.read.Scope;
import io.ordinal.controller.store.SampleDocuments;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingFeedsTest {
  private final ActorTestKit kit = ActorTestKit.create();
  private final Watcher watcher =
      new Watcher(new Scope(SampleDocuments.pod("a", "x").resource(), "a", ""), 8);

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void who_still_knows_the_watcher_does_not_hold_the_stream_that_has_ended() throws Exception {
    WeakReference<Object> ofStream = run();
    await()
        .until(
            () -> {
              System.gc();
              return ofStream.get() == null;
            });
    Reference.reachabilityFence(watcher);
  }

  /** Something that only the stream knows. */
  private WeakReference<Object> run() throws Exception {
    Object ofStream = new Object();
    watcher.reached(1);
    Source.fromGraph(new WaitingFeeds(watcher))
        .map(feed -> ofStream)
        .runWith(Sink.head(), kit.system())
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
    return new WeakReference<>(ofStream);
  }
}
