package io.ordinal.controller.model;

import java.util.List;

/**
 * A pod as services see it.
 *
 * @param hostname its own name below that of a service; empty when it has none there
 * @param address never empty
 * @param terminating whether it has been asked to end
 */
public record ServedPod(
    String name,
    String uid,
    String node,
    String hostname,
    String address,
    boolean ready,
    boolean terminating,
    List<NamedPort> ports) {
  /** A port of a container, which services may name. */
  public record NamedPort(String name, String protocol, int number) {}
}
