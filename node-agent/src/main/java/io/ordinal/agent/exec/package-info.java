/**
 * Streams between clients of the API and something on this node: a command beside a container, the
 * output of one, a connection to a port. {@code StreamRoom} opens them; each has a {@code
 * StreamWorker}. Whoever a stream is for may vanish: then nothing of it is left running. Used by
 * {@code workload}, which knows what runs where, and wired by {@code boot}.
 */
package io.ordinal.agent.exec;
