package io.ordinal.controller.store.rocks;

import java.util.UUID;

/**
 * Who proposed an entry, and which of its proposals it is. A proposal may reach the log more than
 * once, when its proposer did not learn what became of it.
 *
 * @param number counts the proposals of this proposer; few are on their way at once
 */
public record Origin(UUID proposer, long number) {}
