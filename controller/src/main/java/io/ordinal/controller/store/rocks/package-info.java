/**
 * The store's state in RocksDB: what one member has applied of the replicated log. Knows nothing of
 * Raft but the position that it keeps beside the state. Used by {@code store.raft} only.
 *
 * <p>RocksDB runs without a log of its own: the Raft log is the write-ahead log, and the position
 * of the last applied entry is written in the same batch as what the entry changed, so that after a
 * crash the replay starts exactly where the flushed state ends.
 */
package io.ordinal.controller.store.rocks;
