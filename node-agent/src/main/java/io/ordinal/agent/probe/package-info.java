/**
 * Asks containers how they are: commands, HTTP, TCP. Never blocks the asker; every answer comes
 * within the question's timeout. Used by {@code workload}.
 */
package io.ordinal.agent.probe;
