package io.ordinal.controller.api.apply;

import java.time.Instant;

/**
 * Who writes, and when.
 *
 * @param name as the client says it, or of its program
 * @param subresource that is written to; empty for the object itself
 */
public record Writer(String name, String subresource, Instant now) {
  /** Who has no name. */
  private static final String NAMELESS = "unknown";

  public Writer {
    if (name.isEmpty()) name = NAMELESS;
  }
}
