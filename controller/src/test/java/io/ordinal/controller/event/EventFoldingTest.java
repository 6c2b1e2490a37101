package io.ordinal.controller.event;

import static io.ordinal.controller.event.EventFixtures.NOW;
import static io.ordinal.controller.event.EventFixtures.about;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.event.EventFolding.Folded;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventFoldingTest {
  private final EventSettings settings = EventFixtures.settings("burst = 3, refill = 1m");
  private final EventFolding folding = new EventFolding(settings);

  @Test
  void equal_news_is_one_event_with_a_count() {
    Folded first = folding.fold(about("web-0", "again"), NOW).orElseThrow();
    Instant later = NOW.plusSeconds(5);
    Folded second = folding.fold(about("web-0", "again"), later).orElseThrow();

    assertThat(second.name()).isEqualTo(first.name());
    assertThat(second.count()).isEqualTo(2);
    assertThat(second.first()).isEqualTo(NOW);
    assertThat(second.last()).isEqualTo(later);
  }

  @Test
  void different_news_of_one_moment_are_events_of_different_names() {
    Folded one = folding.fold(about("web-0", "one"), NOW).orElseThrow();
    Folded other = folding.fold(about("web-0", "other"), NOW).orElseThrow();
    assertThat(one.name()).startsWith("web-0.").isNotEqualTo(other.name());
  }

  @Test
  void an_object_with_too_much_news_is_held_back_alone() {
    for (int i = 0; i < 3; i++) {
      assertThat(folding.fold(about("web-0", "message " + i), NOW)).isPresent();
    }
    assertThat(folding.fold(about("web-0", "message 3"), NOW)).isEmpty();
    assertThat(folding.fold(about("web-1", "message 3"), NOW)).isPresent();
  }

  @Test
  void an_object_that_was_held_back_is_heard_again_after_a_while() {
    for (int i = 0; i < 4; i++) folding.fold(about("web-0", "message " + i), NOW);
    Instant later = NOW.plus(Duration.ofMinutes(1));
    assertThat(folding.fold(about("web-0", "later"), later)).isPresent();
    assertThat(folding.fold(about("web-0", "too soon"), later)).isEmpty();
  }

  @Test
  void news_that_comes_back_after_its_event_expired_is_a_new_event() {
    Folded old = folding.fold(about("web-0", "again"), NOW).orElseThrow();
    Optional<Folded> fresh =
        folding.fold(about("web-0", "again"), NOW.plus(settings.keep()).plusSeconds(1));
    assertThat(fresh).get().extracting(Folded::count).isEqualTo(1);
    assertThat(fresh.orElseThrow().name()).isNotEqualTo(old.name());
  }

  @Test
  void only_so_many_events_are_remembered() {
    EventFolding forgetful = new EventFolding(EventFixtures.settings("remembered = 2"));
    for (int i = 0; i < 3; i++) forgetful.fold(about("web-" + i, "again"), NOW);
    assertThat(forgetful.fold(about("web-0", "again"), NOW))
        .get()
        .extracting(Folded::count)
        .isEqualTo(1);
    assertThat(forgetful.fold(about("web-2", "again"), NOW))
        .get()
        .extracting(Folded::count)
        .isEqualTo(2);
  }
}
