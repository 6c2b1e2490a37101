package io.ordinal.controller.api.cluster;

import java.util.concurrent.CompletionStage;

/** The other controllers' processes, as far as this part needs them. */
public interface Neighbours {
  /**
   * Whether a controller answers now; never fails.
   *
   * @param management host and port of its health checks
   */
  CompletionStage<Boolean> answers(String management);

  /**
   * Has an actor system leave the cluster of actor systems, whether it answers or not.
   *
   * @param artery its host and port
   */
  void dismiss(String artery);
}
