package io.ordinal.controller.api.cluster;

import io.ordinal.controller.api.cluster.RemovalRules.Copy;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.cluster.ControllerRecord;
import io.ordinal.controller.cluster.Controllers;
import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.model.Verdict.Reason;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.StoreGroup;
import io.ordinal.controller.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Takes a controller out: its vote, its records, its place among the actor systems. It gets no
 * certificate any more.
 */
final class ControllerRemoval {
  private final ClusterParts parts;
  private final ControllerList controllers;

  ControllerRemoval(ClusterParts parts, ControllerList controllers) {
    this.parts = parts;
    this.controllers = controllers;
  }

  CompletionStage<Void> remove(String asked) {
    return controllers
        .known()
        .thenCompose(
            known -> {
              UUID target = RemovalRules.target(asked, known).orElseThrow(() -> unknown(asked));
              // As after a restore: it told of itself once, and has no copy to take away.
              if (!hasCopy(target))
                return dismissed(row(target, known).orElseThrow(() -> unknown(asked)));
              return copies(known)
                  .thenCompose(copies -> carryOut(granted(asked, target, copies), known));
            });
  }

  private boolean hasCopy(UUID target) {
    return parts.group().members().stream().anyMatch(each -> each.id().equals(target));
  }

  private CompletionStage<Void> dismissed(ControllerRecord row) {
    return forget(row.id(), Optional.of(row))
        .thenAccept(forgotten -> parts.neighbours().dismiss(row.seat().place()));
  }

  private CompletionStage<List<Copy>> copies(List<ControllerRecord> known) {
    List<CompletableFuture<Copy>> asked = new ArrayList<>();
    for (StoreGroup.Member each : parts.group().members()) {
      CompletionStage<Boolean> answers =
          each.id().equals(parts.group().self())
              ? CompletableFuture.completedStage(true)
              : row(each.id(), known)
                  .map(row -> parts.neighbours().answers(row.management()))
                  .orElseGet(() -> CompletableFuture.completedStage(false));
      asked.add(answers.thenApply(yes -> new Copy(each.id(), yes)).toCompletableFuture());
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(all -> asked.stream().map(CompletableFuture::join).toList());
  }

  /** This controller cannot write any more once it is out, so it forgets itself before. */
  private CompletionStage<Void> carryOut(UUID target, List<ControllerRecord> known) {
    Optional<ControllerRecord> row = row(target, known);
    CompletionStage<Void> out =
        target.equals(parts.group().self())
            ? forget(target, row).thenCompose(forgotten -> parts.group().remove(target))
            : parts.group().remove(target).thenCompose(removed -> forget(target, row));
    return out.thenAccept(
        done -> row.ifPresent(each -> parts.neighbours().dismiss(each.seat().place())));
  }

  private CompletionStage<Void> forget(UUID target, Optional<ControllerRecord> row) {
    List<Operation> steps = new ArrayList<>();
    steps.add(Controllers.forget(target));
    row.ifPresent(each -> steps.add(removal(MemberRecord.key(each.name()))));
    return parts.store().commit(new Transaction(steps)).thenApply(outcome -> null);
  }

  private static StatusException unknown(String asked) {
    return Refusal.notFound("no controller is named " + asked);
  }

  private static Operation removal(RecordKey key) {
    return new Operation.DeleteRecord(key, RecordCondition.ANY);
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
