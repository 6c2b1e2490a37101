package io.ordinal.protocol.agent;

import java.util.List;

/** What a stream between a client and something on a node is for. */
public sealed interface StreamPurpose {
  <R> R match(Cases<R> cases);

  /**
   * Which streams the client asked for.
   *
   * @param tty the process is to have a terminal; there is no standard error of its own then
   */
  record Wanted(boolean stdin, boolean stdout, boolean stderr, boolean tty) {}

  /** A command of its own beside the processes of a container. */
  record Exec(String container, List<String> command, Wanted wanted) implements StreamPurpose {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.exec(this);
    }
  }

  /** What the container's own process writes from now on, and reads. */
  record Attach(String container, Wanted wanted) implements StreamPurpose {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.attach(this);
    }
  }

  /**
   * A connection to a port of the pod.
   *
   * @param port 0 to ask only whether the pod runs here: nothing is opened
   */
  record Forward(int port) implements StreamPurpose {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.forward(this);
    }
  }

  /** One method a purpose. */
  interface Cases<R> {
    R exec(Exec purpose);

    R attach(Attach purpose);

    R forward(Forward purpose);
  }
}
