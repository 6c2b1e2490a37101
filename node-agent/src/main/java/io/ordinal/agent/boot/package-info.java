/**
 * Puts an agent together: settings, state directory, driver, volumes, addresses, logs, actors.
 * Imported by nothing in this module; {@code deploy} starts an agent with {@link
 * io.ordinal.agent.boot.Agent}.
 */
package io.ordinal.agent.boot;
