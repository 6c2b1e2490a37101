package io.ordinal.controller.drill;

import io.ordinal.controller.event.Events;
import io.ordinal.controller.replica.RecordCodec;
import io.ordinal.controller.replica.Replicas;
import io.ordinal.controller.store.ObjectStore;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What the drill controller needs of the world.
 *
 * @param testimonies of this controller's witness
 * @param uids fresh ones, for the drills of schedules
 */
public record DrillPorts(
    ObjectStore store,
    RecordCodec codec,
    Replicas replicas,
    FaultPort faults,
    Councils councils,
    Testimonies testimonies,
    Events events,
    InstantSource clock,
    Supplier<UUID> uids) {}
