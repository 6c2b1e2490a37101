/**
 * Pekko's durable state over the {@link io.ordinal.controller.store.ObjectStore}: an actor's state
 * and what it projects commit in one transaction, recovery reads linearizably. Named by {@code
 * boot} and by configuration, by nobody else.
 */
package io.ordinal.controller.store.persistence;
