/**
 * Containers as plain processes of the machine. One small shell launcher per run outlives the
 * agent's JVM; a directory per run says everything about it. Namespaces where the machine allows
 * them, as root or not.
 *
 * <p>Entry: {@link io.ordinal.agent.driver.process.ProcessDriver}. The script that does the work is
 * the resource {@code launcher.sh}.
 */
package io.ordinal.agent.driver.process;
