/** Addresses of pods on this node. Used by {@code workload}. */
package io.ordinal.agent.network;
