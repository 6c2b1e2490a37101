package io.ordinal.agent.state;

import io.ordinal.agent.lifecycle.LifeMemory;
import io.ordinal.protocol.agent.LifeOrder;
import java.time.Instant;

/**
 * A life as it is remembered.
 *
 * @param version of the status that was current when this was written
 * @param acceptedAt when the life came to this node
 * @param fenceBasis of the last word that changed {@link LifeOrder#fenced()}; 0 when none did
 */
public record StoredLife(
    LifeOrder order, long version, Instant acceptedAt, LifeMemory memory, long fenceBasis) {}
