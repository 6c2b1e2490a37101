package io.ordinal.controller.api.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.read.Scope;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Draft;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.SampleDocuments;
import io.ordinal.controller.store.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class WatchHubTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final ResourceName PODS = SampleDocuments.pod("a", "x").resource();
  private static final int MOST_BYTES = 20_000;
  private static final WatchSettings SETTINGS =
      new WatchSettings(64, 64, 64, MOST_BYTES, MOST_BYTES, LONG, LONG, LONG, LONG);
  private static final WatchOptions OPTIONS = new WatchOptions(0, false, false, false, LONG);

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final WatchHub hub = new WatchHub(store, PODS, SETTINGS);
  private int writes;

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void who_does_not_read_while_large_objects_change_is_given_up_and_nothing_waits_for_them() {
    LiveWatch deaf = live("x");
    assertThat(deaf.join(0)).isTrue();
    for (int i = 0; i < 10; i++) write("x", 5_000);
    assertThat(hub.size()).isZero();
    assertThat(read(deaf)).isEmpty();
  }

  @Test
  void who_waits_for_little_is_not_given_up_for_the_others() {
    LiveWatch quiet = live("quiet");
    assertThat(quiet.join(0)).isTrue();
    for (int i = 0; i < 10; i++) write("x", 5_000);
    write("quiet", 10);
    assertThat(hub.size()).isEqualTo(1);
    quiet.close();
    assertThat(read(quiet)).hasSize(1);
  }

  @Test
  void who_reads_gets_every_event_however_large() {
    LiveWatch live = live("x");
    assertThat(live.join(0)).isTrue();
    List<Feed> seen = new ArrayList<>();
    var done =
        live.source(OPTIONS)
            .runWith(Sink.foreach(each -> add(seen, each)), KIT.system())
            .toCompletableFuture();
    for (int i = 1; i <= 20; i++) {
      write("x", 15_000);
      int expected = i;
      org.awaitility.Awaitility.await().until(() -> size(seen) == expected);
    }
    live.close();
    assertThat(done).succeedsWithin(10, TimeUnit.SECONDS);
  }

  @Test
  void who_comes_back_joins_without_reading_what_is_held_for_others() {
    LiveWatch first = live("x");
    assertThat(first.joinRecent(0)).isFalse(); // Nobody watches yet: what is held is not known.
    assertThat(first.join(0)).isTrue();
    for (int i = 0; i < 3; i++) write("x", 100);
    LiveWatch second = live("x");
    assertThat(second.joinRecent(1)).isTrue();
    assertThat(live("x").joinRecent(99)).isFalse(); // Of the future.
    second.close();
    assertThat(read(second)).hasSize(2);
  }

  private static synchronized void add(List<Feed> seen, Feed feed) {
    seen.add(feed);
  }

  private static synchronized int size(List<Feed> seen) {
    return seen.size();
  }

  private LiveWatch live(String name) {
    return new LiveWatch(hub, new Scope(PODS, "a", name), SETTINGS, KIT.system());
  }

  private void write(String name, int bytes) {
    ObjectKey key = SampleDocuments.pod("a", name);
    writes++;
    Draft draft = SampleDocuments.draft("u", writes, "v".repeat(bytes));
    store
        .commit(Transaction.of(new Operation.Put(key, draft, Condition.ANY)))
        .toCompletableFuture()
        .join();
    hub.look();
  }

  private static List<Feed> read(LiveWatch live) {
    return live.source(OPTIONS).runWith(Sink.seq(), KIT.system()).toCompletableFuture().join();
  }
}
