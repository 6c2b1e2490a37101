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
 */
package io.ordinal.controller.drill;
