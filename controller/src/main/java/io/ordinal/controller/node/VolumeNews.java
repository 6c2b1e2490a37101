package io.ordinal.controller.node;

import io.ordinal.protocol.id.NodeName;
import java.util.Optional;

/** Who is told what the front door hears of volumes. */
@FunctionalInterface
public interface VolumeNews {
  /**
   * The node was asked to remove the directory of this volume.
   *
   * @param obstacle why it is still there, for people; empty when it is gone
   */
  void removed(NodeName node, String volume, Optional<String> obstacle);
}
