package io.ordinal.controller.node.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.model.SessionRecord;
import io.ordinal.protocol.id.MachineId;
import io.ordinal.protocol.id.Session;
import io.ordinal.protocol.wire.Ids;
import io.ordinal.protocol.wire.UndecodableMessage;
import io.ordinal.protocol.wire.v1.LatestSessionWire;
import io.ordinal.protocol.wire.v1.SessionNumberWire;
import io.ordinal.protocol.wire.v1.StoredLeaseWire;
import io.ordinal.protocol.wire.v1.StoredSessionWire;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the store keeps about sessions. Decoding throws {@link UndecodableMessage}. */
public final class SessionCodec {
  /** Of a session from before the lease was kept with it: longer than it can have been. */
  private static final Duration UNTOLD = Duration.ofMinutes(1);

  private SessionCodec() {}

  public static byte[] encode(SessionRecord record) {
    StoredSessionWire.Builder wire =
        StoredSessionWire.newBuilder()
            .setSession(Ids.toWire(record.session()))
            .setStanding(standing(record.standing()))
            .setAddress(record.address())
            .setAgent(record.agent())
            .setRested(record.rested())
            .setLeaseMillis(record.lease().toMillis());
    record.machine().map(MachineId::value).ifPresent(wire::setMachine);
    return wire.build().toByteArray();
  }

  public static SessionRecord decode(byte[] bytes) {
    try {
      StoredSessionWire wire = StoredSessionWire.parseFrom(bytes);
      if (!wire.hasSession()) throw new UndecodableMessage("session record without a session");
      return new SessionRecord(
          Ids.fromWire(wire.getSession()),
          standing(wire.getStanding()),
          wire.getAddress(),
          wire.getAgent(),
          wire.getRested(),
          Ids.machine(wire.getMachine()),
          wire.getLeaseMillis() == 0 ? UNTOLD : Duration.ofMillis(wire.getLeaseMillis()));
    } catch (InvalidProtocolBufferException cause) {
      throw new UndecodableMessage("not a session record", cause);
    }
  }

  /**
   * A renewal; the record's version counts them, the sequence tells which one it was.
   *
   * @param renewed for people: no decision rests on it
   */
  public static byte[] encodeLease(long sequence, Instant renewed) {
    return StoredLeaseWire.newBuilder()
        .setSequence(sequence)
        .setRenewedMillis(renewed.toEpochMilli())
        .build()
        .toByteArray();
  }

  public static long decodeLease(byte[] bytes) {
    return lease(bytes).getSequence();
  }

  /** Nothing of a renewal from before its time was kept. */
  public static Optional<Instant> decodeRenewed(byte[] bytes) {
    long millis = lease(bytes).getRenewedMillis();
    return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static StoredLeaseWire lease(byte[] bytes) {
    try {
      return StoredLeaseWire.parseFrom(bytes);
    } catch (InvalidProtocolBufferException cause) {
      throw new UndecodableMessage("not a lease", cause);
    }
  }

  public static byte[] encodeLatest(Session session) {
    return LatestSessionWire.newBuilder().setSession(Ids.toWire(session)).build().toByteArray();
  }

  public static Session decodeLatest(byte[] bytes) {
    try {
      LatestSessionWire wire = LatestSessionWire.parseFrom(bytes);
      if (!wire.hasSession()) throw new UndecodableMessage("latest session without a session");
      return Ids.fromWire(wire.getSession());
    } catch (InvalidProtocolBufferException cause) {
      throw new UndecodableMessage("not a latest session", cause);
    }
  }

  public static byte[] encodeNumber(long last) {
    return SessionNumberWire.newBuilder().setLast(last).build().toByteArray();
  }

  public static long decodeNumber(byte[] bytes) {
    try {
      return SessionNumberWire.parseFrom(bytes).getLast();
    } catch (InvalidProtocolBufferException cause) {
      throw new UndecodableMessage("not a session number", cause);
    }
  }

  private static StoredSessionWire.Standing standing(Standing standing) {
    return switch (standing) {
      case READY -> StoredSessionWire.Standing.STANDING_READY;
      case FENCED -> StoredSessionWire.Standing.STANDING_FENCED;
      case CLOSED -> StoredSessionWire.Standing.STANDING_CLOSED;
      case RESTING -> StoredSessionWire.Standing.STANDING_RESTING;
      case OFF -> StoredSessionWire.Standing.STANDING_OFF;
    };
  }

  private static Standing standing(StoredSessionWire.Standing wire) {
    return switch (wire) {
      case STANDING_READY -> Standing.READY;
      case STANDING_FENCED -> Standing.FENCED;
      case STANDING_CLOSED -> Standing.CLOSED;
      case STANDING_RESTING -> Standing.RESTING;
      case STANDING_OFF -> Standing.OFF;
      case STANDING_UNSPECIFIED, UNRECOGNIZED ->
          throw new UndecodableMessage("session record with the standing " + wire);
    };
  }
}
