package io.ordinal.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FormationPlanTest {
  private static final ControllerRecord A = controller(1, 11);
  private static final ControllerRecord B = controller(2, 22);
  private static final ControllerRecord C = controller(3, 33);

  @Test
  void the_first_of_all_founds_at_once() {
    assertThat(outside(A, records(0, null), Map.of(), false))
        .isEqualTo(new FormationStep.Found(1, 0, Optional.empty()));
  }

  @Test
  void one_that_restarts_alone_founds_the_next_at_once() {
    assertThat(outside(A, records(1, controller(1, 10).seat(), controller(1, 10)), Map.of(), false))
        .isEqualTo(new FormationStep.Found(2, 1, Optional.empty()));
  }

  @Test
  void nobody_founds_while_another_may_be_inside() {
    Records records = records(4, B.seat(), A, B, C);
    assertThat(outside(A, records, Map.of(C.seat(), 0L), false))
        .isInstanceOf(FormationStep.Wait.class);
    assertThat(outside(A, records, Map.of(C.seat(), 0L), true))
        .isEqualTo(new FormationStep.Challenge(4, 4, 0));
    Records asked = challenged(records, false, 7);
    assertThat(outside(A, asked, Map.of(C.seat(), 0L), true))
        .isInstanceOf(FormationStep.Wait.class);
    assertThat(stood(A, asked, Map.of(C.seat(), 0L)))
        .isEqualTo(new FormationStep.Found(5, 4, Optional.of(7L)));
    assertThat(outside(A, records, Map.of(C.seat(), 4L), true))
        .isEqualTo(new FormationStep.Join(4, 4, List.of(C.seat())));
  }

  @Test
  void a_formation_that_answers_in_the_store_lives_and_is_asked_again_later() {
    Records answered = challenged(records(4, B.seat(), A, B), true, 8);
    assertThat(outside(A, answered, Map.of(), true)).isInstanceOf(FormationStep.Wait.class);
    assertThat(stood(A, answered, Map.of())).isEqualTo(new FormationStep.Challenge(4, 4, 8));
  }

  @Test
  void who_is_inside_answers_for_its_formation_once() {
    Records records = records(4, B.seat(), A, B);
    assertThat(FormationPlan.inside(A.seat(), 4, challenged(records, false, 7)))
        .isEqualTo(new FormationStep.Answer(4, 4, 7));
    assertThat(FormationPlan.inside(A.seat(), 4, challenged(records, true, 8)))
        .isInstanceOf(FormationStep.Stay.class);
    assertThat(FormationPlan.inside(A.seat(), 3, challenged(records, false, 7)))
        .isInstanceOf(FormationStep.Restart.class);
    assertThat(FormationPlan.inside(A.seat(), 4, downed(challenged(records, false, 7), A.seat())))
        .isInstanceOf(FormationStep.Restart.class);
  }

  @Test
  void who_would_join_or_wait_introduces_itself_first() {
    Records strange = records(4, B.seat(), B);
    assertThat(outside(A, strange, Map.of(B.seat(), 4L), true))
        .isInstanceOf(FormationStep.Introduce.class);
    assertThat(outside(A, strange, Map.of(), false)).isInstanceOf(FormationStep.Introduce.class);
  }

  @Test
  void a_founder_that_does_not_know_yet_that_it_is_one_is_joined() {
    Records records = records(4, B.seat(), A, B);
    assertThat(outside(A, records, Map.of(B.seat(), 0L), true))
        .isEqualTo(new FormationStep.Join(4, 4, List.of(B.seat())));
  }

  @Test
  void who_was_downed_admits_nobody() {
    Records records = downed(records(4, C.seat(), A, B, C), B.seat());
    assertThat(outside(A, records, Map.of(B.seat(), 4L, C.seat(), 4L), true))
        .isEqualTo(new FormationStep.Join(4, 4, List.of(C.seat())));
  }

  @Test
  void a_founding_whose_answer_was_lost_is_settled() {
    assertThat(outside(A, records(4, A.seat(), A, B), Map.of(), false))
        .isEqualTo(new FormationStep.Settle(4, 4));
  }

  @Test
  void a_read_that_is_behind_the_others_decides_nothing() {
    assertThat(outside(A, records(4, B.seat(), A, B), Map.of(B.seat(), 5L), true))
        .isInstanceOf(FormationStep.Wait.class);
  }

  @Test
  void inside_all_is_well_until_the_store_says_otherwise() {
    Records records = records(4, B.seat(), A, B);
    assertThat(FormationPlan.inside(A.seat(), 4, records)).isInstanceOf(FormationStep.Stay.class);
    assertThat(FormationPlan.inside(A.seat(), 3, records))
        .isInstanceOf(FormationStep.Restart.class);
    assertThat(FormationPlan.inside(A.seat(), 4, downed(records, A.seat())))
        .isInstanceOf(FormationStep.Restart.class);
    assertThat(FormationPlan.inside(A.seat(), 4, downed(records, B.seat())))
        .isInstanceOf(FormationStep.Stay.class);
    // What was just founded may not have come to the local copy.
    assertThat(FormationPlan.inside(A.seat(), 5, records)).isInstanceOf(FormationStep.Stay.class);
  }

  private static FormationStep outside(
      ControllerRecord self, Records records, Map<Seat, Long> answers, boolean enough) {
    return FormationPlan.outside(new FormationPlan.Outside(self, records, answers, enough, false));
  }

  /** What it does when the challenge has been there for long. */
  private static FormationStep stood(
      ControllerRecord self, Records records, Map<Seat, Long> answers) {
    return FormationPlan.outside(new FormationPlan.Outside(self, records, answers, true, true));
  }

  private static Records challenged(Records records, boolean answered, long version) {
    return new Records(
        records.formation(),
        records.formationVersion(),
        records.downing(),
        records.downingVersion(),
        Optional.of(new ChallengeRecord(records.number(), answered, C.seat())),
        version,
        records.controllers());
  }

  private static ControllerRecord controller(int host, long uid) {
    UUID id = new UUID(0, host);
    return new ControllerRecord(
        id, "c" + host, new Seat("10.0.0." + host + ":7650", uid), "https://x", "x:1", "x:2", true);
  }

  private static Records records(long number, Seat founder, ControllerRecord... controllers) {
    return new Records(
        Optional.ofNullable(founder).map(seat -> new FormationRecord(number, seat)),
        number,
        Optional.empty(),
        0,
        Optional.empty(),
        0,
        List.of(controllers));
  }

  private static Records downed(Records records, Seat victim) {
    return new Records(
        records.formation(),
        records.formationVersion(),
        Optional.of(new DowningRecord(records.number(), C.seat(), List.of(victim))),
        1,
        records.challenge(),
        records.challengeVersion(),
        records.controllers());
  }
}
