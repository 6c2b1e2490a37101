package io.ordinal.cli.drain;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What emptying a node asks of the cluster. Blocking. */
public interface NodeApi {
  /**
   * What became of a request to evict.
   *
   * @param warnings that the server wants people to see
   */
  record Eviction(Result result, String message, List<String> warnings) {}

  /** How an eviction ended. */
  enum Result {
    GRANTED,
    /** Not now: a budget, the order of a set, or a server that is busy. */
    LATER,
    GONE,
    REFUSED
  }

  /**
   * Closes or opens the node for new pods.
   *
   * @param byItself whether the node's own member does this and undoes it when it is back
   * @return whether that changed anything
   * @throws IOException also when there is no such node
   */
  boolean cordon(String node, boolean closed, boolean byItself)
      throws IOException, InterruptedException;

  /** Whether the node's own member closed it when it stopped. */
  boolean closedByItself(String node) throws IOException, InterruptedException;

  List<NodePod> podsOn(String node, String selector) throws IOException, InterruptedException;

  Optional<NodePod> pod(String namespace, String name) throws IOException, InterruptedException;

  Eviction evict(NodePod pod, OptionalLong graceSeconds, boolean dryRun)
      throws IOException, InterruptedException;
}
