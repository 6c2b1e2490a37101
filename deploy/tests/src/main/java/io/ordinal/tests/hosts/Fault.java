package io.ordinal.tests.hosts;

import java.time.Duration;
import java.util.Set;

/** What befalls a host. Hosts are named by their index, so that a fault is a value. */
public sealed interface Fault {
  /** Calls the case that this is. */
  <R> R match(Cases<R> cases);

  /** SIGKILL to the member's JVM only; its workloads go on. */
  record KillMember(int host) implements Fault {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.killMember(this);
    }
  }

  /** SIGKILL to every process in the host; its kernel still answers. */
  record KillNode(int host) implements Fault {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.killNode(this);
    }
  }

  /** The cable first, then every process: nobody hears of their end. */
  record PowerOff(Set<Integer> hosts) implements Fault {
    public PowerOff {
      hosts = Set.copyOf(hosts);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.powerOff(this);
    }
  }

  /** SIGSTOP to the member's JVM; never to launchers or workloads. */
  record Freeze(int host) implements Fault {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.freeze(this);
    }
  }

  /** The link is down, and the host's own interface says so. */
  record Unplug(int host) implements Fault {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unplug(this);
    }
  }

  /**
   * Packets vanish.
   *
   * @param peers between which hosts and this one; empty: everybody
   */
  record CutOff(int host, Way way, Set<Integer> peers) implements Fault {
    public CutOff {
      peers = Set.copyOf(peers);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.cutOff(this);
    }
  }

  /** The cable is in for so long and out for so long, again and again. */
  record Flap(int host, Duration in, Duration out) implements Fault {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.flap(this);
    }
  }

  /** Some of the packets that arrive vanish. */
  record Loss(int host, int percent) implements Fault {
    public Loss {
      if (percent < 1 || percent > 99)
        throw new IllegalArgumentException("loss is between 1 and 99 percent, got " + percent);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.loss(this);
    }
  }

  /** Everything that it sends is late. Needs netem in the kernel. */
  record Delay(int host, Duration by) implements Fault {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.delay(this);
    }
  }

  /** The member is killed and what it kept is gone; its workloads go on. */
  record Wipe(int host, What what) implements Fault {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.wipe(this);
    }
  }

  /** Which packets vanish, as the host sees them. */
  enum Way {
    BOTH,
    INCOMING,
    OUTGOING
  }

  /** Which directory is lost. */
  enum What {
    STORE,
    NODE,
    EVERYTHING
  }

  /** One method for each fault. */
  interface Cases<R> {
    R killMember(KillMember fault);

    R killNode(KillNode fault);

    R powerOff(PowerOff fault);

    R freeze(Freeze fault);

    R unplug(Unplug fault);

    R cutOff(CutOff fault);

    R flap(Flap fault);

    R loss(Loss fault);

    R delay(Delay fault);

    R wipe(Wipe fault);
  }
}
