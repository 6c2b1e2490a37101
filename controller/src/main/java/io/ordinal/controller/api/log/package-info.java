/**
 * The log subresource of pods: chooses the container, reads from the agent of its node, streams.
 * Used by {@code api}.
 */
package io.ordinal.controller.api.log;
