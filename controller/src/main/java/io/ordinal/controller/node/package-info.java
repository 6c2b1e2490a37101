/**
 * Nodes as the controllers see them: the front door that agents knock at, sessions, leases and
 * standing, the Node objects. Used by {@code replica} and what stands left of it; speaks to
 * replicas only through the port {@link io.ordinal.controller.node.Lives}.
 */
package io.ordinal.controller.node;
