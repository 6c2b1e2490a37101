package io.ordinal.controller.replica;

import io.ordinal.controller.event.Events;
import io.ordinal.controller.node.Agents;
import io.ordinal.controller.store.ObjectStore;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What replicas need of the world.
 *
 * @param ids fresh uids
 * @param credentials what lives prove themselves by
 * @param severalControllers whether another controller could take over
 */
public record Surroundings(
    ObjectStore store,
    Agents agents,
    Events events,
    InstantSource clock,
    Supplier<UUID> ids,
    PodCredentials credentials,
    BooleanSupplier severalControllers) {}
