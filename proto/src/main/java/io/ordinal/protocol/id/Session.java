package io.ordinal.protocol.id;

import java.util.UUID;

/**
 * One stay of a node. A node that returns after its session lapsed is a new session.
 *
 * @param node the machine's name
 * @param stateUuid identifies the state directory, so that two machines with one name are told
 *     apart
 * @param bootId the kernel's boot id; processes of another boot are surely dead
 * @param number from the log; rises, unique in the cluster
 */
public record Session(NodeName node, UUID stateUuid, String bootId, long number) {
  @Override
  public String toString() {
    return node + "#" + number;
  }
}
