package io.ordinal.controller.node;

import static io.ordinal.controller.node.NodeFixtures.ALPHA;
import static io.ordinal.controller.node.NodeFixtures.MACHINE;
import static io.ordinal.controller.node.NodeFixtures.OTHER_MACHINE;
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
  private static final Session LATER = new Session(ALPHA, STATE, "boot-1", 9);
  private static final SessionRecord READY =
      SessionRecord.opened(SESSION, Optional.of(MACHINE), "127.0.0.1", "agent", NodeFixtures.LEASE);
  private static final SessionRecord OLD = // Of an agent that did not say on which machine it was.
      SessionRecord.opened(SESSION, Optional.empty(), "127.0.0.1", "agent", NodeFixtures.LEASE);

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
  void who_vouches_for_the_session_or_a_later_one_closes_it() {
    for (boolean renewed : new boolean[] {true, false}) {
      for (String boot : List.of("boot-1", "boot-2")) {
        for (Session ended : List.of(SESSION, LATER)) {
          Hello hello = NodeFixtures.vouching(STATE, boot, ended, null);
          assertThat(decide(hello, READY, renewed))
              .isEqualTo(new Registration.Open(Optional.of(READY)));
        }
      }
    }
  }

  @Test
  void who_vouches_for_an_earlier_session_or_for_none_closes_nothing_that_had_a_lease() {
    for (String boot : List.of("boot-1", "boot-2")) {
      for (Session ended : new Session[] {null, OLDER}) {
        Hello late = NodeFixtures.vouching(STATE, boot, ended, null);
        assertThat(decide(late, READY, true)).isInstanceOf(Registration.Wait.class);
      }
    }
  }

  @Test
  void who_vouches_for_a_session_of_another_directory_closes_nothing() {
    Session others = new Session(ALPHA, OTHER_STATE, "boot-1", 9);
    assertThat(decide(NodeFixtures.vouching(STATE, "boot-1", others, null), READY, true))
        .isInstanceOf(Registration.Wait.class);
  }

  @Test
  void a_session_that_never_had_a_lease_goes_on_with_whoever_does_not_know_it() {
    assertThat(decide(STATE, "boot-1", null, READY, false))
        .isEqualTo(new Registration.Resume(READY));
    assertThat(decide(NodeFixtures.vouching(STATE, "boot-1", OLDER, null), READY, false))
        .isEqualTo(new Registration.Resume(READY));
    assertThat(decide(STATE, "boot-2", OLDER, READY, false))
        .isEqualTo(new Registration.Open(Optional.of(READY)));
  }

  @Test
  void another_boot_of_its_machine_closes_the_session_that_it_knows() {
    assertThat(decide(STATE, "boot-2", SESSION, READY, true))
        .isEqualTo(new Registration.Open(Optional.of(READY)));
    assertThat(decide(STATE, "boot-2", OLDER, READY, true))
        .as("a word of an earlier boot, handled late")
        .isInstanceOf(Registration.Wait.class);
  }

  @Test
  void a_copy_of_the_directory_on_another_machine_does_not_pass_for_a_reboot() {
    for (Session previous : new Session[] {null, OLDER, SESSION, LATER}) {
      for (Session ended : new Session[] {null, SESSION}) {
        for (boolean renewed : new boolean[] {true, false}) {
          Hello copy =
              NodeFixtures.introduction(OTHER_MACHINE, STATE, "boot-2", previous, ended, null);
          for (SessionRecord latest : List.of(READY, READY.fenced(), READY.closed())) {
            assertThat(decide(copy, latest, renewed))
                .as("%s of %s", copy, latest)
                .isInstanceOfSatisfying(
                    Registration.Wait.class,
                    wait ->
                        assertThat(wait.reason())
                            .contains("two machines claim the name alpha", "one", "other"));
          }
          assertThat(decide(copy, READY.off(), renewed))
              .as("an operator's word")
              .isEqualTo(new Registration.Open(Optional.empty()));
        }
      }
    }
  }

  @Test
  void another_boot_of_a_machine_that_cannot_be_told_waits() {
    Hello untold = NodeFixtures.introduction(null, STATE, "boot-2", SESSION, null, null);
    assertThat(decide(untold, READY, true)).isInstanceOf(Registration.Wait.class);
    assertThat(decide(untold, OLD, true)).isInstanceOf(Registration.Wait.class);
    assertThat(decide(STATE, "boot-2", SESSION, OLD, true)).isInstanceOf(Registration.Wait.class);
  }

  @Test
  void an_agent_that_learned_to_tell_its_machine_goes_on_with_its_session() {
    assertThat(decide(STATE, "boot-1", SESSION, OLD, true)).isEqualTo(new Registration.Resume(OLD));
  }

  @Test
  void a_second_machine_with_a_directory_of_its_own_waits_for_the_end_of_the_first() {
    Hello second =
        NodeFixtures.introduction(OTHER_MACHINE, OTHER_STATE, "boot-2", null, null, null);
    assertThat(decide(second, READY, true))
        .isInstanceOfSatisfying(
            Registration.Wait.class,
            wait ->
                assertThat(wait.reason())
                    .contains("two machines claim the name alpha", "has lapsed"));
    assertThat(decide(second, READY.resting(1), true))
        .isInstanceOfSatisfying(
            Registration.Wait.class,
            wait -> assertThat(wait.reason()).contains("declared off", OutOfService.TAINT));
    assertThat(decide(second, READY.fenced(), true))
        .isEqualTo(new Registration.Open(Optional.empty()));
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
                new RegistrationTransaction(
                        view, hello(store), NodeFixtures.LEASE, "agent", "uid", NodeFixtures.NOW)
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
    return decide(NodeFixtures.hello(state, boot, previous, null), latest, renewed);
  }

  private static Registration decide(Hello hello, SessionRecord latest, boolean renewed) {
    return Registration.decide(hello, Optional.ofNullable(latest), renewed, false);
  }
}
