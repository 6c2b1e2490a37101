package io.ordinal.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.cluster.ControllerRecord;
import io.ordinal.controller.cluster.Seat;
import io.ordinal.controller.store.StoreGroup;
import io.ordinal.member.contact.KnownControllers.Known;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ControllerUpkeepTest {
  @Test
  void controllers_of_before_a_restore_are_not_remembered() {
    ControllerRecord before = record("c1", 1);
    ControllerRecord present = record("c2", 2);
    List<StoreGroup.Member> group = List.of(new StoreGroup.Member(present.id(), present.store()));
    assertThat(ControllerUpkeep.withCopies(List.of(before, present), group))
        .containsExactly(new Known("c2", "10.0.0.2:7650", URI.create("https://10.0.0.2:6443")));
  }

  private static ControllerRecord record(String name, int number) {
    String host = "10.0.0." + number;
    return new ControllerRecord(
        new UUID(7, number),
        name,
        new Seat(host + ":7650", number),
        "https://" + host + ":6443",
        host + ":8558",
        host + ":9864",
        false);
  }
}
