/**
 * The replicated store: an Apache Ratis group whose state machine is {@code store.rocks}. One
 * member alone is a group of one; growing it is a change of its members, and nothing here assumes
 * one.
 *
 * <p>The flow: {@link io.ordinal.controller.store.raft.RaftObjectStore} encodes a transaction,
 * {@code CommitQueue} gathers the waiting ones into one entry, {@code GroupMember} submits it, and
 * {@code StoreStateMachine} applies it. Named by {@code boot} only.
 */
package io.ordinal.controller.store.raft;
