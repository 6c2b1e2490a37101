/**
 * PodDisruptionBudgets: how they stand, kept in their status, and what an eviction must keep. The
 * decisions are in {@code plan.Disruptions}. Used by {@code api} (evictions) and {@code boot};
 * knows the store, documents and the planner only.
 */
package io.ordinal.controller.disruption;
