package io.ordinal.agent.volume;

import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;

/** A life with files that expire. */
public record Aging(ReplicaId replica, Incarnation incarnation) {}
