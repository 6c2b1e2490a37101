package io.ordinal.protocol.wire;

import io.ordinal.protocol.agent.AgentCommand.Refreshed;
import io.ordinal.protocol.agent.FrontDoorRequest.Refresh;
import io.ordinal.protocol.agent.VolumeOrder;
import io.ordinal.protocol.wire.v1.RefreshWire;
import io.ordinal.protocol.wire.v1.RefreshedWire;
import io.ordinal.protocol.wire.v1.VolumeOrderWire;
import java.util.ArrayList;
import java.util.List;

/** Files that age, asked for anew and answered, on the wire. */
final class RefreshCodec {
  private final References references;

  RefreshCodec(References references) {
    this.references = references;
  }

  RefreshWire refresh(Refresh refresh) {
    return RefreshWire.newBuilder()
        .setSession(Ids.toWire(refresh.session()))
        .setReplica(Ids.toWire(refresh.replica()))
        .setIncarnation(refresh.incarnation().value())
        .setAgent(references.toWire(refresh.agent()))
        .build();
  }

  Refresh refresh(RefreshWire wire) {
    Needed.field(wire.hasSession(), "the session of a request");
    return new Refresh(
        Ids.fromWire(wire.getSession()),
        Ids.fromWire(wire.getReplica()),
        Ids.incarnation(wire.getIncarnation()),
        references.fromWire(wire.getAgent(), "the agent's reference"));
  }

  static RefreshedWire refreshed(Refreshed refreshed) {
    RefreshedWire.Builder wire =
        RefreshedWire.newBuilder()
            .setReplica(Ids.toWire(refreshed.replica()))
            .setIncarnation(refreshed.incarnation().value());
    refreshed.volumes().forEach(each -> wire.addVolumes(VolumeOrderCodec.toWire(each)));
    return wire.build();
  }

  static Refreshed refreshed(RefreshedWire wire) {
    List<VolumeOrder.Files> volumes = new ArrayList<>();
    for (VolumeOrderWire each : wire.getVolumesList()) {
      if (!(VolumeOrderCodec.fromWire(each) instanceof VolumeOrder.Files files)) {
        throw new UndecodableMessage("the volume " + each.getName() + " has no files");
      }
      volumes.add(files);
    }
    return new Refreshed(
        Ids.fromWire(wire.getReplica()), Ids.incarnation(wire.getIncarnation()), volumes);
  }
}
