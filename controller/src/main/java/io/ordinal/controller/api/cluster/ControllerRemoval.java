package io.ordinal.controller.api.cluster;

import io.ordinal.controller.api.cluster.RemovalRules.Copy;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.Status.Details;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.cluster.ControllerRecord;
import io.ordinal.controller.cluster.Controllers;
import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.model.Verdict.Reason;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.StoreGroup;
import io.ordinal.controller.store.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Takes a controller out: its vote, its records, its place among the actor systems. It gets no
 * certificate any more.
 */
final class ControllerRemoval {
  private static final CompletionStage<Void> NOTHING = CompletableFuture.completedStage(null);
  private final ClusterParts parts;
  private final ControllerList controllers;
  private final Members members;

  ControllerRemoval(ClusterParts parts, ControllerList controllers) {
    this.parts = parts;
    this.controllers = controllers;
    this.members = new Members(parts.store());
  }

  CompletionStage<Void> remove(String asked) {
    return controllers
        .known()
        .thenCombine(members.controllers(), (known, joined) -> remove(asked, known, joined))
        .thenCompose(removed -> removed);
  }

  /**
   * Takes out what a controller had before it lost its disk, which counts as one that is away for
   * ever. Before it has another copy: what is sent to the former one must not reach that.
   */
  CompletionStage<Void> lost(MemberRecord member) {
    return members
        .noteLost(member) // Before the look: a vote that is being given is taken back after it.
        .thenCompose(
            noted -> {
              if (!noted) throw changed();
              return settled();
            })
        .thenCompose(
            known -> {
              Set<UUID> former = new LinkedHashSet<>(member.copy().stream().toList());
              known.stream()
                  .filter(each -> each.name().equals(member.name()))
                  .map(ControllerRecord::id)
                  .forEach(former::add);
              CompletionStage<Void> done = NOTHING;
              for (UUID each : former) {
                done = done.thenCompose(before -> lost(member.name(), each, known));
              }
              return done;
            });
  }

  /**
   * Takes back a vote that was given while its controller was removed, or lost the copy: neither
   * could see it yet.
   */
  CompletionStage<Void> unlessMeanwhile(String name, UUID copy) {
    return members
        .find(name)
        .thenApply(found -> found.filter(each -> each.role() == JoinRole.CONTROLLER))
        .thenCompose(
            found -> {
              if (found.filter(each -> each.asksFor(copy)).isPresent()) return NOTHING;
              StatusException refusal = found.isEmpty() ? removed() : changed();
              return parts
                  .group()
                  .remove(copy)
                  .thenCompose(gone -> CompletableFuture.failedStage(refusal));
            });
  }

  static StatusException removed() {
    return Refusal.forbidden(Details.NONE, "this controller was removed from the cluster");
  }

  private static StatusException changed() {
    return Refusal.unavailable("its record changed; ask again");
  }

  /** With all votes known that were given until now. */
  private CompletionStage<List<ControllerRecord>> settled() {
    return parts.store().read(Freshness.LINEARIZABLE, Controllers::in);
  }

  private CompletionStage<Void> lost(String name, UUID former, List<ControllerRecord> known) {
    if (!hasCopy(former)) return dismissed(row(former, known), Optional.empty());
    return copies(known)
        .thenCompose(
            copies -> {
              if (copies.stream().anyMatch(each -> each.id().equals(former) && each.answers())) {
                throw Refusal.conflict(
                    "a controller named %s answers, whose copy of the store is %s"
                        .formatted(name, former));
              }
              return carryOut(granted(name, former, copies), known, Optional.empty());
            });
  }

  private CompletionStage<Void> remove(
      String asked, List<ControllerRecord> known, List<MemberRecord> joined) {
    Optional<UUID> target =
        RemovalRules.target(asked, known)
            .or(() -> named(asked, joined).flatMap(MemberRecord::copy));
    Optional<ControllerRecord> row = target.flatMap(each -> row(each, known));
    Optional<MemberRecord> member =
        named(row.map(ControllerRecord::name).orElse(asked), joined)
            .or(() -> target.flatMap(id -> withCopy(id, joined)));
    boolean votes = target.filter(this::hasCopy).isPresent();
    if (!votes && row.isEmpty() && member.isEmpty()) throw unknown(asked);
    CompletionStage<Void> gone =
        votes
            ? copies(known)
                .thenCompose(
                    copies -> carryOut(granted(asked, target.get(), copies), known, member))
            : dismissed(row, member);
    if (target.equals(Optional.of(parts.group().self()))) return gone;
    return gone.thenCompose(done -> settled())
        .thenCompose(settled -> withoutVote(member.flatMap(MemberRecord::copy)));
  }

  /** It may have got a vote for as long as its record was there. */
  private CompletionStage<Void> withoutVote(Optional<UUID> copy) {
    return copy.filter(this::hasCopy).map(parts.group()::remove).orElse(NOTHING);
  }

  private static Optional<MemberRecord> named(String name, List<MemberRecord> joined) {
    return joined.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  private static Optional<MemberRecord> withCopy(UUID id, List<MemberRecord> joined) {
    return joined.stream().filter(each -> each.copy().equals(Optional.of(id))).findFirst();
  }

  private boolean hasCopy(UUID target) {
    return parts.group().members().stream().anyMatch(each -> each.id().equals(target));
  }

  /** It has no copy to take away: as after a restore, or when it joined and never came. */
  private CompletionStage<Void> dismissed(
      Optional<ControllerRecord> row, Optional<MemberRecord> member) {
    return forget(row.map(ControllerRecord::id), member).thenAccept(forgotten -> dismiss(row));
  }

  private CompletionStage<List<Copy>> copies(List<ControllerRecord> known) {
    List<CompletableFuture<Copy>> asked = new ArrayList<>();
    for (StoreGroup.Member each : parts.group().members()) {
      Optional<ControllerRecord> row = row(each.id(), known);
      String name = row.map(ControllerRecord::name).orElseGet(() -> each.id().toString());
      asked.add(
          silence(each.id(), row)
              .thenApply(silence -> new Copy(each.id(), name, silence))
              .toCompletableFuture());
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(all -> asked.stream().map(CompletableFuture::join).toList());
  }

  private CompletionStage<Optional<String>> silence(UUID copy, Optional<ControllerRecord> row) {
    if (copy.equals(parts.group().self()))
      return CompletableFuture.completedStage(Optional.empty());
    return row.map(each -> parts.neighbours().silence(each.management()))
        .orElseGet(
            () -> CompletableFuture.completedStage(Optional.of("it never said where it is")));
  }

  /**
   * It may not ask for a vote any more before its vote is taken; its row goes last, so that a
   * removal that was cut short can be asked again. This controller cannot write any more once it is
   * out, so it forgets itself before.
   */
  private CompletionStage<Void> carryOut(
      UUID target, List<ControllerRecord> known, Optional<MemberRecord> member) {
    Optional<ControllerRecord> row = row(target, known);
    Optional<UUID> id = Optional.of(target);
    CompletionStage<Void> out =
        target.equals(parts.group().self())
            ? forget(id, member).thenCompose(forgotten -> parts.group().remove(target))
            : forget(Optional.empty(), member)
                .thenCompose(forgotten -> parts.group().remove(target))
                .thenCompose(removed -> forget(id, Optional.empty()));
    return out.thenAccept(done -> dismiss(row));
  }

  private void dismiss(Optional<ControllerRecord> row) {
    row.ifPresent(each -> parts.neighbours().dismiss(each.seat().place()));
  }

  private CompletionStage<Void> forget(Optional<UUID> id, Optional<MemberRecord> member) {
    List<Operation> steps = new ArrayList<>();
    id.map(Controllers::forget).ifPresent(steps::add);
    if (member.isPresent()) {
      return members
          .forget(member.get(), steps)
          .thenAccept(
              forgotten -> {
                if (!forgotten) throw changed();
              });
    }
    if (steps.isEmpty()) return NOTHING;
    return parts
        .store()
        .commit(new Transaction(steps))
        .thenAccept(
            outcome -> {
              if (outcome instanceof Outcome.Refused) throw changed();
            });
  }

  private static StatusException unknown(String asked) {
    return Refusal.notFound("no controller is named " + asked);
  }

  private static Optional<ControllerRecord> row(UUID id, List<ControllerRecord> known) {
    return known.stream().filter(each -> each.id().equals(id)).findFirst();
  }

  private static UUID granted(String asked, UUID target, List<Copy> copies) {
    Verdict<UUID> verdict = RemovalRules.decide(target, copies);
    if (verdict instanceof Verdict.Rejected<UUID> rejected) {
      String why = asked + " is not removed: " + rejected.message();
      throw rejected.reason() == Reason.NOT_FOUND ? Refusal.notFound(why) : Refusal.conflict(why);
    }
    return target;
  }
}
