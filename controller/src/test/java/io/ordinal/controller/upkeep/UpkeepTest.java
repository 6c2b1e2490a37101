package io.ordinal.controller.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.setting.Section;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpkeepTest {
  private final ActorTestKit kit = ActorTestKit.create();
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final Diary diary = new Diary();

  /** Notes how it is asked to look: at everything, or after a revision. */
  private static final class Diary implements Chore<Revision> {
    private final List<String> looks = new CopyOnWriteArrayList<>();
    private volatile List<Transaction> writes = List.of();
    private volatile Optional<Duration> again = Optional.empty();

    @Override
    public Set<ResourceName> watched() {
      return Set.of(new ResourceName("configmaps"));
    }

    @Override
    public String what() {
      return "the diary";
    }

    @Override
    public Revision look(View view, boolean whole, Revision after) {
      looks.add(whole ? "all" : "after " + after.value());
      return view.revision();
    }

    @Override
    public Plan plan(Revision at) {
      Plan plan = new Plan(at, writes, again);
      writes = List.of();
      again = Optional.empty();
      return plan;
    }
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private void begin() {
    kit.spawn(Upkeep.of(diary, store, settings(Duration.ofMinutes(10))));
  }

  private static UpkeepSettings settings(Duration resync) {
    return new UpkeepSettings(
        new Section("ordinal.here"), resync, Duration.ofMillis(10), Duration.ofMillis(20), 4);
  }

  private static Transaction put(String name, Condition condition) {
    return put("configmaps", name, condition);
  }

  private static Transaction put(String resource, String name, Condition condition) {
    ApiObject object = new ApiObject(Json.object());
    ObjectKey key = new ObjectKey(new ResourceName(resource), "default", name);
    return Transaction.of(new Operation.Put(key, object.draft(), condition));
  }

  private void change(String name) {
    store.commit(put(name, Condition.ANY)).toCompletableFuture().join();
  }

  private void looks(String... expected) {
    await().untilAsserted(() -> assertThat(diary.looks).containsExactly(expected));
  }

  @Test
  void it_looks_at_everything_first_and_then_at_what_changed() {
    begin();
    looks("all");
    change("one");
    looks("all", "after 0");
    change("two");
    looks("all", "after 0", "after 1");
  }

  @Test
  void a_change_of_something_else_wakes_nobody() {
    begin();
    looks("all");
    store.commit(put("secrets", "one", Condition.ANY)).toCompletableFuture().join();
    await().during(Duration.ofMillis(200)).until(() -> diary.looks.size() == 1);
    change("one");
    looks("all", "after 0");
  }

  @Test
  void when_time_alone_changes_something_everything_is_looked_at() {
    diary.again = Optional.of(Duration.ofMillis(10));
    begin();
    looks("all", "all");
  }

  @Test
  void a_write_that_is_refused_holds_up_no_other() {
    diary.writes = List.of(put("a", Condition.at(new Revision(7))), put("b", Condition.ABSENT));
    begin();
    await().until(() -> store.committed().size() == 1);
    looks("all", "after 0");
  }

  @Test
  void a_write_that_fails_holds_up_no_other_and_everything_is_looked_at_again() {
    store.failNext(new StoreUnavailable("down", null));
    diary.writes = List.of(put("a", Condition.ABSENT), put("b", Condition.ABSENT));
    LoggingTestKit.warn("the diary could not be kept, 1 times: ")
        .expect(
            kit.system(),
            () -> {
              begin();
              return null;
            });
    looks("all", "all");
    assertThat(store.committed()).hasSize(1);
  }

  @Test
  void that_it_cannot_be_kept_is_said_again_while_it_lasts_and_not_each_time() {
    begin();
    looks("all");
    LoggingTestKit.warn("the diary could not be kept, 8 times: ")
        .expect(
            kit.system(),
            () -> {
              store.failReads(new StoreUnavailable("down", null));
              change("one");
              return null;
            });
    LoggingTestKit.warn("could not be kept")
        .withOccurrences(1)
        .expect(
            kit.system(),
            () ->
                LoggingTestKit.warn("the diary could not be kept, 16 times: ")
                    .expect(kit.system(), () -> null));
    store.recover();
    looks("all", "all");
  }

  @Test
  void settings_that_cannot_be_meant_are_refused_by_their_own_names() {
    assertThatThrownBy(() -> settings(Duration.ofMillis(5)))
        .hasMessage("ordinal.here.pause (PT0.01S) must not exceed resync (PT0.005S)");
    assertThatThrownBy(() -> settings(Duration.ZERO))
        .hasMessage("ordinal.here.resync must be positive, is PT0S");
  }

  @Test
  void every_message_has_a_handler() {
    List<String> handlers =
        Arrays.stream(Upkeep.class.getDeclaredMethods()).map(each -> each.getName()).toList();
    for (Class<?> message : Upkeep.Command.class.getPermittedSubclasses()) {
      assertThat(handlers).contains("on" + message.getSimpleName());
    }
  }
}
