package io.ordinal.agent.state;

import io.ordinal.protocol.id.Incarnation;

/** How what is remembered stands in files. Reading throws IllegalArgumentException on nonsense. */
public interface StateCodec {
  byte[] bytesOf(StoredLife life);

  StoredLife lifeOf(byte[] bytes);

  byte[] bytesOf(HeldSession session);

  HeldSession sessionOf(byte[] bytes);

  byte[] bytesOf(Incarnation floor);

  Incarnation floorOf(byte[] bytes);
}
