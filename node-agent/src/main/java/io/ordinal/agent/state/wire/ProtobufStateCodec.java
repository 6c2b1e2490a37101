package io.ordinal.agent.state.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.ordinal.agent.lifecycle.ContainerMemory;
import io.ordinal.agent.lifecycle.LifeMemory;
import io.ordinal.agent.lifecycle.Past;
import io.ordinal.agent.state.HeldSession;
import io.ordinal.agent.state.StateCodec;
import io.ordinal.agent.state.StoredLife;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.wire.AgentWire;
import io.ordinal.protocol.wire.Ids;
import io.ordinal.protocol.wire.Times;
import io.ordinal.protocol.wire.UndecodableMessage;
import io.ordinal.protocol.wire.v1.FloorWire;
import io.ordinal.protocol.wire.v1.HeldSessionWire;
import io.ordinal.protocol.wire.v1.StoredContainerWire;
import io.ordinal.protocol.wire.v1.StoredLifeWire;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Files as protobuf messages; see {@code agent_state.proto}. */
public final class ProtobufStateCodec implements StateCodec {
  @Override
  public byte[] bytesOf(StoredLife life) {
    LifeMemory memory = life.memory();
    StoredLifeWire.Builder wire =
        StoredLifeWire.newBuilder()
            .setOrder(AgentWire.toWire(life.order()))
            .setVersion(life.version())
            .setAcceptedAt(Times.toWire(life.acceptedAt()))
            .setEnded(memory.ended())
            .setReason(memory.reason())
            .setMessage(memory.message())
            .setFenceBasis(life.fenceBasis());
    memory.stop().ifPresent(stop -> wire.setKillAt(Times.toWire(stop.killAt())));
    memory.inits().forEach(each -> wire.addInits(toWire(each)));
    memory.mains().forEach(each -> wire.addMains(toWire(each)));
    return wire.build().toByteArray();
  }

  @Override
  public StoredLife lifeOf(byte[] bytes) {
    return read(() -> fromWire(StoredLifeWire.parseFrom(bytes)));
  }

  private static StoredLife fromWire(StoredLifeWire wire) {
    Optional<Instant> killAt =
        wire.hasKillAt() ? Optional.of(Times.fromWire(wire.getKillAt())) : Optional.empty();
    LifeMemory memory =
        new LifeMemory(
            killAt.map(LifeMemory.Stop::new),
            wire.getEnded(),
            wire.getReason(),
            wire.getMessage(),
            containers(wire.getInitsList()),
            containers(wire.getMainsList()));
    return new StoredLife(
        AgentWire.fromWire(wire.getOrder()),
        wire.getVersion(),
        Times.fromWire(wire.getAcceptedAt()),
        memory,
        wire.getFenceBasis());
  }

  private static StoredContainerWire toWire(ContainerMemory container) {
    Past past = container.past();
    StoredContainerWire.Builder wire =
        StoredContainerWire.newBuilder()
            .setName(container.name())
            .setStage(toWire(container.stage()))
            .setAttempt(past.attempt())
            .setCrashes(past.crashes())
            .setRefusals(past.refusals())
            .setHooked(container.hooked())
            .setStarted(container.started())
            .setReady(container.ready());
    past.last().ifPresent(last -> wire.setLast(AgentWire.toWire(last)));
    return wire.build();
  }

  private static List<ContainerMemory> containers(List<StoredContainerWire> wires) {
    return wires.stream().map(ProtobufStateCodec::fromWire).toList();
  }

  private static ContainerMemory fromWire(StoredContainerWire wire) {
    Past past =
        new Past(
            wire.getAttempt(),
            wire.getCrashes(),
            wire.getRefusals(),
            wire.hasLast() ? Optional.of(AgentWire.fromWire(wire.getLast())) : Optional.empty());
    return new ContainerMemory(
        wire.getName(),
        past,
        fromWire(wire.getStage()),
        wire.getHooked(),
        wire.getStarted(),
        wire.getReady());
  }

  private static StoredContainerWire.Stage toWire(ContainerMemory.Stage stage) {
    return switch (stage) {
      case WAITING -> StoredContainerWire.Stage.STAGE_WAITING;
      case BEGUN -> StoredContainerWire.Stage.STAGE_BEGUN;
      case DONE -> StoredContainerWire.Stage.STAGE_DONE;
    };
  }

  private static ContainerMemory.Stage fromWire(StoredContainerWire.Stage stage) {
    return switch (stage) {
      case STAGE_WAITING -> ContainerMemory.Stage.WAITING;
      case STAGE_BEGUN -> ContainerMemory.Stage.BEGUN;
      case STAGE_DONE -> ContainerMemory.Stage.DONE;
      case STAGE_UNSPECIFIED, UNRECOGNIZED ->
          throw new UndecodableMessage("container in the stage " + stage);
    };
  }

  @Override
  public byte[] bytesOf(HeldSession session) {
    return HeldSessionWire.newBuilder()
        .setSession(Ids.toWire(session.session()))
        .setLapsed(session.lapsed())
        .build()
        .toByteArray();
  }

  @Override
  public HeldSession sessionOf(byte[] bytes) {
    return read(
        () -> {
          HeldSessionWire wire = HeldSessionWire.parseFrom(bytes);
          return new HeldSession(Ids.fromWire(wire.getSession()), wire.getLapsed());
        });
  }

  @Override
  public byte[] bytesOf(Incarnation floor) {
    return FloorWire.newBuilder().setIncarnation(floor.value()).build().toByteArray();
  }

  @Override
  public Incarnation floorOf(byte[] bytes) {
    return read(() -> Ids.incarnation(FloorWire.parseFrom(bytes).getIncarnation()));
  }

  private static <T> T read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (InvalidProtocolBufferException | UndecodableMessage e) {
      throw new IllegalArgumentException("not what an agent writes: " + e.getMessage(), e);
    }
  }

  private interface Reading<T> {
    T read() throws InvalidProtocolBufferException;
  }
}
