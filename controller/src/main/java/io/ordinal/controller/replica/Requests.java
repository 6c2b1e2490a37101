package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.replica.Decision.Creation;
import io.ordinal.controller.replica.ReplicaCommand.Amend;
import io.ordinal.controller.replica.ReplicaCommand.Begin;
import io.ordinal.controller.replica.ReplicaCommand.Create;
import io.ordinal.controller.replica.ReplicaCommand.Delete;
import io.ordinal.controller.replica.ReplicaCommand.Edit;
import io.ordinal.controller.replica.ReplicaCommand.End;
import io.ordinal.controller.replica.ReplicaCommand.Predecessor;
import io.ordinal.controller.replica.ReplicaState.Ended;
import io.ordinal.controller.replica.ReplicaState.Life;
import io.ordinal.controller.replica.ReplicaState.Living;
import io.ordinal.controller.replica.ReplicaState.Releasing;
import io.ordinal.controller.replica.ReplicaState.Vacant;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Decides what the set controller's and the clients' requests do to a replica. Pure. */
final class Requests {
  private final Held held;
  private final Instant now;

  Requests(Held held, Instant now) {
    this.held = held;
    this.now = now;
  }

  Step begin(Begin order, Supplier<UUID> ids) {
    if (held.state() instanceof Vacant vacant) {
      ReplicaState next =
          vacant.begin(
              held.acknowledged().at(),
              life -> PodBirth.pod(order.pod(), ids.get(), life, now),
              Optional.of(order.basis()));
      return new Step.Write(
          next, Decision.by(order.basis(), claims(order.claims(), ids), standing(order.after())));
    }
    Living living = (Living) held.state();
    boolean sameSet =
        living
            .life()
            .order()
            .filter(last -> last.setUid().equals(order.basis().setUid()))
            .isPresent();
    boolean ending = living.life().pod().object().deletionTimestamp().isPresent();
    if (ending) return new Step.Answer(Answers.ending(held.replica()));
    return new Step.Answer(sameSet ? present() : Answers.exists(held.replica()));
  }

  /** Each of them may be lost between the look and this transaction. */
  private static List<Operation.Expect> standing(List<Predecessor> after) {
    return after.stream()
        .map(
            each ->
                new Operation.Expect(
                    ReplicaRecords.pod(each.replica()), new Condition.WithUid(each.podUid())))
        .toList();
  }

  Step end(End order) {
    if (!(held.state() instanceof Living living)
        || !living.life().pod().uid().equals(order.podUid())) {
      return new Step.Answer(Answers.goneAlready(held.replica(), order.podUid()));
    }
    // Never hastens what somebody asked for already.
    if (living instanceof Releasing && deleting(living)) return new Step.Answer(present());
    ReplicaState next = Deletion.asked(living, Optional.empty(), now);
    return write(next, Decision.by(order.basis(), List.of()));
  }

  Step amend(Amend order, Supplier<UUID> ids) {
    if (!(held.state() instanceof Living living)) return missing();
    if (!revision().equals(order.expected())) {
      return new Step.Answer(Answers.modified(held.replica()));
    }
    PodDocument pod = PodEdit.takeOver(living.life().pod(), order.pod());
    Living next = living.with(new Life(pod, Optional.of(order.basis())));
    return new Step.Write(settled(next), Decision.by(order.basis(), claims(order.claims(), ids)));
  }

  Step create(Create request, Supplier<UUID> ids) {
    if (!(held.state() instanceof Vacant vacant)) {
      return new Step.Answer(Answers.exists(held.replica()));
    }
    ReplicaState next =
        vacant.begin(
            held.acknowledged().at(),
            life -> PodBirth.pod(request.pod(), ids.get(), life, now),
            Optional.empty());
    return new Step.Write(next, Decision.PLAIN);
  }

  Step edit(Edit request) {
    if (!(held.state() instanceof Living living)) return missing();
    if (!revision().equals(request.expected())) {
      return new Step.Answer(Answers.modified(held.replica()));
    }
    PodDocument pod = PodEdit.takeOver(living.life().pod(), request.pod());
    return write(settled(living.with(living.life().with(pod))), Decision.PLAIN);
  }

  Step delete(Delete request) {
    if (!(held.state() instanceof Living living)) return missing();
    ReplicaId replica = held.replica();
    String uid = living.life().pod().uid();
    if (request.uid().filter(wanted -> !wanted.equals(uid)).isPresent()) {
      return new Step.Answer(Answers.precondition(replica, "UID", request.uid().get(), uid));
    }
    if (request.revision().filter(wanted -> !wanted.equals(revision())).isPresent()) {
      return new Step.Answer(
          Answers.precondition(
              replica,
              "ResourceVersion",
              request.revision().get().toString(),
              revision().toString()));
    }
    ReplicaState next = Deletion.asked(living, request.grace(), now);
    if (!request.dryRun()) return write(next, Decision.PLAIN);
    return new Step.Answer(new Verdict.Done<>(afterwards(next, revision())));
  }

  /** The pod after a step; its last state when it is gone. */
  StoredObject afterwards(ReplicaState next, Revision at) {
    ObjectKey key = ReplicaRecords.pod(held.replica());
    Revision created = held.acknowledged().pod().map(StoredObject::created).orElse(at);
    PodDocument pod =
        next.pod()
            .orElseGet(
                () -> {
                  PodDocument last = held.state().pod().orElseThrow();
                  boolean marked = last.object().deletionTimestamp().isPresent();
                  return marked ? last : Deletion.marked(last, now, Duration.ZERO);
                });
    return StoredPods.at(key, pod.object(), at, created);
  }

  private Step write(ReplicaState next, Decision decision) {
    return next.equals(held.state()) ? new Step.Answer(present()) : new Step.Write(next, decision);
  }

  private static ReplicaState settled(Living state) {
    return state instanceof Ended ended ? Deletion.settled(ended) : state;
  }

  private static boolean deleting(Living state) {
    return state.life().pod().object().deletionTimestamp().isPresent();
  }

  private Step missing() {
    return new Step.Answer(Answers.notFound(held.replica()));
  }

  private Verdict<StoredObject> present() {
    return new Verdict.Done<>(held.acknowledged().pod().orElseThrow());
  }

  private Revision revision() {
    return held.acknowledged().pod().map(StoredObject::revision).orElse(Revision.ZERO);
  }

  private List<Creation> claims(List<byte[]> asked, Supplier<UUID> ids) {
    List<Creation> found = new ArrayList<>();
    for (byte[] each : asked) {
      ApiObject claim = new ApiObject(PodBirth.claim(each, ids.get(), now));
      ObjectKey key =
          new ObjectKey(ReplicaRecords.CLAIMS, held.replica().namespace(), claim.name());
      found.add(new Creation(key, claim));
    }
    return found;
  }
}
