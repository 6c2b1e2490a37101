/**
 * {@code v1/Event}s: what controllers and agents tell people. Aggregated, bounded, expiring, and
 * the first thing to be dropped under load. Used by everything above the store.
 */
package io.ordinal.controller.event;
