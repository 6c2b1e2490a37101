package io.ordinal.controller.replica;

/** How a replica's state becomes the bytes of its record. */
public interface RecordCodec {
  byte[] encode(ReplicaState state);

  ReplicaState decode(byte[] record);
}
