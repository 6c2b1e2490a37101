package io.ordinal.member;

import io.ordinal.controller.api.cluster.MemberRecord;
import io.ordinal.controller.api.cluster.Members;
import io.ordinal.controller.api.cluster.Members.Noted;
import io.ordinal.controller.boot.OpenStore;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster's record of this controller: that it is one, and where. Without it its node is not
 * admitted, its certificate not renewed, and no copy of the store given to it once it lost its own.
 * So it is noted again until it stands.
 */
final class OwnRecord {
  private static final Logger LOG = LoggerFactory.getLogger(OwnRecord.class);
  private final Supplier<CompletionStage<Noted>> note;
  private boolean stands;
  private String said = "";

  /**
   * @param note tries to have it stand
   */
  OwnRecord(Supplier<CompletionStage<Noted>> note) {
    this.note = note;
  }

  static OwnRecord of(MemberSettings settings, OpenStore store, InstantSource clock) {
    Members members = new Members(store.store());
    MemberRecord self = founder(settings, clock);
    return new OwnRecord(() -> members.note(self, store.group()));
  }

  /** As it is first written. */
  static MemberRecord founder(MemberSettings settings, InstantSource clock) {
    return MemberRecord.founder(
        settings.node().value(), List.of(settings.address()), clock.instant());
  }

  /** Notes it, unless it stands already. Blocks for as long as the store takes to answer. */
  void look() throws InterruptedException {
    if (stands) return;
    String obstacle = obstacle();
    stands = obstacle.isEmpty();
    if (stands) LOG.info("noted where this controller is");
    else if (!obstacle.equals(said)) LOG.warn("{}; it is tried again", obstacle);
    said = obstacle;
  }

  private String obstacle() throws InterruptedException {
    try {
      return switch (note.get().toCompletableFuture().get()) {
        case STANDS -> "";
        case OVERTAKEN -> "the record of where this controller is changed while it was written";
        case UNKNOWN ->
            "the cluster's records have no controller of this name, and this one founds no"
                + " cluster: its node is not admitted. To have it in the records, remove it (ordinal"
                + " controllers remove, on another one) and join with an empty data directory";
      };
    } catch (ExecutionException failed) {
      return "where this controller is could not be noted: " + failed.getCause().getMessage();
    }
  }
}
