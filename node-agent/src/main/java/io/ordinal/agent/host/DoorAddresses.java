package io.ordinal.agent.host;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Which controllers there are, as far as this machine knows now. */
@FunctionalInterface
public interface DoorAddresses {
  /** The controller in this very actor system. */
  String HERE = "";

  /**
   * Asked at each attempt, since names may stand for other machines by then.
   *
   * @return actor systems such as {@code pekko://ordinal@10.0.0.1:7650}, or {@link #HERE}, the
   *     preferred one first
   */
  CompletionStage<List<String>> now();
}
