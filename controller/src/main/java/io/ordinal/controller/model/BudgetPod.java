package io.ordinal.controller.model;

import java.time.Instant;

/**
 * A pod that a budget counts.
 *
 * @param ready its condition Ready is True
 * @param leaving its deletion was asked for
 * @param controller uid of the object that wants it there, empty for none
 */
public record BudgetPod(
    String name, boolean ready, boolean leaving, Instant created, String controller) {}
