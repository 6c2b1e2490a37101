package io.ordinal.agent.volume;

import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.time.Duration;

/**
 * A life with files that expire.
 *
 * @param renewal how long after they were made they are to be made anew
 */
public record Aging(ReplicaId replica, Incarnation incarnation, Duration renewal) {}
