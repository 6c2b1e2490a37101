/**
 * Sets: the singleton {@link io.ordinal.controller.set.SetController} with one {@code SetSequencer}
 * for each set, which looks, lets {@code plan} decide, and carries out. Also what a set's pods,
 * claims and revisions look like as documents. Used by {@code boot}; speaks to pods only through
 * {@link io.ordinal.controller.replica.Replicas}.
 */
package io.ordinal.controller.set;
