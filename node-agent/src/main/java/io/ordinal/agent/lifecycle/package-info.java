/**
 * Decides what happens next to a hosted life: restart policy and back-off, probe tallies, the stop
 * sequence. Pure: {@link io.ordinal.agent.lifecycle.Lifecycle#next} maps (state, fact, now) to
 * (state, actions); no actor, clock, disk or driver. Used by {@code workload}, which carries the
 * actions out. Uses only {@code protocol}.
 */
package io.ordinal.agent.lifecycle;
