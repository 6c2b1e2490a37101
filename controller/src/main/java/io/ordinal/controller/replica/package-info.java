/**
 * The replica: the durable, sharded actor of one identity, its lifecycle, and its projection to a
 * pod. Spoken to through {@link io.ordinal.controller.replica.Replicas} by the API and the set
 * controller; uses node, volume, network and the store's ports.
 */
package io.ordinal.controller.replica;
