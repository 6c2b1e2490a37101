package io.ordinal.protocol.wire;

import com.google.protobuf.ByteString;
import io.ordinal.protocol.agent.AgentCommand.Confirmed;
import io.ordinal.protocol.agent.AgentCommand.Granted;
import io.ordinal.protocol.agent.AgentCommand.Lapsed;
import io.ordinal.protocol.agent.AgentCommand.NotNow;
import io.ordinal.protocol.agent.AgentCommand.Noted;
import io.ordinal.protocol.agent.AgentCommand.Over;
import io.ordinal.protocol.agent.AgentCommand.ReadLog;
import io.ordinal.protocol.agent.AgentCommand.RemoveVolume;
import io.ordinal.protocol.agent.AgentCommand.Resting;
import io.ordinal.protocol.agent.AgentCommand.SetFenced;
import io.ordinal.protocol.agent.AgentCommand.Start;
import io.ordinal.protocol.agent.AgentCommand.Stop;
import io.ordinal.protocol.agent.AgentCommand.Welcome;
import io.ordinal.protocol.agent.LogChunk;
import io.ordinal.protocol.wire.v1.ConfirmedWire;
import io.ordinal.protocol.wire.v1.GrantedWire;
import io.ordinal.protocol.wire.v1.LapsedWire;
import io.ordinal.protocol.wire.v1.LogChunkWire;
import io.ordinal.protocol.wire.v1.NotNowWire;
import io.ordinal.protocol.wire.v1.NotedWire;
import io.ordinal.protocol.wire.v1.OverWire;
import io.ordinal.protocol.wire.v1.ReadLogWire;
import io.ordinal.protocol.wire.v1.RemoveVolumeWire;
import io.ordinal.protocol.wire.v1.RestingWire;
import io.ordinal.protocol.wire.v1.SetFencedWire;
import io.ordinal.protocol.wire.v1.StartWire;
import io.ordinal.protocol.wire.v1.StopWire;
import io.ordinal.protocol.wire.v1.WelcomeWire;
import java.util.Optional;

/** What controllers tell agents, and the pieces of log that they get, on the wire. */
final class AgentCommandCodec {
  private final References references;

  AgentCommandCodec(References references) {
    this.references = references;
  }

  WelcomeWire welcome(Welcome welcome) {
    return WelcomeWire.newBuilder()
        .setSession(Ids.toWire(welcome.session()))
        .setLease(Times.toWire(welcome.lease()))
        .setResting(welcome.resting())
        .build();
  }

  Welcome welcome(WelcomeWire wire) {
    Needed.field(wire.hasLease(), "the lease of a Welcome");
    return new Welcome(
        Ids.fromWire(wire.getSession()), Times.fromWire(wire.getLease()), wire.getResting());
  }

  NotNowWire notNow(NotNow notNow) {
    return NotNowWire.newBuilder().setReason(notNow.reason()).build();
  }

  NotNow notNow(NotNowWire wire) {
    return new NotNow(wire.getReason());
  }

  GrantedWire granted(Granted granted) {
    return GrantedWire.newBuilder()
        .setSession(Ids.toWire(granted.session()))
        .setSequence(granted.sequence())
        .setResting(granted.resting())
        .build();
  }

  Granted granted(GrantedWire wire) {
    return new Granted(Ids.fromWire(wire.getSession()), wire.getSequence(), wire.getResting());
  }

  LapsedWire lapsed(Lapsed lapsed) {
    return LapsedWire.newBuilder().setSession(Ids.toWire(lapsed.session())).build();
  }

  Lapsed lapsed(LapsedWire wire) {
    return new Lapsed(Ids.fromWire(wire.getSession()));
  }

  StartWire start(Start start) {
    return StartWire.newBuilder()
        .setReplica(Ids.toWire(start.replica()))
        .setIncarnation(start.incarnation().value())
        .build();
  }

  Start start(StartWire wire) {
    return new Start(Ids.fromWire(wire.getReplica()), Ids.incarnation(wire.getIncarnation()));
  }

  ConfirmedWire confirmed(Confirmed confirmed) {
    return ConfirmedWire.newBuilder().setOrder(LifeOrderCodec.toWire(confirmed.order())).build();
  }

  Confirmed confirmed(ConfirmedWire wire) {
    Needed.field(wire.hasOrder(), "the order of a Confirmed");
    return new Confirmed(LifeOrderCodec.fromWire(wire.getOrder()));
  }

  OverWire over(Over over) {
    return OverWire.newBuilder()
        .setReplica(Ids.toWire(over.replica()))
        .setIncarnation(over.incarnation().value())
        .build();
  }

  Over over(OverWire wire) {
    return new Over(Ids.fromWire(wire.getReplica()), Ids.incarnation(wire.getIncarnation()));
  }

  StopWire stop(Stop stop) {
    return StopWire.newBuilder()
        .setReplica(Ids.toWire(stop.replica()))
        .setIncarnation(stop.incarnation().value())
        .setGrace(Times.toWire(stop.grace()))
        .build();
  }

  /** A grace that is missing is not taken for zero, which would mean SIGKILL now. */
  Stop stop(StopWire wire) {
    Needed.field(wire.hasGrace(), "the grace of a Stop");
    return new Stop(
        Ids.fromWire(wire.getReplica()),
        Ids.incarnation(wire.getIncarnation()),
        Times.fromWire(wire.getGrace()));
  }

  NotedWire noted(Noted noted) {
    return NotedWire.newBuilder()
        .setReplica(Ids.toWire(noted.replica()))
        .setIncarnation(noted.incarnation().value())
        .setVersion(noted.version())
        .build();
  }

  Noted noted(NotedWire wire) {
    return new Noted(
        Ids.fromWire(wire.getReplica()), Ids.incarnation(wire.getIncarnation()), wire.getVersion());
  }

  ReadLogWire readLog(ReadLog read) {
    return ReadLogWire.newBuilder()
        .setReplica(Ids.toWire(read.replica()))
        .setContainer(read.container())
        .setPrevious(read.previous())
        .setCursor(read.cursor())
        .setTail(read.tail())
        .setMaxBytes(read.maxBytes())
        .setPatience(Times.toWire(read.patience()))
        .setReplyTo(references.toWire(read.replyTo()))
        .build();
  }

  ReadLog readLog(ReadLogWire wire) {
    return new ReadLog(
        Ids.fromWire(wire.getReplica()),
        wire.getContainer(),
        wire.getPrevious(),
        wire.getCursor(),
        wire.getTail(),
        wire.getMaxBytes(),
        Times.fromWire(wire.getPatience()),
        references.fromWire(wire.getReplyTo(), "whom to answer with a log"));
  }

  RemoveVolumeWire removeVolume(RemoveVolume remove) {
    return RemoveVolumeWire.newBuilder().setVolume(remove.volume()).setPath(remove.path()).build();
  }

  RemoveVolume removeVolume(RemoveVolumeWire wire) {
    return new RemoveVolume(
        Needed.text(wire.getVolume(), "the volume of a RemoveVolume"), wire.getPath());
  }

  SetFencedWire setFenced(SetFenced set) {
    return SetFencedWire.newBuilder()
        .setReplica(Ids.toWire(set.replica()))
        .setIncarnation(set.incarnation().value())
        .setFenced(set.fenced())
        .setBasis(set.basis())
        .build();
  }

  SetFenced setFenced(SetFencedWire wire) {
    Needed.field(wire.hasFenced(), "the wish of a SetFenced");
    return new SetFenced(
        Ids.fromWire(wire.getReplica()),
        Ids.incarnation(wire.getIncarnation()),
        wire.getFenced(),
        wire.getBasis());
  }

  RestingWire resting(Resting resting) {
    return RestingWire.newBuilder().setSession(Ids.toWire(resting.session())).build();
  }

  Resting resting(RestingWire wire) {
    return new Resting(Ids.fromWire(wire.getSession()));
  }

  LogChunkWire logChunk(LogChunk chunk) {
    LogChunkWire.Builder wire =
        LogChunkWire.newBuilder()
            .setLines(ByteString.copyFrom(chunk.lines()))
            .setNext(chunk.next())
            .setEnded(chunk.ended())
            .setComplete(chunk.complete());
    chunk.refusal().ifPresent(wire::setRefusal);
    return wire.build();
  }

  LogChunk logChunk(LogChunkWire wire) {
    return new LogChunk(
        wire.getLines().toByteArray(),
        wire.getNext(),
        wire.getEnded(),
        wire.hasRefusal() ? Optional.of(wire.getRefusal()) : Optional.empty(),
        wire.getComplete());
  }
}
