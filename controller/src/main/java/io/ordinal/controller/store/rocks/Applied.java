package io.ordinal.controller.store.rocks;

import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.protocol.id.Revision;
import java.util.List;
import java.util.Set;

/**
 * What an entry did.
 *
 * @param outcomes one for each transaction of a batch
 * @param revision of the store afterwards
 * @param changed of which resources watchers have something new to read
 * @param repeated it was applied before, and did nothing this time
 */
public record Applied(
    List<Outcome> outcomes, Revision revision, Set<ResourceName> changed, boolean repeated) {}
