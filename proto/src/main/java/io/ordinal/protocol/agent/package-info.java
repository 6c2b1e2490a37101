/**
 * What a controller and a node agent say to each other: sealed records without behaviour. A {@link
 * io.ordinal.protocol.agent.LifeOrder} tells an agent everything that it needs to run one life; a
 * {@link io.ordinal.protocol.agent.LifeStatus} tells the controllers everything about it. Used by
 * both sides; uses only {@code protocol.id} and Pekko's actor references.
 */
package io.ordinal.protocol.agent;
