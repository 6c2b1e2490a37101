package io.ordinal.controller.drill;

/**
 * The last word of a member on a drill's fault.
 *
 * @param message for people
 */
record SpotReport(SpotState state, String message) {}
