/**
 * Keeps right what follows from objects in the store: looks when one of them may have changed,
 * writes what is not as it should be, and looks again when the store failed. What follows from what
 * is a {@link io.ordinal.controller.upkeep.Chore}; those are written where their objects belong.
 * Knows the store only.
 */
package io.ordinal.controller.upkeep;
