/**
 * Faults that drills do to this machine's member on purpose. Each is carried out by a shell process
 * that outlives the member and undoes it by itself when its time is over. Used by {@code host} and
 * {@code boot}; knows where the process driver has its runs, and nothing else of the agent.
 */
package io.ordinal.agent.drill;
