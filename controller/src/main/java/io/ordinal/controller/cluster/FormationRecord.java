package io.ordinal.controller.cluster;

import io.ordinal.controller.store.RecordKey;
import java.nio.charset.StandardCharsets;

/**
 * Which Pekko cluster is the cluster. Written by compare-and-set before its founder joins itself,
 * so that nobody can be in a formation that the store does not know.
 *
 * @param number counts formations, from 1
 * @param founder the actor system that formed it
 */
public record FormationRecord(long number, Seat founder) {
  static final RecordKey KEY = new RecordKey("formation", "current");

  byte[] bytes() {
    return (number + "\n" + founder.place() + "\n" + founder.uid())
        .getBytes(StandardCharsets.UTF_8);
  }

  static FormationRecord of(byte[] value) {
    String[] lines = new String(value, StandardCharsets.UTF_8).split("\n");
    if (lines.length < 3) throw new IllegalArgumentException("a formation of three lines expected");
    // The first release wrote the whole address.
    String place = lines[1].substring(lines[1].indexOf('@') + 1);
    return new FormationRecord(Long.parseLong(lines[0]), new Seat(place, Long.parseLong(lines[2])));
  }
}
