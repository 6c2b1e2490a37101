package io.ordinal.agent.lifecycle;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A decision.
 *
 * @param state where the life stands now
 * @param actions what to do, in this order
 * @param wakeAt when {@link Fact.Woke} should be told at the latest, if nothing happens before
 */
public record Step(LifeState state, List<LifeAction> actions, Optional<Instant> wakeAt) {}
