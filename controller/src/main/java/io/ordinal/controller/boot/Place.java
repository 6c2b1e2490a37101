package io.ordinal.controller.boot;

/**
 * Where a controller is found, for the others and for people.
 *
 * @param name of the machine
 * @param api where clients reach it, such as {@code https://10.0.0.1:6443}
 * @param management host and port of readiness, liveness and cluster members
 * @param store host and port of its copy of the store
 * @param drills whether its settings let drills do anything to it
 */
public record Place(String name, String api, String management, String store, boolean drills) {}
