package io.ordinal.controller.node;

import static io.ordinal.controller.node.NodeFixtures.ALPHA;
import static io.ordinal.controller.node.NodeFixtures.NOW;
import static io.ordinal.controller.node.NodeFixtures.STATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.model.SessionRecord;
import io.ordinal.controller.node.wire.SessionCodec;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CredenceTest {
  private static final Session PRESENT = new Session(ALPHA, STATE, "boot", 1);
  private final List<Runnable> tasks = new ArrayList<>();
  private final InMemoryObjectStore store = new InMemoryObjectStore(tasks::add);
  private final List<String> heard = new ArrayList<>();
  private final Credence credence =
      new Credence(store, () -> NOW, NodeFixtures.settings("words = 3"));

  @BeforeEach
  void open() {
    SessionRecord record =
        SessionRecord.opened(PRESENT, Optional.empty(), "127.0.0.1", "agent", NodeFixtures.LEASE);
    store.commit(
        new Transaction(
            List.of(
                new Operation.PutRecord(
                    Sessions.key(PRESENT), SessionCodec.encode(record), RecordCondition.ABSENT),
                new Operation.PutRecord(
                    Sessions.latestKey(ALPHA),
                    SessionCodec.encodeLatest(PRESENT),
                    RecordCondition.ABSENT))));
    settle();
  }

  @Test
  void words_of_a_session_are_heard_in_their_order_whichever_is_looked_up_first() {
    say(PRESENT, "active");
    say(PRESENT, "reverted");
    settle();
    assertThat(heard).containsExactly("active", "reverted");
  }

  @Test
  void a_word_that_could_not_be_looked_up_holds_up_no_later_one() {
    store.failReads(new StoreUnavailable("closed", null));
    say(PRESENT, "lost");
    settle();
    store.recover();
    say(PRESENT, "heard");
    settle();
    assertThat(heard).containsExactly("heard");
  }

  @Test
  void sessions_that_are_made_up_cost_no_more_reads_at_once_than_there_is_room() {
    for (int number = 0; number < 10; number++) {
      say(new Session(ALPHA, new UUID(6, number), "boot", 1), "lie");
    }
    assertThat(tasks).hasSize(3);
    settle();
    say(PRESENT, "truth");
    settle();
    assertThat(heard).containsExactly("truth");
  }

  private void say(Session session, String word) {
    credence.hear(session, () -> heard.add(word));
  }

  /** The store's threads take the last first. */
  private void settle() {
    while (!tasks.isEmpty()) tasks.remove(tasks.size() - 1).run();
  }
}
