/**
 * Resets a machine that cannot confirm that what had to end by the lease's deadline has ended: such
 * processes may sleep uninterruptibly and write again. Used by {@code host}, which says what is
 * overdue, and by {@code boot}.
 */
package io.ordinal.agent.watchdog;
