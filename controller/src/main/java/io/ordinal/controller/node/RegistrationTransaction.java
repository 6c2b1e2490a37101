package io.ordinal.controller.node;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.model.SessionRecord;
import io.ordinal.controller.node.NodeDocument.Readiness;
import io.ordinal.controller.node.wire.SessionCodec;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.StoredRecord;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.agent.FrontDoorRequest.Hello;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a registration commits: the session's record, which session is the node's latest, and the
 * Node object, in one transaction that holds only on the state it was decided on. Pure.
 */
final class RegistrationTransaction {
  private final View view;
  private final Hello hello;
  private final String agent;
  private final String freshUid;
  private final Instant now;
  private final Duration lease;

  /**
   * @param lease of a session that begins, and at least that of one that goes on
   * @param agent serialized reference of the agent's actor
   * @param freshUid for the Node object, should there be none
   */
  RegistrationTransaction(
      View view, Hello hello, Duration lease, String agent, String freshUid, Instant now) {
    this.view = view;
    this.hello = hello;
    this.agent = agent;
    this.freshUid = freshUid;
    this.now = now;
    this.lease = lease;
  }

  /**
   * What to commit, and what it comes to.
   *
   * @param refusal why the node may not register now; then there is no session
   * @param lease how long the session's grants last
   * @param resting whether the session rests
   * @param closed the session that ends with it
   * @param ending lives that count no more: what still runs of them must end
   */
  record Plan(
      Optional<Session> session,
      Duration lease,
      boolean resting,
      Optional<Session> closed,
      Optional<String> refusal,
      List<LifeStatus> ending,
      Transaction transaction) {}

  /** Where no restore is to be dealt with, and nothing is forgotten. */
  Plan plan() {
    return plan(life -> true, Optional.empty());
  }

  /**
   * @param known whether the log has this life there
   * @param inhabited numbers of sessions that have lives: the others of the node that are over are
   *     forgotten, if this is there
   */
  Plan plan(Predicate<LifeStatus> known, Optional<Set<Long>> inhabited) {
    NodeName node = hello.node();
    Optional<Sessions.Entry> latest = Sessions.latest(view, node);
    boolean renewed =
        latest.isPresent()
            && view.recordVersion(Sessions.leaseKey(latest.get().record().session())) > 0;
    boolean calledOff =
        view.get(Sessions.nodeKey(node))
            .map(ApiObject::of)
            .filter(OutOfService::declared)
            .isPresent();
    Registration decision =
        Registration.decide(hello, latest.map(Sessions.Entry::record), renewed, calledOff);
    if (decision instanceof Registration.Wait wait) {
      boolean off = latest.map(Sessions.Entry::record).filter(this::declaredOff).isPresent();
      return refused(wait.reason() + restored(latest), off ? hello.lives() : List.of());
    }
    boolean held = RestoreHold.current(view).isPresent();
    boolean ahead = decision instanceof Registration.Ahead;
    if (ahead && !held) {
      return refused(Refusals.unknown(hello, latest.orElseThrow().record()), List.of());
    }
    Predicate<LifeStatus> strange = life -> !known.test(life) || ahead && life.fenced();
    List<LifeStatus> strangers = held ? running(strange) : List.of();
    if (!strangers.isEmpty()) return refused(unknown(strangers), strangers);
    return decision instanceof Registration.Resume
        ? resumed(latest.orElseThrow())
        : opened(latest, inhabited);
  }

  private String restored(Optional<Sessions.Entry> latest) {
    return latest
        .map(entry -> entry.record().session())
        .filter(RestoreHold.unheard(view)::contains)
        .map(session -> Refusals.restored(hello))
        .orElse("");
  }

  private List<LifeStatus> running(Predicate<LifeStatus> those) {
    return hello.lives().stream()
        .filter(life -> life.phase() != Phase.ENDED && those.test(life))
        .toList();
  }

  private static String unknown(List<LifeStatus> strangers) {
    return "the store was restored from a backup that knows nothing of these lives under this"
        + " session, so they must end first: "
        + strangers.stream()
            .map(life -> life.replica() + "#" + life.incarnation())
            .collect(Collectors.joining(", "));
  }

  private static Plan refused(String reason, List<LifeStatus> ending) {
    return new Plan(
        Optional.empty(),
        Duration.ZERO,
        false,
        Optional.empty(),
        Optional.of(reason),
        ending,
        new Transaction(List.of()));
  }

  private boolean declaredOff(SessionRecord latest) {
    return latest.standing() == Standing.OFF
        && latest.session().stateUuid().equals(hello.stateUuid());
  }

  private Plan resumed(Sessions.Entry current) {
    SessionRecord record = current.record();
    SessionRecord wanted =
        rested(
            record
                .reachedAt(hello.inventory().address(), agent)
                .on(hello.machine())
                .lastingAtLeast(lease));
    List<Operation> operations = new ArrayList<>();
    if (!wanted.equals(record)) {
      operations.add(
          new Operation.PutRecord(
              Sessions.key(record.session()),
              SessionCodec.encode(wanted),
              RecordCondition.at(current.version())));
    }
    RestoreHold.current(view)
        .ifPresent(held -> operations.add(RestoreHold.heard(record.session(), held)));
    boolean resting = wanted.standing() == Standing.RESTING;
    nodeObject(record.session(), resting ? Readiness.RESTING : Readiness.READY)
        .ifPresent(operations::add);
    return new Plan(
        Optional.of(record.session()),
        wanted.lease(),
        resting,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        new Transaction(operations));
  }

  /** Nothing ends its fenced lives, so its lease must not count, whatever a restored log says. */
  private SessionRecord rested(SessionRecord record) {
    boolean unarmed = hello.lifted() && hello.previous().equals(Optional.of(record.session()));
    return unarmed && record.standing() == Standing.READY
        ? record.resting(record.rested())
        : record;
  }

  private Plan opened(Optional<Sessions.Entry> latest, Optional<Set<Long>> inhabited) {
    Session session = allotted();
    List<Operation> operations = new ArrayList<>();
    operations.add(put(Sessions.NUMBER, SessionCodec.encodeNumber(session.number())));
    operations.add(
        new Operation.PutRecord(
            Sessions.key(session),
            SessionCodec.encode(
                SessionRecord.opened(
                    session, hello.machine(), hello.inventory().address(), agent, lease)),
            RecordCondition.ABSENT));
    operations.add(put(Sessions.latestKey(session.node()), SessionCodec.encodeLatest(session)));
    Optional<Sessions.Entry> closing = latest.filter(entry -> !entry.record().standing().over());
    closing.ifPresent(entry -> close(entry, operations));
    inhabited.ifPresent(numbers -> forget(numbers, latest, operations));
    nodeObject(session, Readiness.READY).ifPresent(operations::add);
    return new Plan(
        Optional.of(session),
        lease,
        false,
        closing.map(entry -> entry.record().session()),
        Optional.empty(),
        List.of(),
        new Transaction(operations));
  }

  /** Nothing is placed on a session that is over, so what has no life there never will. */
  private void forget(
      Set<Long> inhabited, Optional<Sessions.Entry> latest, List<Operation> operations) {
    for (Sessions.Entry each : Sessions.family(view, hello.node())) {
      Session session = each.record().session();
      if (!each.record().standing().over() || inhabited.contains(session.number())) continue;
      if (latest.filter(each::equals).isPresent()) continue; // People still ask how it ended.
      operations.add(
          new Operation.DeleteRecord(Sessions.key(session), RecordCondition.at(each.version())));
    }
  }

  /** Higher than any before, also after a restore, which raises the revision. */
  private Session allotted() {
    long last =
        view.record(Sessions.NUMBER)
            .map(stored -> SessionCodec.decodeNumber(stored.value()))
            .orElse(0L);
    long number = Math.max(last + 1, view.revision().value());
    return new Session(hello.node(), hello.stateUuid(), hello.bootId(), number);
  }

  private void close(Sessions.Entry entry, List<Operation> operations) {
    Session session = entry.record().session();
    operations.add(
        new Operation.PutRecord(
            Sessions.key(session),
            SessionCodec.encode(entry.record().closed()),
            RecordCondition.at(entry.version())));
    // One that was never renewed may be closed because of that: only while it is so.
    boolean renewed = view.recordVersion(Sessions.leaseKey(session)) > 0;
    RecordCondition lease = renewed ? RecordCondition.ANY : RecordCondition.ABSENT;
    operations.add(new Operation.DeleteRecord(Sessions.leaseKey(session), lease));
  }

  private Operation put(RecordKey key, byte[] value) {
    return new Operation.PutRecord(
        key,
        value,
        view.record(key)
            .map(StoredRecord::version)
            .map(RecordCondition::at)
            .orElse(RecordCondition.ABSENT));
  }

  private Optional<Operation> nodeObject(Session session, Readiness readiness) {
    ObjectKey key = Sessions.nodeKey(session.node());
    Optional<StoredObject> stored = view.get(key);
    Optional<ApiObject> existing = stored.map(ApiObject::of);
    ObjectNode wanted =
        NodeDocument.registered(existing, session, hello.inventory(), readiness, freshUid, now);
    if (existing.isPresent() && existing.get().tree().equals(wanted)) return Optional.empty();
    Condition condition =
        stored.map(StoredObject::revision).map(Condition::at).orElse(Condition.ABSENT);
    return Optional.of(new Operation.Put(key, new ApiObject(wanted).draft(), condition));
  }
}
