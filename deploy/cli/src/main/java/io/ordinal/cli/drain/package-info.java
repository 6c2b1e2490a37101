/**
 * Emptying a node: {@code ordinal drain}, {@code cordon} and {@code uncordon}, and the drain of a
 * member that is to stop. Thin over the API: budgets and order are kept there.
 */
package io.ordinal.cli.drain;
