package io.ordinal.controller.node;

import static io.ordinal.controller.node.NodeFixtures.ALPHA;
import static io.ordinal.controller.node.NodeFixtures.OTHER_STATE;
import static io.ordinal.controller.node.NodeFixtures.STATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.model.SessionRecord;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.protocol.agent.FrontDoorRequest.Hello;
import io.ordinal.protocol.id.Session;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RegistrationTest {
  private static final Session OLDER = new Session(ALPHA, STATE, "boot-1", 3);
  private static final Session SESSION = new Session(ALPHA, STATE, "boot-1", 5);
  private static final SessionRecord READY = SessionRecord.opened(SESSION, "127.0.0.1", "agent");

  @Test
  void the_first_of_a_name_and_the_successor_of_one_that_is_over_begin_at_once() {
    Registration fresh = new Registration.Open(Optional.empty());
    assertThat(decide(STATE, "boot-1", null, null, false)).isEqualTo(fresh);
    assertThat(decide(OTHER_STATE, "boot-2", null, READY.fenced(), true)).isEqualTo(fresh);
    assertThat(decide(STATE, "boot-1", SESSION, READY.fenced(), true)).isEqualTo(fresh);
    assertThat(decide(STATE, "boot-1", SESSION, READY.closed(), true)).isEqualTo(fresh);
  }

  @Test
  void who_names_the_session_goes_on_with_it() {
    assertThat(decide(STATE, "boot-1", SESSION, READY, true))
        .isEqualTo(new Registration.Resume(READY));
  }

  @Test
  void who_names_none_closes_the_session_of_its_directory_unless_it_never_had_a_lease() {
    assertThat(decide(STATE, "boot-1", null, READY, true))
        .isEqualTo(new Registration.Open(Optional.of(READY)));
    assertThat(decide(STATE, "boot-1", null, READY, false))
        .isEqualTo(new Registration.Resume(READY));
  }

  @Test
  void another_boot_closes_the_session_of_its_directory() {
    assertThat(decide(STATE, "boot-2", SESSION, READY, true))
        .isEqualTo(new Registration.Open(Optional.of(READY)));
  }

  @Test
  void another_directory_never_closes_a_session_that_goes_on() {
    for (boolean renewed : new boolean[] {true, false}) {
      for (Session previous : new Session[] {null, OLDER, SESSION}) {
        assertThat(decide(OTHER_STATE, "boot-2", previous, READY, renewed))
            .isInstanceOf(Registration.Wait.class);
      }
    }
  }

  @Test
  void a_copy_of_a_directory_does_not_close_the_session_of_the_original() {
    assertThat(decide(STATE, "boot-1", OLDER, READY, true))
        .isInstanceOfSatisfying(
            Registration.Wait.class, wait -> assertThat(wait.reason()).contains("copy", "3", "5"));
  }

  @Test
  void sessions_that_are_over_are_forgotten_once_no_life_is_on_them() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    long first = open(store, Set.of());
    long second = open(store, Set.of());
    assertThat(numbers(store)).as("the last one goes later").containsExactly(first, second);
    long third = open(store, Set.of(first));
    assertThat(numbers(store)).as("it has a life").containsExactly(first, second, third);
    long fourth = open(store, Set.of());
    assertThat(numbers(store)).containsExactly(third, fourth);
  }

  private static long open(InMemoryObjectStore store, Set<Long> inhabited) {
    RegistrationTransaction.Plan plan =
        NodeFixtures.read(
            store,
            view ->
                new RegistrationTransaction(view, hello(store), "agent", "uid", NodeFixtures.NOW)
                    .plan(life -> true, Optional.of(inhabited)));
    store.commit(plan.transaction()).toCompletableFuture().join();
    return plan.session().orElseThrow().number();
  }

  /** Another boot every time, so that a new session begins. */
  private static Hello hello(InMemoryObjectStore store) {
    return NodeFixtures.hello(STATE, "boot-" + store.revision(), null, null);
  }

  private static List<Long> numbers(InMemoryObjectStore store) {
    return NodeFixtures.read(
        store, view -> Sessions.numbers(view, NodeFixtures.ALPHA).stream().sorted().toList());
  }

  private static Registration decide(
      UUID state, String boot, Session previous, SessionRecord latest, boolean renewed) {
    return Registration.decide(
        NodeFixtures.hello(state, boot, previous, null),
        Optional.ofNullable(latest),
        renewed,
        false);
  }
}
