package io.ordinal.controller.store.rocks;

import java.util.UUID;

/**
 * Who proposed an entry, and which of its proposals it is. A proposal may reach the log more than
 * once, when its proposer did not learn what became of it.
 *
 * @param number counts the proposals of this proposer; few are on their way at once
 */
public record Origin(UUID proposer, long number) {
  /**
   * A number that is so far below its proposer's highest counts as applied, whether it was or not:
   * as many bits as a long has.
   */
  public static final int WINDOW = Long.SIZE;
}
