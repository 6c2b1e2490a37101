package io.ordinal.agent.state;

import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a state directory holds.
 *
 * @param stateUuid tells this directory from every other
 * @param floors this incarnation and lower ones never start here
 * @param lost lives whose record could not be read: what runs of them must end
 * @param damage what could not be read and where it was put, for the log
 */
public record Recalled(
    UUID stateUuid,
    Optional<HeldSession> session,
    List<StoredLife> lives,
    Map<ReplicaId, Incarnation> floors,
    List<LifeName> lost,
    List<String> damage) {}
