package io.ordinal.controller.replica.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.ordinal.controller.replica.ClaimBinding;
import io.ordinal.controller.replica.Fence;
import io.ordinal.controller.replica.PodDocument;
import io.ordinal.controller.replica.RecordCodec;
import io.ordinal.controller.replica.ReplicaState;
import io.ordinal.controller.replica.ReplicaState.Ended;
import io.ordinal.controller.replica.ReplicaState.Life;
import io.ordinal.controller.replica.ReplicaState.Living;
import io.ordinal.controller.replica.ReplicaState.Pending;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.replica.ReplicaState.Releasing;
import io.ordinal.controller.replica.ReplicaState.Stay;
import io.ordinal.controller.replica.ReplicaState.Vacant;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.wire.Ids;
import io.ordinal.protocol.wire.UndecodableMessage;
import io.ordinal.protocol.wire.v1.StoredReplicaWire;
import io.ordinal.protocol.wire.v1.StoredReplicaWire.Phase;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A replica's record as protobuf. */
public final class StoredReplicaCodec implements RecordCodec {
  @Override
  public byte[] encode(ReplicaState state) {
    StoredReplicaWire.Builder wire = StoredReplicaWire.newBuilder();
    wire.setIncarnation(state.incarnation().value()).setPhase(phase(state));
    // Sorted, so that equal states have equal bytes.
    new TreeMap<>(state.claims()).forEach((name, claim) -> wire.putClaims(name, claim(claim)));
    if (state instanceof Living living) {
      wire.setPod(UnsafeByteOperations.unsafeWrap(living.life().pod().json()));
      living.life().order().ifPresent(basis -> wire.setOrder(BasisCodec.toWire(basis)));
    }
    state.whereabouts().ifPresent(stay -> wire.setStay(stay(stay)));
    if (state instanceof Releasing releasing) {
      wire.setStopByMillis(releasing.stopBy().toEpochMilli());
    }
    return wire.build().toByteArray();
  }

  /**
   * @throws UndecodableMessage when it is no record of a replica
   */
  @Override
  public ReplicaState decode(byte[] record) {
    try {
      return state(StoredReplicaWire.parseFrom(record));
    } catch (InvalidProtocolBufferException cause) {
      throw new UndecodableMessage("not the record of a replica", cause);
    }
  }

  private static ReplicaState state(StoredReplicaWire wire) {
    Incarnation incarnation = Ids.incarnation(wire.getIncarnation());
    Map<String, ClaimBinding> claims = new TreeMap<>();
    wire.getClaimsMap().forEach((name, claim) -> claims.put(name, claim(claim)));
    return switch (wire.getPhase()) {
      case PHASE_VACANT -> new Vacant(incarnation, claims);
      case PHASE_PENDING -> new Pending(incarnation, claims, life(wire));
      case PHASE_PLACED -> new Placed(incarnation, claims, life(wire), stay(wire));
      case PHASE_RELEASING ->
          new Releasing(
              incarnation,
              claims,
              life(wire),
              stay(wire),
              Instant.ofEpochMilli(wire.getStopByMillis()));
      case PHASE_ENDED -> new Ended(incarnation, claims, life(wire));
      case PHASE_UNSPECIFIED, UNRECOGNIZED ->
          throw new UndecodableMessage("a replica in an unknown phase: " + wire.getPhase());
    };
  }

  private static Phase phase(ReplicaState state) {
    return state.match(
        new ReplicaState.Cases<>() {
          @Override
          public Phase vacant(Vacant vacant) {
            return Phase.PHASE_VACANT;
          }

          @Override
          public Phase pending(Pending pending) {
            return Phase.PHASE_PENDING;
          }

          @Override
          public Phase placed(Placed placed) {
            return Phase.PHASE_PLACED;
          }

          @Override
          public Phase releasing(Releasing releasing) {
            return Phase.PHASE_RELEASING;
          }

          @Override
          public Phase ended(Ended ended) {
            return Phase.PHASE_ENDED;
          }
        });
  }

  private static Life life(StoredReplicaWire wire) {
    ByteString pod = wire.getPod();
    if (pod.isEmpty()) throw new UndecodableMessage("a living replica without a pod");
    return new Life(
        new PodDocument(pod.toByteArray()),
        wire.hasOrder() ? Optional.of(BasisCodec.fromWire(wire.getOrder())) : Optional.empty());
  }

  private static StoredReplicaWire.Stay stay(Stay stay) {
    Fence fence = stay.fence();
    StoredReplicaWire.Stay.Builder wire =
        StoredReplicaWire.Stay.newBuilder()
            .setSession(Ids.toWire(stay.session()))
            .setFenced(fence.fenced())
            .setNoted(stay.noted())
            .setWishBasis(fence.basis())
            .setWishHeard(fence.heard());
    if (fence.wish() != fence.fenced()) wire.setWish(fence.wish());
    return wire.build();
  }

  private static Stay stay(StoredReplicaWire wire) {
    if (!wire.hasStay()) throw new UndecodableMessage("a placed replica without a session");
    StoredReplicaWire.Stay stay = wire.getStay();
    boolean wish = stay.hasWish() ? stay.getWish() : stay.getFenced();
    Fence fence = new Fence(stay.getFenced(), wish, stay.getWishBasis(), stay.getWishHeard());
    return new Stay(Ids.fromWire(stay.getSession()), fence, stay.getNoted());
  }

  private static StoredReplicaWire.Claim claim(ClaimBinding claim) {
    return StoredReplicaWire.Claim.newBuilder()
        .setClaimUid(claim.claimUid())
        .setVolume(claim.volume())
        .setStorageClass(claim.storageClass())
        .setNode(claim.node())
        .build();
  }

  private static ClaimBinding claim(StoredReplicaWire.Claim wire) {
    return new ClaimBinding(
        wire.getClaimUid(), wire.getVolume(), wire.getStorageClass(), wire.getNode());
  }
}
