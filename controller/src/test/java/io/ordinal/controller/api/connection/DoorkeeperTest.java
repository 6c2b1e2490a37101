package io.ordinal.controller.api.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.Test;

class DoorkeeperTest {
  private final ConnectionSettings settings =
      new ConnectionSettings(
          1,
          1,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(3),
          Duration.ofMinutes(1),
          Duration.ofSeconds(30));
  private final Doorkeeper doorkeeper = new Doorkeeper(settings);
  private final List<String> ends = new ArrayList<>();
  private long now;

  private Connection connected(String name) {
    Connection connection = new Connection(() -> now);
    connection.endsBy(abruptly -> ends.add(name + (abruptly ? " reset" : " closed")));
    assertThat(doorkeeper.admits(connection, now)).isTrue();
    return connection;
  }

  private static void answered(Connection connection) {
    connection.asked(HttpRequest.create());
    connection.answered(HttpResponse.create());
  }

  private void later(Duration time) {
    now += time.toNanos();
  }

  @Test
  void who_has_rested_for_too_long_is_closed_and_not_reset() {
    answered(connected("old"));
    later(Duration.ofMinutes(4));
    doorkeeper.sweep(now);
    assertThat(ends).containsExactly("old closed");
  }

  @Test
  void who_dawdles_over_a_head_makes_room_for_a_newcomer() {
    Connection slow = connected("slow");
    answered(slow);
    slow.heard();
    assertThat(doorkeeper.admits(new Connection(() -> now), now)).isFalse();
    later(Duration.ofSeconds(2));
    connected("new");
    assertThat(ends).containsExactly("slow reset");
  }
}
