package io.ordinal.controller.volume;

import io.ordinal.protocol.id.NodeName;

/** The directories of local volumes on their nodes. */
@FunctionalInterface
public interface Directories {
  /**
   * Asks the node to remove the directory of this volume. Best effort, may be repeated; the answer
   * comes to {@link VolumeReclaimer.Answered}.
   */
  void remove(NodeName node, String volume);
}
