package io.ordinal.protocol.agent;

/**
 * News about a life for people, in the words of Kubernetes where it has them (Pulled, Started,
 * Unhealthy, BackOff).
 *
 * @param warning type Warning instead of Normal
 * @param container the container it is about, or empty for the pod
 */
public record AgentEvent(boolean warning, String reason, String message, String container) {}
