package io.ordinal.controller.store.rocks;

/**
 * Memory of the database; part of {@code ordinal.store.rocks}.
 *
 * @param cacheBytes of blocks read
 * @param writeBufferBytes of writes gathered before they are flushed
 */
public record RocksSettings(long cacheBytes, long writeBufferBytes) {
  public RocksSettings {
    if (cacheBytes < 1 << 20)
      throw new IllegalArgumentException(
          "ordinal.store.rocks.cache (" + cacheBytes + ") must be at least 1 MiB");
    if (writeBufferBytes < 1 << 20)
      throw new IllegalArgumentException(
          "ordinal.store.rocks.write-buffer (" + writeBufferBytes + ") must be at least 1 MiB");
  }
}
