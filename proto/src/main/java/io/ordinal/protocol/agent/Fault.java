package io.ordinal.protocol.agent;

import io.ordinal.protocol.id.ReplicaId;
import java.util.List;

/** Something bad that a drill does to one member on purpose, for a while. */
public sealed interface Fault {
  <R> R match(Cases<R> cases);

  /**
   * SIGKILL of the member's JVM. Nothing is started again afterwards by the fault itself.
   *
   * @param withWorkloads and at once of every process that this node hosts, as a power cut would
   */
  record KillMember(boolean withWorkloads) implements Fault {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.killMember(this);
    }
  }

  /** SIGSTOP of the member's JVM, SIGCONT at the end; workloads and their launchers go on. */
  record FreezeMember() implements Fault {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.freezeMember(this);
    }
  }

  /**
   * No packet comes from or goes to these addresses.
   *
   * @param addresses empty: everything but loopback
   */
  record CutOff(List<String> addresses) implements Fault {
    public CutOff {
      addresses = List.copyOf(addresses);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.cutOff(this);
    }
  }

  /** SIGKILL of the main processes of the replica's life here; the launcher sees them end. */
  record KillReplica(ReplicaId replica) implements Fault {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.killReplica(this);
    }
  }

  /** SIGSTOP of the replica's processes here, SIGCONT at the end; never of their launcher. */
  record FreezeReplica(ReplicaId replica) implements Fault {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.freezeReplica(this);
    }
  }

  /** The member is asked to stop in order, as by SIGTERM. */
  record Stop() implements Fault {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.stop(this);
    }
  }

  /** One method a fault, so that a new one must be decided everywhere before it compiles. */
  interface Cases<R> {
    R killMember(KillMember fault);

    R freezeMember(FreezeMember fault);

    R cutOff(CutOff fault);

    R killReplica(KillReplica fault);

    R freezeReplica(FreezeReplica fault);

    R stop(Stop fault);
  }
}
