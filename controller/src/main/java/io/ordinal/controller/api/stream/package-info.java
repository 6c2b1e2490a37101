/**
 * Streams between a client and a pod: exec, attach and portforward. What a client speaks (WebSocket
 * or SPDY) is a {@code Dialect}; what it is about is a {@code Conversation}, one a connection,
 * which has an {@code AgentLink} to the pod's node for each stream. Everything of a connection runs
 * in its {@code ConversationStage}. Used by {@code api}.
 */
package io.ordinal.controller.api.stream;
