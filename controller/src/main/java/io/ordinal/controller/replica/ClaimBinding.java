package io.ordinal.controller.replica;

/**
 * What a replica's claim is bound to, by a committed decision.
 *
 * @param claimUid the very claim; a later one of the same name is another
 * @param volume name of the PersistentVolume
 * @param storageClass may be empty
 * @param node the only node that has the volume, or empty when it can be had anywhere
 */
public record ClaimBinding(String claimUid, String volume, String storageClass, String node) {}
