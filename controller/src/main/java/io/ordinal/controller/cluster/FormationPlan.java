package io.ordinal.controller.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides which cluster an actor system belongs to. Pure. */
final class FormationPlan {
  private FormationPlan() {}

  /**
   * What a controller sees that is in no cluster yet.
   *
   * @param self its own record, as it should stand in the store
   * @param records read linearizably
   * @param answers of the others, lately: the number of the formation that they are in, 0 for none
   * @param asked whether those who did not answer by now had the time to
   * @param stood whether the challenge in the records has been there, as it is, for long enough
   */
  record Outside(
      ControllerRecord self,
      Records records,
      Map<Seat, Long> answers,
      boolean asked,
      boolean stood) {

    private List<Seat> others() {
      return records.controllers().stream()
          .filter(each -> !each.id().equals(self.id()))
          .map(ControllerRecord::seat)
          // Another store at my own address is gone, or I could not be here.
          .filter(each -> !each.place().equals(self.seat().place()))
          .filter(each -> !records.downed(each))
          .toList();
    }

    private boolean introduced() {
      return records.controllers().contains(self);
    }

    /**
     * The founder is inside from the record on, even if it does not know yet that it is written.
     */
    private boolean isInside(Seat seat) {
      boolean founded = records.formation().map(it -> it.founder().equals(seat)).orElse(false);
      return answer(seat)
          .map(number -> founded || (number > 0 && number == records.number()))
          .orElse(false);
    }

    private Optional<Long> answer(Seat seat) {
      return Optional.ofNullable(answers.get(seat));
    }
  }

  /**
   * A new formation is founded only when nobody who can be reached is in the recorded one, and
   * nobody who cannot be reached says in the store that he is; whoever is reached is joined.
   */
  static FormationStep outside(Outside seen) {
    Records records = seen.records();
    if (records.formation().map(each -> each.founder().equals(seen.self().seat())).orElse(false)) {
      return new FormationStep.Settle(records.number(), records.formationVersion());
    }
    List<Seat> others = seen.others();
    List<Seat> inside = others.stream().filter(seen::isInside).toList();
    boolean ahead =
        others.stream()
            .anyMatch(each -> seen.answer(each).map(it -> it > records.number()).orElse(false));
    List<Seat> silent = others.stream().filter(each -> seen.answer(each).isEmpty()).toList();
    if (ahead) return new FormationStep.Wait("the store was read too early");
    // Before the first formation nobody can be in one.
    if (inside.isEmpty() && (silent.isEmpty() || records.number() == 0)) {
      return new FormationStep.Found(
          records.number() + 1, records.formationVersion(), Optional.empty());
    }
    if (!seen.introduced()) return new FormationStep.Introduce();
    if (!inside.isEmpty()) {
      return new FormationStep.Join(records.number(), records.formationVersion(), inside);
    }
    return besideTheSilent(seen, silent);
  }

  /**
   * The silent may be dead, or beyond a broken line: in the formation, and at work. Those would
   * answer in the store. Who was answered asks again after a while: they may be dead by then.
   */
  private static FormationStep besideTheSilent(Outside seen, List<Seat> silent) {
    Records records = seen.records();
    if (records.challenged() && seen.stood()) {
      return new FormationStep.Found(
          records.number() + 1,
          records.formationVersion(),
          Optional.of(records.challengeVersion()));
    }
    boolean anew = records.challenge().isEmpty() || (!records.challenged() && seen.stood());
    if (seen.asked() && anew) {
      return new FormationStep.Challenge(
          records.number(), records.formationVersion(), records.challengeVersion());
    }
    return new FormationStep.Wait("no answer yet from " + silent);
  }

  /**
   * @param number of the formation that this actor system is in
   */
  static FormationStep inside(Seat self, long number, Records records) {
    if (records.downed(self) && records.number() == number) {
      return new FormationStep.Restart(
          "downed by " + records.downing().orElseThrow().decider() + " in formation " + number);
    }
    if (records.number() > number) {
      return new FormationStep.Restart(
          "formation " + records.number() + " took the place of " + number);
    }
    if (records.number() == number && records.challenged()) {
      return new FormationStep.Answer(
          number, records.formationVersion(), records.challengeVersion());
    }
    return new FormationStep.Stay(); // A local copy may be behind what this one wrote itself.
  }
}
