package io.ordinal.controller.api.cluster;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The other controllers' processes, as far as this part needs them. */
public interface Neighbours {
  /**
   * Why a controller does not answer now, for people; empty when it does. Never fails.
   *
   * @param management host and port of its health checks
   */
  CompletionStage<Optional<String>> silence(String management);

  /**
   * Has an actor system leave the cluster of actor systems, whether it answers or not.
   *
   * @param artery its host and port
   */
  void dismiss(String artery);
}
