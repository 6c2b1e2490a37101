/**
 * Makes several controllers one Pekko cluster, with the store deciding: who forms it, who joins,
 * who is downed. {@code FormationPlan} and {@code DowningPlan} decide; {@code Formation} and {@code
 * Downing} look and carry out. Knows the store and nothing of nodes or replicas; used by whoever
 * must know the controllers.
 */
package io.ordinal.controller.cluster;
