package io.ordinal.protocol.agent;

import java.util.Optional;

/**
 * A piece of a container's log: whole records, each line as {@code RFC3339Nano SPACE text NEWLINE}.
 *
 * @param next where the following piece begins
 * @param ended nothing will ever follow: the container's run is over and all of its output was read
 * @param refusal why there is no log, in the words that Kubernetes uses for a 400 answer
 * @param complete everything was read that had been written by then
 */
public record LogChunk(
    byte[] lines, long next, boolean ended, Optional<String> refusal, boolean complete) {
  /** Of which it is not known whether there is more. */
  public LogChunk(byte[] lines, long next, boolean ended, Optional<String> refusal) {
    this(lines, next, ended, refusal, false);
  }
}
