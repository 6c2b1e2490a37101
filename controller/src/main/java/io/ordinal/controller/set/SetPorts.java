package io.ordinal.controller.set;

import io.ordinal.controller.event.Events;
import io.ordinal.controller.replica.Replicas;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the set controller needs of the world.
 *
 * @param office what must hold in the store for this process to be the one that looks after sets;
 *     throws a {@code StoreUnavailable} while it is not
 * @param freshUids for ControllerRevisions
 * @param setDefaults fills in a StatefulSet's defaults in the given tree, which is the caller's to
 *     lose, and returns it; used to tell whether two templates mean the same
 */
public record SetPorts(
    ObjectStore store,
    Supplier<Operation> office,
    Replicas replicas,
    Events events,
    InstantSource clock,
    Supplier<String> freshUids,
    UnaryOperator<ObjectNode> setDefaults) {}
