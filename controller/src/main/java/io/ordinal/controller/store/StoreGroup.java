package io.ordinal.controller.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * Who holds copies of the replicated store. Membership changes while the store serves; any member
 * may be asked for a change, which the leader carries out.
 */
public interface StoreGroup {
  /**
   * One copy.
   *
   * @param address host and port of the store's own protocol, as the others reach it
   */
  record Member(UUID id, String address) {}

  /** The group's identity; a restore from a backup begins a new one. */
  UUID id();

  /** This process's copy. */
  UUID self();

  /** The members by the newest configuration that this one knows. */
  List<Member> members();

  /** Who leads, as far as this member knows; empty while nobody is known to. */
  Optional<UUID> leader();

  /**
   * How old this member's copy may be: the time since a majority was last heard of. Zero while the
   * group is whole.
   */
  Duration age();

  /**
   * Makes it a member. It must already run, as one that waits to be added. Completes when it has
   * caught up and votes; adding a member again changes nothing.
   */
  CompletionStage<Void> add(Member member);

  /** Takes away its vote. A member that is not one changes nothing; the last one cannot leave. */
  CompletionStage<Void> remove(UUID member);

  /** Hands the lead to somebody else, if this member has it: before a planned stop. */
  CompletionStage<Void> stepDown();

  /** What this copy holds, to be compared with others at the same revision. */
  CompletionStage<Digest> digest();

  /**
   * @param index of the last applied log entry
   * @param revision of the last change
   * @param sha256 over every object and record, hexadecimal
   */
  record Digest(long index, long revision, String sha256) {}
}
