package io.ordinal.agent.driver;

import io.ordinal.protocol.agent.NodeUsage;
import java.util.concurrent.CompletionStage;

/** Measures what the machine and the containers on it use. */
public interface UsageMeter {
  /** What they use now, over a window that may have to pass first. Never blocks the caller. */
  CompletionStage<NodeUsage> read();
}
