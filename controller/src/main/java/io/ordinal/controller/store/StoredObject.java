package io.ordinal.controller.store;

import io.ordinal.protocol.id.Revision;

/**
 * An API object as it stands in the store.
 *
 * @param revision of its last change; also inside the document
 * @param created revision of its creation
 * @param document UTF-8 JSON; not to be modified by the reader
 */
public record StoredObject(
    ObjectKey key,
    Revision revision,
    Revision created,
    String uid,
    long generation,
    byte[] document) {}
