/**
 * The output of containers, kept in files that outlive the agent's JVM. Used by {@code workload}.
 *
 * <p>A process writes straight into one file that its launcher opened for appending: nothing stands
 * between, so nothing is lost while no JVM is there. While one is, {@link
 * io.ordinal.agent.logs.LogTailer} notes in a second file when the output had grown to which
 * length, so that each line has a time; lines written while no JVM was there get the time when they
 * were found. What is too old is cut out of the front of the file as a hole, without moving
 * anything: no line is lost or doubled, and a position in the log stays what it was. On file
 * systems without holes the file grows, and a warning says so.
 */
package io.ordinal.agent.logs;
