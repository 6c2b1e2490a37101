package io.ordinal.controller.node;

import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.model.SessionRecord;
import io.ordinal.controller.node.wire.SessionCodec;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest.Armed;
import io.ordinal.protocol.agent.FrontDoorRequest.Rest;
import io.ordinal.protocol.id.Session;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Planned stops: commits that a session rests, and that its lease counts again. What could not be
 * committed is not answered: the agent asks again. Nor is what came late.
 */
final class Rests {
  private static final Logger LOG = LoggerFactory.getLogger(Rests.class);

  private final ObjectStore store;

  Rests(ObjectStore store) {
    this.store = store;
  }

  /**
   * What a request comes to.
   *
   * @param session as it is once the transaction is committed; empty when the log never had it
   * @param transaction may be empty
   */
  record Plan(Optional<SessionRecord> session, Transaction transaction) {
    Optional<Standing> standing() {
      return session.map(SessionRecord::standing);
    }
  }

  void rest(Rest rest) {
    settle(
        rest.session(),
        view -> resting(view, rest.session(), rest.sequence()),
        rest.agent(),
        this::wordOnRest);
  }

  void armed(Armed armed) {
    settle(
        armed.session(),
        view -> armed(view, armed.session(), armed.sequence()),
        armed.agent(),
        this::wordOnArmed);
  }

  /** A request from before the last granted renewal is late: the agent has gone on since. */
  static Plan resting(View view, Session session, long sequence) {
    return Sessions.record(view, session)
        .map(
            entry -> {
              boolean counts =
                  entry.record().mayRest(sequence) && sequence >= granted(view, session);
              return counts ? write(entry, entry.record().resting(sequence)) : asItIs(entry);
            })
        .orElseGet(Rests::unknown);
  }

  static Plan armed(View view, Session session, long sequence) {
    return Sessions.record(view, session)
        .map(
            entry ->
                entry.record().mayBeArmed(sequence)
                    ? write(entry, entry.record().armed(sequence))
                    : asItIs(entry))
        .orElseGet(Rests::unknown);
  }

  /** Number of the last renewal that was granted; 0 before the first. */
  static long granted(View view, Session session) {
    return view.record(Sessions.leaseKey(session))
        .map(stored -> SessionCodec.decodeLease(stored.value()))
        .orElse(0L);
  }

  private static Plan write(Sessions.Entry entry, SessionRecord next) {
    return new Plan(
        Optional.of(next),
        Transaction.of(
            new Operation.PutRecord(
                Sessions.key(next.session()),
                SessionCodec.encode(next),
                RecordCondition.at(entry.version()))));
  }

  private static Plan asItIs(Sessions.Entry entry) {
    return new Plan(Optional.of(entry.record()), new Transaction(List.of()));
  }

  private static Plan unknown() {
    return new Plan(Optional.empty(), new Transaction(List.of()));
  }

  private void settle(
      Session session, Function<View, Plan> plan, ActorRef<AgentCommand> agent, Words words) {
    store
        .read(Freshness.LINEARIZABLE, plan::apply)
        .thenCompose(decided -> commit(decided).thenApply(held -> held ? decided : null))
        .whenComplete(
            (decided, failure) -> {
              if (failure != null) {
                LOG.info(
                    "the standing of {} could not be changed: {}", session, failure.toString());
              } else if (decided != null) {
                words.of(session, decided).ifPresent(agent::tell);
              }
            });
  }

  private interface Words {
    Optional<AgentCommand> of(Session session, Plan decided);
  }

  /** Whether it was committed; otherwise the session has changed since it was read. */
  private CompletionStage<Boolean> commit(Plan plan) {
    return plan.transaction().operations().isEmpty()
        ? CompletableFuture.completedFuture(true)
        : store
            .commit(plan.transaction())
            .thenApply(outcome -> outcome instanceof Outcome.Committed);
  }

  private Optional<AgentCommand> wordOnRest(Session session, Plan decided) {
    Optional<Standing> standing = decided.standing();
    if (standing.isEmpty() || standing.get().over()) {
      return Optional.of(new AgentCommand.Lapsed(session));
    }
    return standing.get() == Standing.RESTING
        ? Optional.of(new AgentCommand.Resting(session))
        : Optional.empty();
  }

  private Optional<AgentCommand> wordOnArmed(Session session, Plan decided) {
    Optional<SessionRecord> record = decided.session();
    if (record.isEmpty() || record.get().standing().over()) {
      return Optional.of(new AgentCommand.Lapsed(session));
    }
    return record.get().standing() == Standing.READY
        ? Optional.of(new AgentCommand.Welcome(session, record.get().lease(), false))
        : Optional.empty();
  }
}
