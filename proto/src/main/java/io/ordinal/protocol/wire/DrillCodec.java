package io.ordinal.protocol.wire;

import io.ordinal.protocol.agent.AgentCommand.Inject;
import io.ordinal.protocol.agent.AgentCommand.Revert;
import io.ordinal.protocol.agent.Fault;
import io.ordinal.protocol.agent.FrontDoorRequest.Injected;
import io.ordinal.protocol.wire.v1.FaultWire;
import io.ordinal.protocol.wire.v1.InjectWire;
import io.ordinal.protocol.wire.v1.InjectedWire;
import io.ordinal.protocol.wire.v1.RevertWire;
import java.util.Optional;

/** Faults that are done on purpose, on the wire. */
public final class DrillCodec {
  private static final Fault.Cases<FaultWire.Builder> TO_WIRE =
      new Fault.Cases<>() {
        @Override
        public FaultWire.Builder killMember(Fault.KillMember fault) {
          return FaultWire.newBuilder()
              .setKillMember(
                  FaultWire.KillMember.newBuilder().setWithWorkloads(fault.withWorkloads()));
        }

        @Override
        public FaultWire.Builder freezeMember(Fault.FreezeMember fault) {
          return FaultWire.newBuilder()
              .setFreezeMember(FaultWire.FreezeMember.getDefaultInstance());
        }

        @Override
        public FaultWire.Builder cutOff(Fault.CutOff fault) {
          return FaultWire.newBuilder()
              .setCutOff(FaultWire.CutOff.newBuilder().addAllAddresses(fault.addresses()));
        }

        @Override
        public FaultWire.Builder killReplica(Fault.KillReplica fault) {
          return FaultWire.newBuilder()
              .setKillReplica(
                  FaultWire.KillReplica.newBuilder().setReplica(Ids.toWire(fault.replica())));
        }

        @Override
        public FaultWire.Builder freezeReplica(Fault.FreezeReplica fault) {
          return FaultWire.newBuilder()
              .setFreezeReplica(
                  FaultWire.FreezeReplica.newBuilder().setReplica(Ids.toWire(fault.replica())));
        }

        @Override
        public FaultWire.Builder stop(Fault.Stop fault) {
          return FaultWire.newBuilder().setStop(FaultWire.Stop.getDefaultInstance());
        }
      };

  private DrillCodec() {}

  public static FaultWire toWire(Fault fault) {
    return fault.match(TO_WIRE).build();
  }

  /**
   * @throws UndecodableMessage when the kind is unknown, or something that it needs is missing
   */
  public static Fault fromWire(FaultWire wire) {
    return switch (wire.getFaultCase()) {
      case KILL_MEMBER -> new Fault.KillMember(wire.getKillMember().getWithWorkloads());
      case FREEZE_MEMBER -> new Fault.FreezeMember();
      case CUT_OFF -> new Fault.CutOff(wire.getCutOff().getAddressesList());
      case KILL_REPLICA -> new Fault.KillReplica(Ids.fromWire(wire.getKillReplica().getReplica()));
      case FREEZE_REPLICA ->
          new Fault.FreezeReplica(Ids.fromWire(wire.getFreezeReplica().getReplica()));
      case STOP -> new Fault.Stop();
      case FAULT_NOT_SET -> throw new UndecodableMessage("the kind of a fault is missing");
    };
  }

  static InjectWire inject(Inject inject) {
    return InjectWire.newBuilder()
        .setDrill(inject.drill())
        .setFault(toWire(inject.fault()))
        .setDuration(Times.toWire(inject.duration()))
        .build();
  }

  static Inject inject(InjectWire wire) {
    Needed.field(wire.hasDuration(), "the duration of an Inject");
    return new Inject(
        Needed.text(wire.getDrill(), "the drill of an Inject"),
        fromWire(wire.getFault()),
        Times.fromWire(wire.getDuration()));
  }

  static RevertWire revert(Revert revert) {
    return RevertWire.newBuilder().setDrill(revert.drill()).build();
  }

  static Revert revert(RevertWire wire) {
    return new Revert(Needed.text(wire.getDrill(), "the drill of a Revert"));
  }

  static InjectedWire injected(Injected injected) {
    InjectedWire.Builder wire =
        InjectedWire.newBuilder()
            .setMember(injected.member())
            .setDrill(injected.drill())
            .setState(state(injected.state()))
            .setMessage(injected.message())
            .setAt(Times.toWire(injected.at()));
    injected.session().map(Ids::toWire).ifPresent(wire::setSession);
    return wire.build();
  }

  static Injected injected(InjectedWire wire) {
    Needed.field(wire.hasAt(), "the moment of an Injected");
    Needed.field(wire.hasSession(), "the session of an Injected");
    return new Injected(
        Needed.text(wire.getMember(), "the member of an Injected"),
        Needed.text(wire.getDrill(), "the drill of an Injected"),
        state(wire.getState()),
        wire.getMessage(),
        Times.fromWire(wire.getAt()),
        Optional.of(Ids.fromWire(wire.getSession())));
  }

  private static InjectedWire.State state(Injected.State state) {
    return switch (state) {
      case REFUSED -> InjectedWire.State.STATE_REFUSED;
      case ACCEPTED -> InjectedWire.State.STATE_ACCEPTED;
      case ACTIVE -> InjectedWire.State.STATE_ACTIVE;
      case REVERTED -> InjectedWire.State.STATE_REVERTED;
      case FAILED -> InjectedWire.State.STATE_FAILED;
    };
  }

  private static Injected.State state(InjectedWire.State wire) {
    return switch (wire) {
      case STATE_REFUSED -> Injected.State.REFUSED;
      case STATE_ACCEPTED -> Injected.State.ACCEPTED;
      case STATE_ACTIVE -> Injected.State.ACTIVE;
      case STATE_REVERTED -> Injected.State.REVERTED;
      case STATE_FAILED -> Injected.State.FAILED;
      case STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new UndecodableMessage("a fault in the state " + wire);
    };
  }
}
