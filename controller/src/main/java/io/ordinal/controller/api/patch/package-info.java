/**
 * The three patch formats that clients send: strategic merge, JSON merge (RFC 7386) and JSON patch
 * (RFC 6902). Each takes a tree and a patch and answers with a new tree, or says why not. Pure: no
 * store, no HTTP, no defaults and no validation. Used by {@code api}.
 */
package io.ordinal.controller.api.patch;
