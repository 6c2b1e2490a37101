/**
 * Writing: create, update, patch, delete and the subresources that write. Decodes what a client
 * sent, applies the rules that are the same for all kinds, asks the kind for the rest, and commits
 * with preconditions: to the store, or for pods through their replicas. Used by {@code api}.
 */
package io.ordinal.controller.api.write;
