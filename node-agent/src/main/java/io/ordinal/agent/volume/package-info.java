/**
 * Directories that containers find as their volumes: claimed ones that outlive a life, and those
 * that go with it. Used by {@code workload}.
 */
package io.ordinal.agent.volume;
