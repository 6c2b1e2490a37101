/**
 * Drills: rehearsing a loss on purpose, with a fault that takes itself back and a verdict. Used by
 * {@code boot} only.
 *
 * <p>What stands where: the Drill object's status is how far a drill is, so that any controller can
 * go on with it. {@link io.ordinal.controller.drill.DrillController} (one in the cluster) lets
 * {@code DrillPlanner} say what comes next, commits that, and then sends faults and reverts. A
 * {@link io.ordinal.controller.drill.DrillWitness} on every controller writes down what it sees,
 * with times on its own monotonic clock, so that the times survive the loss of the controller that
 * led the drill. What members report about faults and processes becomes records of the families
 * {@code drill-report} and {@code drill-life}, whichever front door heard it.
 *
 * <p>What the figures mean: all times count from the moment at which the fault was decided to be
 * sent, as the witness beside the leading drill controller saw it; the fault itself begins when it
 * has arrived, a few tenths of a second later, so the times are rather too long than too short.
 * <em>Detected</em> is the first sign in the store, <em>fenced</em> that the life is over by the
 * log (its session is, or its node vouched for it), <em>placed</em> that the next life has a node,
 * <em>ready</em> that it was ready for the last time. The overlap rests on the nodes' words of when
 * processes ended and began, by their own clocks, and on the order of the log where a node has not
 * come back to tell; which of both was there is told with it.
 *
 * <p>A frozen or cut off member cannot hear that its drill is aborted; its fault ends when its time
 * is over, by the process that carries it out.
 */
package io.ordinal.controller.drill;
