/**
 * Requests that nobody would send, made from a seed, and what must be true of their answers. Speaks
 * HTTP over sockets of its own, so that nothing is repeated or put right on the way.
 */
package io.ordinal.tests.fuzz;
