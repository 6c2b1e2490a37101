package io.ordinal.protocol.agent;

/**
 * One word about one stream. Words of a stream arrive in their order or not at all; a gap in a
 * channel shows in its counts and ends the stream.
 *
 * @param stream the number that the controller gave it when it began
 */
public record StreamMessage(long stream, StreamWord word) {}
