/**
 * The machine's front door: {@link io.ordinal.agent.host.NodeAgent} finds a controller, holds the
 * session and its lease, takes orders and repeats reports. Used by {@code boot}.
 */
package io.ordinal.agent.host;
