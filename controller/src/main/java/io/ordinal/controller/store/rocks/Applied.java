package io.ordinal.controller.store.rocks;

import io.ordinal.controller.store.Outcome;
import io.ordinal.protocol.id.Revision;
import java.util.List;

/**
 * What an entry did.
 *
 * @param outcomes one for each transaction of a batch
 * @param revision of the store afterwards
 * @param changedObjects whether watchers have something new to read
 * @param repeated it was applied before, and did nothing this time
 */
public record Applied(
    List<Outcome> outcomes, Revision revision, boolean changedObjects, boolean repeated) {}
