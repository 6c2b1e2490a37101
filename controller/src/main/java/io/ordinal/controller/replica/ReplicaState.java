package io.ordinal.controller.replica;

import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.Revision;
import io.ordinal.protocol.id.Session;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lifecycle of one identity: vacant -> pending -> placed -> releasing -> ended -> vacant. Pending
 * may go to ended directly. Each life has a higher incarnation.
 */
public sealed interface ReplicaState {
  /** Of the present life, or of the last one. */
  Incarnation incarnation();

  /** What its claims are bound to, by the name of the claim; survives its lives. */
  Map<String, ClaimBinding> claims();

  <R> R match(Cases<R> cases);

  /** The pod, while there is one. */
  default Optional<PodDocument> pod() {
    return Optional.empty();
  }

  /** Where its processes may be. */
  default Optional<Stay> whereabouts() {
    return Optional.empty();
  }

  /** A state in which there is a pod. */
  sealed interface Living extends ReplicaState {
    Life life();

    /** The same state of the same life after a change of what clients or the set see. */
    Living with(Life life);

    @Override
    default Optional<PodDocument> pod() {
      return Optional.of(life().pod());
    }
  }

  /**
   * One life as clients and its set see it.
   *
   * @param order the set order that it last followed; empty for a bare pod
   */
  record Life(PodDocument pod, Optional<Basis> order) {
    Life with(PodDocument changed) {
      return new Life(changed, order);
    }
  }

  /**
   * Where a life may have processes.
   *
   * @param noted version of the last report taken over
   */
  record Stay(Session session, Fence fence, long noted) {
    /** As a life begins. */
    public Stay(Session session, boolean fenced, long noted) {
      this(session, Fence.begun(fenced), noted);
    }

    /** It ends with its session's lease; otherwise it is kept. */
    public boolean fenced() {
      return fence.fenced();
    }

    Stay noted(long version) {
      return new Stay(session, fence, version);
    }

    Stay with(Fence changed) {
      return new Stay(session, changed, noted);
    }

    /**
     * The same life under the next session of its state directory. Only kept lives outlive a
     * session.
     */
    Stay in(Session next) {
      if (fenced()) throw new IllegalStateException("a fenced life ended with " + session);
      if (!next.node().equals(session.node())
          || !next.stateUuid().equals(session.stateUuid())
          || next.number() <= session.number()) {
        throw new IllegalArgumentException(next + " does not continue " + session);
      }
      return new Stay(next, fence, 0); // What was noted may have been overwritten while away.
    }
  }

  /**
   * No pod.
   *
   * @param incarnation of the last life, {@link Incarnation#NONE} before the first
   */
  record Vacant(Incarnation incarnation, Map<String, ClaimBinding> claims) implements ReplicaState {
    static final Vacant FRESH = new Vacant(Incarnation.NONE, Map.of());

    public Vacant {
      claims = Map.copyOf(claims);
    }

    Pending begin(
        Revision decidedOn, Function<Incarnation, PodDocument> pod, Optional<Basis> order) {
      Incarnation next = incarnation.next(decidedOn);
      return new Pending(next, claims, new Life(pod.apply(next), order));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.vacant(this);
    }
  }

  /** There is a pod, and nothing ever ran. */
  record Pending(Incarnation incarnation, Map<String, ClaimBinding> claims, Life life)
      implements Living {
    public Pending {
      claims = Map.copyOf(claims);
    }

    Placed place(Stay stay, Map<String, ClaimBinding> bound, PodDocument pod) {
      return new Placed(incarnation, bound, life.with(pod), stay);
    }

    /** Nothing ever ran: no proof is needed. */
    Ended withdraw(PodDocument pod) {
      return new Ended(incarnation, claims, life.with(pod));
    }

    @Override
    public Pending with(Life changed) {
      return new Pending(incarnation, claims, changed);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.pending(this);
    }
  }

  /** Its node may run it. */
  record Placed(Incarnation incarnation, Map<String, ClaimBinding> claims, Life life, Stay stay)
      implements Living {
    public Placed {
      claims = Map.copyOf(claims);
    }

    /**
     * After a report.
     *
     * @param now with what was noted of it
     */
    Placed reported(Stay now, PodDocument pod) {
      return new Placed(incarnation, claims, life.with(pod), now);
    }

    Placed at(Stay changed) {
      return new Placed(incarnation, claims, life, changed);
    }

    Placed adopt(Session next) {
      return new Placed(incarnation, claims, life, stay.in(next));
    }

    /**
     * @param stopBy when the polite part of stopping is over
     */
    Releasing release(Instant stopBy, PodDocument pod) {
      return new Releasing(incarnation, claims, life.with(pod), stay, stopBy);
    }

    @Override
    public Placed with(Life changed) {
      return new Placed(incarnation, claims, changed, stay);
    }

    @Override
    public Optional<Stay> whereabouts() {
      return Optional.of(stay);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.placed(this);
    }
  }

  /** It must not run any more, and may still do so. */
  record Releasing(
      Incarnation incarnation,
      Map<String, ClaimBinding> claims,
      Life life,
      Stay stay,
      Instant stopBy)
      implements Living {
    public Releasing {
      claims = Map.copyOf(claims);
    }

    Releasing reported(long version, PodDocument pod) {
      return new Releasing(incarnation, claims, life.with(pod), stay.noted(version), stopBy);
    }

    Releasing adopt(Session next) {
      return new Releasing(incarnation, claims, life, stay.in(next), stopBy);
    }

    /** Sooner; never later. */
    Releasing hasten(Instant sooner, PodDocument pod) {
      if (sooner.isAfter(stopBy)) {
        throw new IllegalArgumentException("may stop by " + stopBy + " only, asked " + sooner);
      }
      return new Releasing(incarnation, claims, life.with(pod), stay, sooner);
    }

    /** The only way on: proof that this life runs nowhere. */
    Ended gone(ProofOfEnd proof, PodDocument pod) {
      proof.check(incarnation, stay);
      return new Ended(incarnation, claims, life.with(pod));
    }

    @Override
    public Releasing with(Life changed) {
      return new Releasing(incarnation, claims, changed, stay, stopBy);
    }

    @Override
    public Optional<Stay> whereabouts() {
      return Optional.of(stay);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.releasing(this);
    }
  }

  /** Its processes are proven gone; the pod stays, finished or held by finalizers. */
  record Ended(Incarnation incarnation, Map<String, ClaimBinding> claims, Life life)
      implements Living {
    public Ended {
      claims = Map.copyOf(claims);
    }

    Vacant vacate() {
      return new Vacant(incarnation, claims);
    }

    @Override
    public Ended with(Life changed) {
      return new Ended(incarnation, claims, changed);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ended(this);
    }
  }

  /** One method a state, so that a new state must be decided everywhere before it compiles. */
  interface Cases<R> {
    R vacant(Vacant state);

    R pending(Pending state);

    R placed(Placed state);

    R releasing(Releasing state);

    R ended(Ended state);
  }
}
