/**
 * The output of containers, kept in files that outlive the agent's JVM. Used by {@code workload}.
 */
package io.ordinal.agent.logs;
