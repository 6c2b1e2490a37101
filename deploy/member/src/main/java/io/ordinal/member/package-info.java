/**
 * Assembles a member: the store, the actor system, the controller and the node agent in one JVM.
 * {@link io.ordinal.member.Member} is also the API for embedding. Only the command {@code ordinal
 * server} may exit the JVM.
 */
package io.ordinal.member;
