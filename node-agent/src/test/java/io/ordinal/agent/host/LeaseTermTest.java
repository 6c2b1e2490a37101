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
    return LeaseTerm.begin(Duration.ZERO, Optional.empty()).anew(LENGTH, Optional.empty());
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
    LeaseTerm term = begin().anew(LENGTH, Optional.of(at(20))).ask(at(1)).granted(1);
    assertThat(term.deadline()).contains(at(20));
    assertThat(term.ask(at(15)).granted(2).deadline()).contains(at(21));
  }

  @Test
  void a_grant_from_before_another_hello_prolongs_nothing() {
    LeaseTerm before = begin().ask(at(1)).granted(1).ask(at(2));
    LeaseTerm after = before.anew(LENGTH, before.deadline()).ask(at(5));
    assertThat(after.lastSequence()).isGreaterThan(before.lastSequence());
    assertThat(after.granted(before.lastSequence()).deadline()).contains(at(7));
    assertThat(after.granted(after.lastSequence()).deadline()).contains(at(11));
  }

  @Test
  void an_agent_that_begins_again_repeats_no_number() {
    LeaseTerm failed = LeaseTerm.begin(at(1), Optional.empty()).ask(at(2)).ask(at(3));
    LeaseTerm again = LeaseTerm.begin(at(4), Optional.empty()).anew(LENGTH, Optional.empty());
    assertThat(again.ask(at(5)).granted(failed.lastSequence()).deadline()).isEmpty();
  }

  @Test
  void politeness_takes_at_most_half_of_the_lease() {
    assertThat(begin().within(at(2))).isEqualTo(at(2));
    assertThat(begin().within(at(4))).isEqualTo(at(3));
  }
}
