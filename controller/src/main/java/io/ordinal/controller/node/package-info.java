/**
 * Nodes as the controllers see them: the front door that agents knock at, sessions, leases and
 * standing, the Node objects. Used by {@code replica} and what stands left of it; speaks to
 * replicas only through the port {@link io.ordinal.controller.node.Lives}.
 *
 * <p>What stands where: a session's record (family {@code session}) has its standing and the way to
 * its agent; every renewal writes another record (family {@code lease}), so that the session's
 * version moves only when something decided on it may have to be decided again. A fence holds only
 * if both are what they were, a renewal only if the session is.
 *
 * <p>A Node object belongs to clients as far as labels, annotations, taints and {@code
 * unschedulable} go; the rest is written when an agent introduces itself and when its lease is late
 * or back. Deleting it takes the node out of placement without touching its session; it comes back
 * with the agent's next introduction, as with a kubelet that is restarted.
 */
package io.ordinal.controller.node;
