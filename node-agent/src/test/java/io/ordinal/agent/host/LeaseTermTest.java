package io.ordinal.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeaseTermTest {
  private static final Duration LENGTH = Duration.ofSeconds(6);

  private static Duration at(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static LeaseTerm begin() {
    return LeaseTerm.begin(LENGTH, Optional.empty());
  }

  @Test
  void nothing_is_granted_before_the_first_answer() {
    assertThat(begin().ask(at(1)).deadline()).isEmpty();
  }

  @Test
  void a_grant_counts_from_when_its_request_was_sent() {
    LeaseTerm term = begin().ask(at(1)).ask(at(2)).ask(at(3));
    assertThat(term.granted(2).deadline()).contains(at(8));
  }

  @Test
  void a_late_grant_never_shortens() {
    LeaseTerm term = begin().ask(at(1)).ask(at(2)).granted(2).granted(1);
    assertThat(term.deadline()).contains(at(8));
  }

  @Test
  void what_was_never_asked_for_grants_nothing() {
    assertThat(begin().ask(at(1)).granted(7).deadline()).isEmpty();
  }

  @Test
  void a_session_that_goes_on_keeps_its_deadline_until_a_later_one() {
    LeaseTerm term = LeaseTerm.begin(LENGTH, Optional.of(at(20))).ask(at(1)).granted(1);
    assertThat(term.deadline()).contains(at(20));
    assertThat(term.ask(at(15)).granted(2).deadline()).contains(at(21));
  }

  @Test
  void politeness_takes_at_most_half_of_the_lease() {
    assertThat(begin().within(at(2))).isEqualTo(at(2));
    assertThat(begin().within(at(4))).isEqualTo(at(3));
  }
}
