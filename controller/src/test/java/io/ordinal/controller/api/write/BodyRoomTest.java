package io.ordinal.controller.api.write;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.api.call.Room;
import org.junit.jupiter.api.Test;

class BodyRoomTest {
  private static final int LARGE = 100_000;
  private final BodyRoom room = new BodyRoom(2 * LARGE);

  @Test
  void small_ones_need_no_room() {
    for (int i = 0; i < 100; i++) room.place("ann").add(Room.SMALL);
    assertThatCode(() -> room.place("ann").add(2 * LARGE)).doesNotThrowAnyException();
  }

  @Test
  void a_large_one_beyond_the_room_is_told_to_come_back_until_another_has_left() {
    BodyRoom.Place first = room.place("ann");
    for (int i = 0; i < 10; i++) first.add(LARGE / 10);
    room.place("bob").add(LARGE);
    assertThatThrownBy(() -> room.place("cid").add(LARGE))
        .hasMessage("too many large requests, please try again later");
    first.leave();
    first.leave();
    room.place("cid").add(LARGE);
    assertThatThrownBy(() -> room.place("ann").add(LARGE)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void one_that_is_refused_in_the_middle_gives_back_what_it_had() {
    BodyRoom.Place large = room.place("ann");
    large.add(LARGE);
    assertThatThrownBy(() -> large.add(2 * LARGE)).isInstanceOf(RuntimeException.class);
    large.leave();
    assertThatCode(() -> room.place("ann").add(2 * LARGE)).doesNotThrowAnyException();
  }

  @Test
  void one_user_leaves_a_quarter_to_the_others_but_may_have_a_single_body_of_any_size() {
    BodyRoom.Place first = room.place("storm");
    first.add(LARGE);
    assertThatThrownBy(() -> room.place("storm").add(LARGE))
        .hasMessage("too many large requests, please try again later");
    room.place("ann").add(LARGE);
    first.leave();
    BodyRoom other = new BodyRoom(LARGE);
    other.place("storm").add(LARGE);
  }
}
