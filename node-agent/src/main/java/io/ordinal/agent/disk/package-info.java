/**
 * Files and trees of the agent's own on this machine's disks, written and removed so that a crash
 * leaves nothing half done. Used by all who keep something there; knows nothing of what it means.
 */
package io.ordinal.agent.disk;
