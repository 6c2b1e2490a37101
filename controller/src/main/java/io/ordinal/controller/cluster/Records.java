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
 */
record Records(
    Optional<FormationRecord> formation,
    long formationVersion,
    Optional<DowningRecord> downing,
    long downingVersion,
    List<ControllerRecord> controllers) {

  static Records in(View view) {
    Optional<FormationRecord> formation =
        view.record(FormationRecord.KEY).map(each -> FormationRecord.of(each.value()));
    Optional<DowningRecord> downing =
        view.record(DowningRecord.KEY)
            .map(each -> DowningRecord.of(each.value()))
            .filter(each -> formation.map(now -> now.number() == each.formation()).orElse(false));
    return new Records(
        formation,
        view.recordVersion(FormationRecord.KEY),
        downing,
        view.recordVersion(DowningRecord.KEY),
        Controllers.in(view));
  }

  /** 0 before the first. */
  long number() {
    return formation.map(FormationRecord::number).orElse(0L);
  }

  boolean downed(Seat seat) {
    return downing.map(each -> each.names(seat)).orElse(false);
  }
}
