package io.ordinal.protocol.wire;

import io.ordinal.protocol.agent.AgentEvent;
import io.ordinal.protocol.agent.FrontDoorRequest.Armed;
import io.ordinal.protocol.agent.FrontDoorRequest.Confirm;
import io.ordinal.protocol.agent.FrontDoorRequest.Happened;
import io.ordinal.protocol.agent.FrontDoorRequest.Hello;
import io.ordinal.protocol.agent.FrontDoorRequest.Renew;
import io.ordinal.protocol.agent.FrontDoorRequest.Report;
import io.ordinal.protocol.agent.FrontDoorRequest.Rest;
import io.ordinal.protocol.agent.FrontDoorRequest.VolumeRemoved;
import io.ordinal.protocol.agent.NodeInventory;
import io.ordinal.protocol.id.MachineId;
import io.ordinal.protocol.id.Session;
import io.ordinal.protocol.wire.v1.AgentEventWire;
import io.ordinal.protocol.wire.v1.ArmedWire;
import io.ordinal.protocol.wire.v1.ConfirmWire;
import io.ordinal.protocol.wire.v1.HappenedWire;
import io.ordinal.protocol.wire.v1.HelloWire;
import io.ordinal.protocol.wire.v1.NodeInventoryWire;
import io.ordinal.protocol.wire.v1.RenewWire;
import io.ordinal.protocol.wire.v1.ReportWire;
import io.ordinal.protocol.wire.v1.RestWire;
import io.ordinal.protocol.wire.v1.SessionWire;
import io.ordinal.protocol.wire.v1.VolumeRemovedWire;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What agents tell controllers, on the wire. */
final class FrontDoorCodec {
  private static final String AGENT = "the agent's reference";
  private final References references;

  FrontDoorCodec(References references) {
    this.references = references;
  }

  HelloWire hello(Hello hello) {
    HelloWire.Builder wire =
        HelloWire.newBuilder()
            .setNode(hello.node().value())
            .setStateUuid(hello.stateUuid().toString())
            .setBootId(hello.bootId())
            .setLifted(hello.lifted())
            .setInventory(inventory(hello.inventory()))
            .setAgent(references.toWire(hello.agent()));
    hello.previous().map(Ids::toWire).ifPresent(wire::setPrevious);
    hello.ended().map(Ids::toWire).ifPresent(wire::setEnded);
    hello.machine().map(MachineId::value).ifPresent(wire::setMachine);
    hello.lives().forEach(it -> wire.addLives(LifeStatusCodec.toWire(it)));
    return wire.build();
  }

  Hello hello(HelloWire wire) {
    Needed.field(wire.hasInventory(), "the inventory of a Hello");
    return new Hello(
        Ids.node(wire.getNode()),
        Ids.uuid(wire.getStateUuid()),
        Needed.text(wire.getBootId(), "the boot id of a Hello"),
        Ids.machine(wire.getMachine()),
        wire.hasPrevious() ? Optional.of(Ids.fromWire(wire.getPrevious())) : Optional.empty(),
        wire.hasEnded() ? Optional.of(Ids.fromWire(wire.getEnded())) : Optional.empty(),
        wire.getLifted(),
        inventory(wire.getInventory()),
        wire.getLivesList().stream().map(LifeStatusCodec::fromWire).toList(),
        references.fromWire(wire.getAgent(), AGENT));
  }

  RenewWire renew(Renew renew) {
    return RenewWire.newBuilder()
        .setSession(Ids.toWire(renew.session()))
        .setSequence(renew.sequence())
        .setAgent(references.toWire(renew.agent()))
        .build();
  }

  Renew renew(RenewWire wire) {
    return new Renew(
        session(wire.hasSession(), wire.getSession()),
        wire.getSequence(),
        references.fromWire(wire.getAgent(), AGENT));
  }

  ConfirmWire confirm(Confirm confirm) {
    return ConfirmWire.newBuilder()
        .setSession(Ids.toWire(confirm.session()))
        .setReplica(Ids.toWire(confirm.replica()))
        .setIncarnation(confirm.incarnation().value())
        .setAgent(references.toWire(confirm.agent()))
        .build();
  }

  Confirm confirm(ConfirmWire wire) {
    return new Confirm(
        session(wire.hasSession(), wire.getSession()),
        Ids.fromWire(wire.getReplica()),
        Ids.incarnation(wire.getIncarnation()),
        references.fromWire(wire.getAgent(), AGENT));
  }

  ReportWire report(Report report) {
    return ReportWire.newBuilder()
        .setSession(Ids.toWire(report.session()))
        .setStatus(LifeStatusCodec.toWire(report.status()))
        .setAgent(references.toWire(report.agent()))
        .build();
  }

  Report report(ReportWire wire) {
    Needed.field(wire.hasStatus(), "the status of a Report");
    return new Report(
        session(wire.hasSession(), wire.getSession()),
        LifeStatusCodec.fromWire(wire.getStatus()),
        references.fromWire(wire.getAgent(), AGENT));
  }

  HappenedWire happened(Happened happened) {
    AgentEvent event = happened.event();
    return HappenedWire.newBuilder()
        .setSession(Ids.toWire(happened.session()))
        .setReplica(Ids.toWire(happened.replica()))
        .setIncarnation(happened.incarnation().value())
        .setPodUid(happened.podUid())
        .setEvent(
            AgentEventWire.newBuilder()
                .setWarning(event.warning())
                .setReason(event.reason())
                .setMessage(event.message())
                .setContainer(event.container()))
        .build();
  }

  Happened happened(HappenedWire wire) {
    Needed.field(wire.hasEvent(), "the event of a Happened");
    AgentEventWire event = wire.getEvent();
    return new Happened(
        session(wire.hasSession(), wire.getSession()),
        Ids.fromWire(wire.getReplica()),
        Ids.incarnation(wire.getIncarnation()),
        wire.getPodUid(),
        new AgentEvent(
            event.getWarning(), event.getReason(), event.getMessage(), event.getContainer()));
  }

  VolumeRemovedWire volumeRemoved(VolumeRemoved removed) {
    VolumeRemovedWire.Builder wire =
        VolumeRemovedWire.newBuilder()
            .setSession(Ids.toWire(removed.session()))
            .setVolume(removed.volume());
    removed.obstacle().ifPresent(wire::setObstacle);
    return wire.build();
  }

  VolumeRemoved volumeRemoved(VolumeRemovedWire wire) {
    return new VolumeRemoved(
        session(wire.hasSession(), wire.getSession()),
        Needed.text(wire.getVolume(), "the volume of a VolumeRemoved"),
        wire.hasObstacle() ? Optional.of(wire.getObstacle()) : Optional.empty());
  }

  RestWire rest(Rest rest) {
    return RestWire.newBuilder()
        .setSession(Ids.toWire(rest.session()))
        .setSequence(rest.sequence())
        .setAgent(references.toWire(rest.agent()))
        .build();
  }

  Rest rest(RestWire wire) {
    return new Rest(
        session(wire.hasSession(), wire.getSession()),
        wire.getSequence(),
        references.fromWire(wire.getAgent(), AGENT));
  }

  ArmedWire armed(Armed armed) {
    return ArmedWire.newBuilder()
        .setSession(Ids.toWire(armed.session()))
        .setSequence(armed.sequence())
        .setAgent(references.toWire(armed.agent()))
        .build();
  }

  Armed armed(ArmedWire wire) {
    return new Armed(
        session(wire.hasSession(), wire.getSession()),
        wire.getSequence(),
        references.fromWire(wire.getAgent(), AGENT));
  }

  private static Session session(boolean present, SessionWire wire) {
    Needed.field(present, "the session of a request");
    return Ids.fromWire(wire);
  }

  private static NodeInventoryWire inventory(NodeInventory inventory) {
    return NodeInventoryWire.newBuilder()
        .setAddress(inventory.address())
        .putAllCapacity(new TreeMap<>(inventory.capacity()))
        .putAllLabels(new TreeMap<>(inventory.labels()))
        .putAllFacts(new TreeMap<>(inventory.facts()))
        .build();
  }

  private static NodeInventory inventory(NodeInventoryWire wire) {
    return new NodeInventory(
        wire.getAddress(),
        Map.copyOf(wire.getCapacityMap()),
        Map.copyOf(wire.getLabelsMap()),
        Map.copyOf(wire.getFactsMap()));
  }
}
