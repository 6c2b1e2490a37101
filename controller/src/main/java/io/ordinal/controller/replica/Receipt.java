package io.ordinal.controller.replica;

import io.ordinal.controller.store.StoredObject;
import io.ordinal.protocol.id.Revision;
import java.util.Optional;

/**
 * What the store answered to a committed state.
 *
 * @param pod as it stands in the store now
 * @param at a revision at which the state held
 */
record Receipt(Optional<StoredObject> pod, Revision at) {}
