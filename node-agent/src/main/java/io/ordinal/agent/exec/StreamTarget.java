package io.ordinal.agent.exec;

import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.protocol.agent.StreamPurpose.Wanted;
import java.util.List;

/** What a stream leads to. */
public sealed interface StreamTarget {
  /** A command of its own beside a run. */
  record Command(ContainerRun run, List<String> words, Wanted wanted) implements StreamTarget {}

  /** What a run writes from now on, until it ends. */
  record Output(ContainerRun run) implements StreamTarget {}

  /** A connection to an address of this machine. */
  record Port(String address, int port) implements StreamTarget {}

  /** Nothing: it was only asked whether the pod is here. */
  record Nothing() implements StreamTarget {}
}
