package io.ordinal.controller.set;

import io.ordinal.controller.document.AccountVolume;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.document.Limits;
import io.ordinal.controller.model.ClaimView;
import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.plan.SetAction;
import io.ordinal.controller.replica.Basis;
import io.ordinal.controller.replica.ReplicaCommand;
import io.ordinal.controller.replica.ReplicaCommand.Predecessor;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Revision;
import io.ordinal.protocol.id.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries out the steps of one plan, on the documents that it was made from. Every order carries
 * the term and the set's uid and generation, so that it is void if one of them has moved.
 */
final class SetSteps implements SetAction.Cases<CompletionStage<StepResult>> {
  private final SetPorts ports;
  private final SetEvents events;
  private final Situation situation;
  private final ApiObject set;
  private final Basis basis;

  SetSteps(SetPorts ports, Term term, Situation situation) {
    this.ports = ports;
    this.events = new SetEvents(ports.events());
    this.situation = situation;
    this.set = situation.set();
    this.basis = new Basis(term, SetNames.set(set), set.uid(), set.generation());
  }

  /** Commits writes about the set, if the set and the term are still what they were. */
  static CompletionStage<StepResult> commit(
      SetPorts ports, Term term, ApiObject set, List<Operation> writes) {
    List<Operation> guarded = new ArrayList<>();
    guarded.add(new Operation.ExpectRecord(SetLook.TERM, RecordCondition.at(term.value())));
    guarded.add(
        new Operation.Expect(
            SetNames.key(SetNames.set(set)),
            new Condition.AtGeneration(set.uid(), set.generation())));
    guarded.addAll(writes);
    return ports
        .store()
        .commit(new Transaction(guarded))
        .handle((outcome, failure) -> failure == null ? result(outcome) : failed(failure));
  }

  @Override
  public CompletionStage<StepResult> begin(SetAction.Begin action) {
    ObjectNode pod =
        PodComposer.compose(
            set, situation.template().get(action.revision()), action.revision(), action.ordinal());
    String account = AccountVolume.accountOf(pod);
    ObjectKey key = new ObjectKey(SetNames.ACCOUNTS, set.namespace(), account);
    return ports
        .store()
        .read(Freshness.LINEARIZABLE, view -> view.get(key))
        .thenCompose(
            found -> {
              found.map(ApiObject::of).ifPresent(each -> AccountVolume.mount(pod, each));
              // The account default is made a moment after its namespace: it is not waited for.
              boolean lacking = found.isEmpty() && !account.equals(AccountVolume.DEFAULT);
              return lacking
                  ? withoutAccount(replica(action.ordinal()), account)
                  : begin(action.ordinal(), pod);
            })
        .exceptionally(SetSteps::failed);
  }

  private CompletionStage<StepResult> withoutAccount(ReplicaId replica, String account) {
    String why =
        "pods \"%s\" is forbidden: %s"
            .formatted(replica.name(), AccountVolume.missing(set.namespace(), account));
    events.podStepFailed(set, "create", replica.name(), why);
    return CompletableFuture.completedStage(StepResult.troubled(why));
  }

  private CompletionStage<StepResult> begin(int ordinal, ObjectNode pod) {
    List<ObjectNode> claims = ClaimComposer.compose(set, ordinal, situation.defaultClass());
    ReplicaId replica = replica(ordinal);
    Optional<String> fault = beyondLimits(pod, claims);
    if (fault.isPresent()) {
      events.podStepFailed(set, "create", replica.name(), fault.get());
      return CompletableFuture.completedStage(StepResult.troubled(replica + ": " + fault.get()));
    }
    return ask(
        "create",
        replica,
        reply ->
            new ReplicaCommand.Begin(
                replica, basis, predecessors(ordinal), Json.bytes(pod), bytes(claims), reply),
        () -> claims.stream().map(SetSteps::name).forEach(each -> tellNewClaim(each, replica)));
  }

  /** Why neither the pod nor any of its claims is made, in the words of a refusal. */
  private Optional<String> beyondLimits(ObjectNode pod, List<ObjectNode> claims) {
    for (ObjectNode claim : claims) {
      if (situation.claims().containsKey(name(claim))) continue;
      List<String> faults = situation.limits().faultsOfClaim(claim);
      if (!faults.isEmpty()) return Optional.of(forbidden("persistentvolumeclaims", claim, faults));
    }
    situation.limits().complete(pod);
    List<String> faults = situation.limits().faultsOfPod(pod);
    return faults.isEmpty() ? Optional.empty() : Optional.of(forbidden("pods", pod, faults));
  }

  private static String forbidden(String plural, ObjectNode object, List<String> faults) {
    return "%s \"%s\" is forbidden: %s".formatted(plural, name(object), Limits.joined(faults));
  }

  /** Under OrderedReady, those that the plan found available. */
  private List<Predecessor> predecessors(int ordinal) {
    if (!situation.view().spec().ordered()) return List.of();
    return situation.view().replicas().stream()
        .filter(each -> each.member() && each.ordinal() < ordinal)
        .filter(each -> situation.view().spec().wants(each.ordinal()))
        .map(each -> new Predecessor(replica(each.ordinal()), each.podUid()))
        .toList();
  }

  private void tellNewClaim(String claim, ReplicaId replica) {
    if (!situation.claims().containsKey(claim)) events.claimCreated(set, claim, replica.name());
  }

  @Override
  public CompletionStage<StepResult> end(SetAction.End action) {
    ReplicaId replica = replica(action.ordinal());
    tellWhy(action, replica);
    return ask(
        "delete",
        replica,
        reply ->
            new ReplicaCommand.End(replica, basis, action.podUid(), reason(action.why()), reply),
        () -> {});
  }

  private void tellWhy(SetAction.End action, ReplicaId replica) {
    switch (action.why()) {
      case FINISHED -> events.recreatingFailed(set, replica.name());
      case BROKEN -> events.replacingBroken(set, replica.name());
      case SURPLUS, OUTDATED -> {} // Asked for by whoever changed the set.
    }
  }

  private static String reason(SetAction.Why why) {
    return switch (why) {
      case FINISHED -> "it will never run again";
      case SURPLUS -> "the set was scaled down";
      case OUTDATED -> "the set's template was changed";
      case BROKEN -> "it was not ready and the set's template was changed";
    };
  }

  @Override
  public CompletionStage<StepResult> amend(SetAction.Amend action) {
    ObjectNode pod = situation.pods().get(action.ordinal()).copy();
    PodComposer.identify(pod, basis.set(), action.ordinal());
    PodComposer.failover(pod, set);
    return amend(
        action.ordinal(),
        pod,
        ClaimComposer.compose(set, action.ordinal(), situation.defaultClass()));
  }

  @Override
  public CompletionStage<StepResult> adopt(SetAction.Adopt action) {
    ObjectNode pod = situation.pods().get(action.ordinal()).copy();
    Owners.add(pod, Owners.controlledBy(set));
    return amend(action.ordinal(), pod, List.of());
  }

  @Override
  public CompletionStage<StepResult> release(SetAction.Release action) {
    ObjectNode pod = situation.pods().get(action.ordinal()).copy();
    Owners.remove(pod, Set.of(set.uid()));
    return amend(action.ordinal(), pod, List.of());
  }

  private CompletionStage<StepResult> amend(int ordinal, ObjectNode pod, List<ObjectNode> claims) {
    ReplicaId replica = replica(ordinal);
    Revision expected = revision(situation.pods().get(ordinal));
    return ask(
        "update",
        replica,
        reply ->
            new ReplicaCommand.Amend(
                replica, basis, expected, Json.bytes(pod), bytes(claims), reply),
        () -> {});
  }

  @Override
  public CompletionStage<StepResult> ownClaims(SetAction.OwnClaims action) {
    ApiObject pod = situation.pods().get(action.ordinal());
    List<Operation> writes = new ArrayList<>();
    for (ClaimView view : situation.view().claims()) {
      if (view.ordinal() != action.ordinal() || view.owner() == action.owner()) continue;
      if (view.stale() || view.conflicting() || view.deleting()) continue;
      ApiObject claim = situation.claims().get(view.name());
      ObjectNode owned = claim.copy();
      Owners.remove(owned, pod == null ? Set.of(set.uid()) : Set.of(set.uid(), pod.uid()));
      if (action.owner() == ClaimView.Owner.SET) Owners.add(owned, Owners.controlledBy(set));
      if (action.owner() == ClaimView.Owner.POD) Owners.add(owned, Owners.controlledBy(pod));
      writes.add(
          new Operation.Put(
              situation.claimKey(view.name()),
              new ApiObject(owned).draft(),
              Condition.at(revision(claim))));
    }
    return commit(ports, basis.term(), set, writes);
  }

  private CompletionStage<StepResult> ask(
      String verb,
      ReplicaId replica,
      Function<ActorRef<Verdict<StoredObject>>, ReplicaCommand> order,
      Runnable onDone) {
    return ports
        .replicas()
        .ask(order)
        .handle(
            (verdict, failure) -> {
              if (failure != null) return failed(failure);
              StepResult result = judge(verb, replica, verdict);
              if (result == StepResult.DONE) onDone.run();
              return result;
            });
  }

  private StepResult judge(String verb, ReplicaId replica, Verdict<StoredObject> verdict) {
    if (verdict instanceof Verdict.TryLater<StoredObject> later) {
      return StepResult.troubled(replica + ": " + later.message());
    }
    if (verdict instanceof Verdict.Rejected<StoredObject> rejected) {
      return switch (rejected.reason()) {
        // What was to be deleted is gone.
        case NOT_FOUND -> StepResult.DONE;
        // Decided on something that has moved; the next look sees it.
        case CONFLICT, ALREADY_EXISTS -> StepResult.troubled(replica + ": " + rejected.message());
        case BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, INVALID, TOO_LARGE -> {
          events.podStepFailed(set, verb, replica.name(), rejected.message());
          yield StepResult.troubled(replica + ": " + rejected.message());
        }
      };
    }
    events.podStep(set, verb, replica.name());
    return StepResult.DONE;
  }

  private static StepResult result(Outcome outcome) {
    return outcome instanceof Outcome.Refused refused
        ? StepResult.troubled("refused: found " + refused.found())
        : StepResult.DONE;
  }

  private static StepResult failed(Throwable failure) {
    return StepResult.troubled(failure.toString());
  }

  private ReplicaId replica(int ordinal) {
    return basis.set().replica(ordinal);
  }

  private static String name(ObjectNode object) {
    return object.path("metadata").path("name").asString("");
  }

  private static Revision revision(ApiObject object) {
    return new Revision(Long.parseLong(object.resourceVersion()));
  }

  private static List<byte[]> bytes(List<ObjectNode> objects) {
    return objects.stream().map(Json::bytes).toList();
  }
}
