/**
 * What the controllers ask of the replicated store: transactions with preconditions, consistent
 * reads, a change feed. Ports and values only. The adapters ({@code store.raft}, {@code
 * store.rocks}, {@code store.persistence}) are named by {@code boot} and by each other, by nobody
 * else.
 */
package io.ordinal.controller.store;
