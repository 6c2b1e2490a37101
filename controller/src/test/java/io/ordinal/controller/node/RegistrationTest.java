package io.ordinal.controller.node;

import static io.ordinal.controller.node.NodeFixtures.ALPHA;
import static io.ordinal.controller.node.NodeFixtures.OTHER_STATE;
import static io.ordinal.controller.node.NodeFixtures.STATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.model.SessionRecord;
import io.ordinal.protocol.id.Session;
import java.util.Optional;
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

  private static Registration decide(
      UUID state, String boot, Session previous, SessionRecord latest, boolean renewed) {
    return Registration.decide(
        NodeFixtures.hello(state, boot, previous, null),
        Optional.ofNullable(latest),
        renewed,
        false);
  }
}
