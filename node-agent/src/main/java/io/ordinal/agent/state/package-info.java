/**
 * What runs here, written before it is acted on and read back after the agent was killed. One
 * directory per node; every file is replaced whole, and one that cannot be read is set aside, never
 * believed. Used by {@code workload}, {@code host}.
 */
package io.ordinal.agent.state;
