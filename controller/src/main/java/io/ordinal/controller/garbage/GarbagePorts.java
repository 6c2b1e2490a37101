package io.ordinal.controller.garbage;

import io.ordinal.controller.replica.Replicas;
import io.ordinal.controller.store.ObjectStore;
import java.time.InstantSource;
import java.util.List;

/**
 * What the garbage collector needs of the world.
 *
 * @param kinds every kind whose objects may own, be owned, or stand in a namespace
 */
public record GarbagePorts(
    ObjectStore store, Replicas replicas, InstantSource clock, List<Collected> kinds) {}
