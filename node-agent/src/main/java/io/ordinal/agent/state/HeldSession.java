package io.ordinal.agent.state;

import io.ordinal.protocol.id.Session;

/**
 * The session that this node last had.
 *
 * @param lapsed its fenced lives had to end; it is never renewed again
 */
public record HeldSession(Session session, boolean lapsed) {}
