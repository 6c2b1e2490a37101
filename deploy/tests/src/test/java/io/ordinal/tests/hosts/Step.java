package io.ordinal.tests.hosts;

import java.time.Duration;
import java.util.Set;

/** One step of a scenario. Everything by chance is decided before; {@code toString} tells it. */
sealed interface Step {
  <R> R match(Cases<R> cases);

  /** Something befalls a host; it lasts until it is healed. */
  record Strike(Aim aim, Harm harm) implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.strike(this);
    }
  }

  /** Time passes, so that the next step meets what the last ones started at some moment of it. */
  record Pause(Duration time) implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.pause(this);
    }
  }

  /** Everything that was struck is healed, the last one first. */
  record Heal() implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.heal(this);
    }
  }

  record Scale(String set, int replicas) implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.scale(this);
    }
  }

  /** A change of the template: a rolling update begins. */
  record Update(String set, String word) implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.update(this);
    }
  }

  record Annotate(String set, String failover) implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.annotate(this);
    }
  }

  record DeletePod(String pod) implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.deletePod(this);
    }
  }

  /** The operator's word that the machine which had a node's name is off. */
  record DeclareOff(int host) implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.declareOff(this);
    }
  }

  /** Takes that word back. */
  record DeclareWell(int host) implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.declareWell(this);
    }
  }

  /** A person gives up the volumes that were on the disk of a host, and their data. */
  record GiveUp(int host) implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.giveUp(this);
    }
  }

  /** Passes when so many changes of the set's pods followed the last change of the set. */
  record Moment(String set, int changes) implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.moment(this);
    }
  }

  /** Passes when the set has so many replicas, all ready. */
  record Await(String set, int replicas) implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.await(this);
    }
  }

  /** Another machine joins under the name of a host, or goes again. */
  record Twin(int host, boolean comes) implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.twin(this);
    }
  }

  /** A controller loses its vote and its copy of the store, or joins as a new one. */
  record Vote(int host, boolean joins) implements Step {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.vote(this);
    }
  }

  interface Cases<R> {
    R strike(Strike step);

    R pause(Pause step);

    R heal(Heal step);

    R scale(Scale step);

    R update(Update step);

    R annotate(Annotate step);

    R deletePod(DeletePod step);

    R declareOff(DeclareOff step);

    R declareWell(DeclareWell step);

    R giveUp(GiveUp step);

    R moment(Moment step);

    R await(Await step);

    R twin(Twin step);

    R vote(Vote step);
  }

  /** Whom a strike hits; some are known only when it comes to it. */
  sealed interface Aim {
    /** A host by its index. */
    record At(int host) implements Aim {}

    /** Several hosts. */
    record Side(Set<Integer> hosts) implements Aim {}

    /** The host of a replica. */
    record HostOf(String pod) implements Aim {}

    /** The controller that leads the store. */
    record Leader() implements Aim {}

    /** The controller that looks after sets. */
    record Singleton() implements Aim {}

    /** All hosts. */
    record All() implements Aim {}
  }

  /** What a strike does. */
  enum Harm {
    KILL_MEMBER,
    KILL_NODE,
    POWER_OFF,
    FREEZE,
    UNPLUG,
    CUT_BOTH,
    CUT_INCOMING,
    CUT_OUTGOING,
    CUT_FROM_CONTROLLERS,
    CUT_FROM_THE_REST,
    FLAP,
    WIPE_STORE,
    WIPE_NODE,
    WIPE_EVERYTHING
  }
}
