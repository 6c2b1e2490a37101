/**
 * Pure planners: what should happen next, as functions from values to values. Knows only {@code
 * model}; never waits, logs or reads a clock.
 */
package io.ordinal.controller.plan;
