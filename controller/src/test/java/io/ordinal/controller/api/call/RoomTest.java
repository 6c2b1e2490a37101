package io.ordinal.controller.api.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomTest {
  private final Room room = new Room(100);

  @Test
  void what_is_left_can_be_taken_and_no_more() {
    assertThat(room.left("ann", 0)).isEqualTo(100);
    assertThat(room.take("ann", 0, 60)).isTrue();
    assertThat(room.left("ann", 0)).isEqualTo(15);
    assertThat(room.left("ann", 60)).isEqualTo(40);
    assertThat(room.left("bob", 0)).isEqualTo(40);
    assertThat(room.take("ann", 0, 16)).isFalse();
    assertThat(room.take("ann", 0, 15)).isTrue();
    assertThat(room.take("bob", 0, 26)).isFalse();
    assertThat(room.take("bob", 0, 25)).isTrue();
    assertThat(room.left("cid", 0)).isZero();
    room.give("ann", 60);
    assertThat(room.left("cid", 0)).isEqualTo(60);
  }

  @Test
  void a_single_thing_may_leave_its_user_with_less_than_nothing() {
    assertThat(room.take("ann", 0, 90)).isTrue();
    assertThat(room.left("ann", 0)).isNegative();
    assertThat(room.take("ann", 0, 1)).isFalse();
  }
}
