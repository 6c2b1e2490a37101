/**
 * Hosts lives: one {@link io.ordinal.agent.workload.Workload} actor each, which carries out what
 * {@code lifecycle} decides over the ports of {@code driver}, {@code volume}, {@code network},
 * {@code probe}, {@code logs} and {@code state}. Used by {@code host}.
 */
package io.ordinal.agent.workload;
