package io.ordinal.agent.lifecycle;

import java.time.Instant;
import java.util.Optional;

/**
 * A run that the driver knows of after the agent was restarted.
 *
 * @param exit present when no process of it exists any more
 */
public record FoundRun(String container, int attempt, Instant startedAt, Optional<Exit> exit) {}
