/** The agent's memory as bytes. Named only by {@code boot}. */
package io.ordinal.agent.state.wire;
