package io.ordinal.controller.store;

/**
 * A private record.
 *
 * @param version 1 for the first put of this key, one more with every put and delete; a deleted
 *     record keeps its version, so that a later put continues the count
 * @param value not to be modified by the reader
 */
public record StoredRecord(RecordKey key, long version, byte[] value) {}
