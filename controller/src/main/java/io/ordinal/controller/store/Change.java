package io.ordinal.controller.store;

import io.ordinal.protocol.id.Revision;
import java.util.Optional;

/**
 * One put or delete.
 *
 * @param document after a put; for a delete the last one, with the delete's revision in it
 * @param previous the document before, if there was one
 */
public record Change(
    Revision revision,
    ObjectKey key,
    boolean deleted,
    byte[] document,
    Optional<byte[]> previous) {}
