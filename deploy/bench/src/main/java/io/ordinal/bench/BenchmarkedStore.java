package io.ordinal.bench;

import java.util.concurrent.CompletionStage;

/** A store under measurement: one durable write of a value under a key. */
interface BenchmarkedStore extends AutoCloseable {
  String title();

  /** Completes when the write is on the disk. */
  CompletionStage<?> put(int writer, long number, byte[] value);

  @Override
  void close() throws Exception;
}
