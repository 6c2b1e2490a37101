package io.ordinal.controller.volume;

import io.ordinal.controller.event.Events;
import io.ordinal.controller.store.ObjectStore;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What the reclaimer acts through.
 *
 * @param ids fresh uids
 */
public record VolumePorts(
    ObjectStore store,
    Directories directories,
    Events events,
    InstantSource clock,
    Supplier<UUID> ids) {}
