package io.ordinal.controller.volume;

import io.ordinal.protocol.id.NodeName;
import java.util.Optional;

/** The directories of volumes. */
@FunctionalInterface
public interface Directories {
  /**
   * Asks the node to remove the directory of this volume. Best effort, may be repeated; the answer
   * comes to {@link VolumeReclaimer.Answered}.
   *
   * @param node empty for any that is ready
   * @param path empty for the node's own place
   */
  void remove(Optional<NodeName> node, String volume, String path);
}
