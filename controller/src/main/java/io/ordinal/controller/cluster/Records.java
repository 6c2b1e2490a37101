package io.ordinal.controller.cluster;

import io.ordinal.controller.store.View;
import java.util.List;
import java.util.Optional;

/**
 * What the store says about the cluster, at one moment.
 *
 * @param formationVersion for the condition of the next one
 * @param downing of the present formation only
 * @param downingVersion for the condition of the next decision
 * @param challenge to the present formation only
 * @param challengeVersion for the conditions of a challenge, its answer, and a founding
 */
record Records(
    Optional<FormationRecord> formation,
    long formationVersion,
    Optional<DowningRecord> downing,
    long downingVersion,
    Optional<ChallengeRecord> challenge,
    long challengeVersion,
    List<ControllerRecord> controllers) {

  static Records in(View view) {
    Optional<FormationRecord> formation =
        view.record(FormationRecord.KEY).map(each -> FormationRecord.of(each.value()));
    Optional<DowningRecord> downing =
        view.record(DowningRecord.KEY)
            .map(each -> DowningRecord.of(each.value()))
            .filter(each -> formation.map(now -> now.number() == each.formation()).orElse(false));
    long number = formation.map(FormationRecord::number).orElse(0L);
    Optional<ChallengeRecord> challenge =
        view.record(ChallengeRecord.KEY)
            .map(each -> ChallengeRecord.of(each.value()))
            .filter(each -> each.formation() == number);
    return new Records(
        formation,
        view.recordVersion(FormationRecord.KEY),
        downing,
        view.recordVersion(DowningRecord.KEY),
        challenge,
        view.recordVersion(ChallengeRecord.KEY),
        Controllers.in(view));
  }

  /** 0 before the first. */
  long number() {
    return formation.map(FormationRecord::number).orElse(0L);
  }

  /** Somebody asks whether the present formation lives, and has no answer yet. */
  boolean challenged() {
    return challenge.filter(each -> !each.answered()).isPresent();
  }

  boolean downed(Seat seat) {
    return downing.map(each -> each.names(seat)).orElse(false);
  }
}
