package io.ordinal.controller.api.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.api.auth.Identity;
import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.call.HangUp;
import io.ordinal.controller.api.call.ResourcePath;
import io.ordinal.controller.api.call.Room;
import io.ordinal.controller.api.http.Accept;
import io.ordinal.controller.api.http.Query;
import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.select.Selection;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.ForwardingStore;
import io.ordinal.controller.store.ForwardingView;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ListsTest {
  private static final ResourceName MAPS = new ResourceName("configmaps");
  private static final ResourceKind KIND = KindRegistry.standard().require(MAPS);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final int MAPS_THERE = 30;
  private static final int LARGE = 10_000;
  private static final long ROOM = 1 << 20;

  /** One list takes it all. */
  private static final ListSettings KEPT = new ListSettings(1, 700, ROOM, ROOM, LONGEST);

  private static final ListSettings HELD = new ListSettings(ROOM, 700, ROOM, ROOM, LONGEST);

  private final ActorTestKit kit =
      ActorTestKit.create(ManualTime.config().withFallback(ConfigFactory.load()));
  private final ManualTime time = ManualTime.get(kit.system());
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final AtomicLong visitedBytes = new AtomicLong();
  private final HangUp gone = new HangUp();

  @BeforeEach
  void fill() {
    for (int i = 0; i < MAPS_THERE; i++) ListingTest.put(store, "a", "m" + i);
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void what_is_kept_for_one_that_nobody_sends_is_let_go_in_the_end() {
    Lists lists = lists(KEPT);
    FoundList found = find(lists);
    assertThat(store.keptViews()).isEqualTo(1);
    time.timePasses(LONGEST.minusMillis(100));
    assertThat(store.keptViews()).isEqualTo(1);
    time.timePasses(Duration.ofMillis(200));
    assertThat(store.keptViews()).isZero();
    assertLetGo(found.documents().runWith(Sink.seq(), kit.system()));
    find(lists);
  }

  @Test
  void and_soon_when_its_client_has_gone() {
    find(lists(KEPT));
    gone.happen();
    assertThat(store.keptViews()).isEqualTo(1);
    time.timePasses(SOON.plusMillis(100));
    assertThat(store.keptViews()).isZero();
    assertThat(gone.wishes()).isZero();
  }

  @Test
  void and_with_the_actor_system_that_was_to_send_it() {
    Lists lists = lists(KEPT);
    find(lists);
    assertThat(store.keptViews()).isEqualTo(1);
    kit.shutdownTestKit();
    await().until(() -> store.keptViews() == 0);
    assertLetGo(lists.find(wanted()));
    assertThat(store.keptViews()).isZero();
  }

  @Test
  void and_with_the_server() {
    Lists lists = lists(KEPT);
    FoundList found = find(lists);
    lists.close();
    assertThat(store.keptViews()).isZero();
    assertLetGo(found.documents().runWith(Sink.seq(), kit.system()));
    assertLetGo(lists.find(wanted()));
    assertThat(store.keptViews()).isZero();
  }

  @Test
  void one_that_is_held_whole_is_let_go_at_once_when_nothing_can_be_done_later_any_more() {
    for (int i = 0; i < 1000; i++) ListingTest.put(store, "a", "more" + i);
    ActorTestKit ending = ActorTestKit.create(ConfigFactory.load()); // Time refuses orders at last.
    Lists lists = lists(ending, HELD);
    FoundList found = find(lists);
    ending.shutdownTestKit();
    AtomicBoolean over = new AtomicBoolean();
    found.holding().until(() -> over.set(true));
    assertThat(over).isFalse();
    gone.happen();
    assertThat(over).isTrue();
  }

  @Test
  void one_too_many_is_refused_before_much_of_it_is_read() {
    for (int i = 0; i < 60; i++) putLarge("large" + i);
    Lists lists = lists(new ListSettings(ROOM / 2, 700, ROOM, ROOM, LONGEST));
    find(lists);
    visitedBytes.set(0);
    assertThat(lists.find(wanted()).toCompletableFuture())
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withMessageContaining("too many large lists");
    assertThat(visitedBytes.get()).isBetween((long) Room.SMALL, Room.SMALL + 2L * LARGE);
  }

  private void putLarge(String name) {
    ObjectNode tree = Json.object();
    tree.putObject("metadata").put("name", name).put("namespace", "a").put("uid", "u");
    tree.putObject("data").put("v", "v".repeat(LARGE));
    ObjectKey key = new ObjectKey(MAPS, "a", name);
    Operation put = new Operation.Put(key, new ApiObject(tree).draft(), Condition.ANY);
    store.commit(Transaction.of(put)).toCompletableFuture().join();
  }

  /** Counts what is read, but not of what is kept. */
  private final class Counted extends ForwardingStore {
    private Counted() {
      super(store);
    }

    @Override
    public <T> CompletionStage<T> read(Freshness freshness, Function<View, T> query) {
      return super.read(freshness, view -> query.apply(counted(view)));
    }

    private View counted(View view) {
      return new ForwardingView(view) {
        @Override
        public void scan(ResourceName resource, String namespace, Predicate<StoredObject> visitor) {
          super.scan(resource, namespace, each -> counts(each) && visitor.test(each));
        }
      };
    }

    private boolean counts(StoredObject each) {
      visitedBytes.addAndGet(each.document().length);
      return true;
    }
  }

  @Test
  void a_small_one_leaves_nothing_with_the_watch_that_began_with_it() {
    FoundList found = find(lists(HELD));
    CompletionStage<List<byte[]>> sent = found.lastDocuments().runWith(Sink.seq(), kit.system());
    assertThat(sent.toCompletableFuture().join()).hasSize(MAPS_THERE);
    await().untilAsserted(() -> assertLetGo(found.documents().runWith(Sink.seq(), kit.system())));
  }

  @Test
  void one_that_cannot_be_printed_is_let_go() {
    List<byte[]> rows =
        List.of("{\"metadata\":{\"name\":\"broken".getBytes(StandardCharsets.UTF_8));
    Holding holding = new Holding();
    AtomicBoolean over = new AtomicBoolean();
    holding.until(() -> over.set(true));
    FoundList found = new GatheredList(ListHead.whole(Revision.ZERO), List.of(), rows, holding);
    ReadHandler handler = new ReadHandler(reads(), lists(HELD), InstantSource.system());
    Call call =
        new Call(
            HttpRequest.GET("/"),
            ResourcePath.parse(KindRegistry.standard(), List.of("api", "v1", "configmaps"))
                .orElseThrow(),
            Query.parse(""),
            new Identity("ann", Set.of()),
            Accept.parse("application/json;as=Table;v=v1;g=meta.k8s.io"),
            gone);
    assertThatThrownBy(() -> handler.answer(call, found)).isNotNull();
    assertThat(over).isTrue();
  }

  private Lists lists(ListSettings settings) {
    return lists(kit, settings);
  }

  private Lists lists(ActorTestKit kit, ListSettings settings) {
    return new Lists(reads(), settings, new PastSettings(20_000, 32L << 20), kit.system());
  }

  private Reads reads() {
    ConfirmPatience patience = new ConfirmPatience(Duration.ofSeconds(5), Duration.ofSeconds(1));
    return new Reads(
        new ConfirmedStore(new Counted(), () -> Duration.ZERO, patience, System::nanoTime));
  }

  private FoundList find(Lists lists) {
    return lists.find(wanted()).toCompletableFuture().join();
  }

  private Lists.Wanted wanted() {
    Query query = Query.parse("");
    Selection everything = Selection.parse(KIND, query);
    Scope scope = new Scope(MAPS, "", "");
    return new Lists.Wanted("ann", gone, scope, everything, ListOptions.parse(query));
  }

  private static void assertLetGo(CompletionStage<?> failing) {
    assertThat(failing.toCompletableFuture())
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withRootCauseInstanceOf(StoreUnavailable.class);
  }
}
