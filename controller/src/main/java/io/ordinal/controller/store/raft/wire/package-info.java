/**
 * How entries of the replicated log and their outcomes are written as bytes. A compact format of
 * our own: a version byte, then tagged parts of varints and length-prefixed bytes. Tags are never
 * reused; a change of the format takes two releases, first reading it, then writing it. Used by
 * {@code store.raft} only.
 */
package io.ordinal.controller.store.raft.wire;
